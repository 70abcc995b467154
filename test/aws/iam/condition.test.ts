import assert from "node:assert/strict";
import { conditionHolds } from "../../../aws/iam/condition";
import { absentValue, known, unknownValue, type ContextValue } from "../../../aws/iam/request";

function holds(
    operator: string,
    values: readonly string[],
    found: ContextValue,
    open = false,
    variables: Readonly<Record<string, ContextValue>> = {},
): string {
    return conditionHolds(
        { operator, key: "aws:key", values, open },
        { context: (key) => (key === "aws:key" ? found : (variables[key] ?? absentValue)) },
    );
}

describe("conditionHolds", () => {
    for (const [operator, wanted, found, expected] of [
        ["StringEquals", "a", "a", "yes"],
        ["StringEquals", "a", "A", "no"],
        ["StringEquals", "a*", "ab", "no"],
        ["StringEqualsIgnoreCase", "a", "A", "yes"],
        ["StringNotEquals", "a", "b", "yes"],
        ["StringLike", "a?c*", "abcd", "yes"],
        ["stringlike", "a?c*", "Abcd", "no"],
        ["StringNotLike", "a*", "ab", "no"],
        ["ArnEquals", "arn:aws:iam::1:role/*", "arn:aws:iam::1:role/a/b", "yes"],
        ["ArnLike", "arn:aws:iam::*:role/a", "arn:aws:iam::1:role/a", "yes"],
        ["ArnLike", "arn:aws:*", "arn:aws:iam::1:role/a", "no"],
        ["ArnNotLike", "arn:aws:iam::*:role/a", "arn:aws:iam::1:role/b", "yes"],
        ["Bool", "true", "True", "yes"],
        ["NumericLessThan", "60", "59.5", "yes"],
        ["NumericLessThanEquals", "60", "60", "yes"],
        ["NumericGreaterThan", "60", "60", "no"],
        ["NumericNotEquals", "60", "61", "yes"],
        ["DateLessThan", "2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z", "yes"],
        ["DateGreaterThan", "1767225600", "2026-01-02T00:00:00Z", "yes"],
        ["IpAddress", "203.0.113.0/24", "203.0.113.9", "yes"],
        ["IpAddress", "2001:db8::/32", "2001:db8::1", "yes"],
        ["NotIpAddress", "203.0.113.9", "203.0.113.9", "no"],
        ["FancyOperator", "a", "a", "maybe"],
        ["IpAddress", "nowhere", "203.0.113.9", "maybe"],
    ] as const) {
        it(`says ${expected} for ${operator} ${wanted} and ${found}`, () =>
            assert.equal(holds(operator, [wanted], known(found)), expected));
    }

    for (const [operator, expected] of [
        ["StringEquals", "no"],
        ["StringEqualsIfExists", "yes"],
        ["StringNotEquals", "yes"],
        ["Bool", "no"],
        ["NumericLessThan", "no"],
        ["NotIpAddress", "yes"],
        ["ForAllValues:StringEquals", "yes"],
        ["ForAnyValue:StringEquals", "no"],
        ["ForAnyValue:StringNotEquals", "no"],
    ] as const) {
        it(`says ${expected} for ${operator} where the request has no such key`, () =>
            assert.equal(holds(operator, ["a"], absentValue), expected));
    }

    it("asks for presence with Null", () => {
        assert.equal(holds("Null", ["true"], absentValue), "yes");
        assert.equal(holds("Null", ["false"], absentValue), "no");
        assert.equal(holds("Null", ["false"], known("a")), "yes");
        assert.equal(holds("Null", [], known("a"), true), "maybe");
    });

    it("compares every value, or any, of a request with several", () => {
        const both = known("a", "b");
        assert.equal(holds("ForAllValues:StringEquals", ["a"], both), "no");
        assert.equal(holds("ForAllValues:StringEquals", ["a", "b", "c"], both), "yes");
        assert.equal(holds("ForAnyValue:StringEquals", ["b"], both), "yes");
        assert.equal(holds("ForAnyValue:StringEquals", ["c"], both), "no");
    });

    it("is open for a key, a value or a variable that is not known", () => {
        assert.equal(holds("StringEquals", ["a"], unknownValue), "maybe");
        assert.equal(holds("StringEquals", ["a"], known("a"), true), "yes");
        assert.equal(holds("StringEquals", ["b"], known("a"), true), "maybe");
        assert.equal(holds("StringNotEquals", ["b"], known("a"), true), "maybe");
        assert.equal(holds("StringNotEquals", ["a"], known("a"), true), "no");
        assert.equal(holds("StringEquals", ["${aws:username}"], known("a")), "maybe");
        const variables = { "aws:username": known("a") };
        assert.equal(
            holds("StringEquals", ["${aws:username}"], known("a"), false, variables),
            "yes",
        );
    });

    it("compares ARNs of which parts are not known", () => {
        const partly: ContextValue = {
            kind: "values",
            values: ["arn:aws:iam::1:role/a/*"],
            partial: true,
        };
        assert.equal(holds("ArnLike", ["arn:aws:iam::1:role/*"], partly), "yes");
        assert.equal(holds("ArnLike", ["arn:aws:iam::1:role/a/b"], partly), "maybe");
        assert.equal(holds("ArnLike", ["arn:aws:iam::1:role/b"], partly), "no");
        assert.equal(holds("ArnNotEquals", ["arn:aws:iam::1:role/a/b"], partly), "maybe");
        assert.equal(holds("StringEquals", ["arn:aws:iam::1:role/a/b"], partly), "maybe");
        assert.equal(holds("StringEquals", ["arn:aws:iam::1:role/b"], partly), "no");
    });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { formatPath, peek } from "../../../policy-pack/graph/peek";
import { SecretValue, UNKNOWN } from "../../../policy-pack/graph/resource";

describe("peek", () => {
    const properties = {
        options: { tokens: "required", hops: 0, off: false, empty: "", none: null },
        rules: [{ cidr: "10.0.0.0/8" }, UNKNOWN],
        later: UNKNOWN,
        secret: new SecretValue({ inner: new SecretValue("s"), later: UNKNOWN }),
        missing: undefined,
    };
    const cases: readonly (readonly [string, readonly (string | number)[], object])[] = [
        ["a value", ["options", "tokens"], { kind: "known", value: "required", secret: false }],
        ["zero", ["options", "hops"], { kind: "known", value: 0, secret: false }],
        ["false", ["options", "off"], { kind: "known", value: false, secret: false }],
        ["an empty text", ["options", "empty"], { kind: "known", value: "", secret: false }],
        ["null", ["options", "none"], { kind: "absent" }],
        ["undefined", ["missing"], { kind: "absent" }],
        ["an element", ["rules", 0, "cidr"], { kind: "known", value: "10.0.0.0/8", secret: false }],
        ["beyond a list's end", ["rules", 2], { kind: "absent" }],
        ["an unknown element", ["rules", 1], { kind: "unknown" }],
        ["inside an unknown", ["later", "any", 3], { kind: "unknown" }],
        ["inside a text", ["options", "tokens", "length"], { kind: "absent" }],
        ["inside a secret", ["secret", "inner"], { kind: "known", value: "s", secret: true }],
        ["an unknown inside a secret", ["secret", "later"], { kind: "unknown" }],
        ["what only a prototype has", ["constructor"], { kind: "absent" }],
        ["the prototype itself", ["__proto__"], { kind: "absent" }],
        ["a list's length as no element", ["rules", "map"], { kind: "absent" }],
    ];
    for (const [what, path, expected] of cases) {
        it(`sees ${what}`, () => {
            assert.deepEqual(peek(properties, path), expected);
        });
    }

    it("never throws", () => {
        fc.assert(
            fc.property(
                fc.anything(),
                fc.array(fc.oneof(fc.string(), fc.integer())),
                (value, path) => {
                    assert.match(peek(value, path).kind, /^(known|unknown|absent)$/);
                },
            ),
        );
    });
});

describe("formatPath", () => {
    it("writes names with dots and indexes with brackets", () => {
        assert.equal(formatPath(["ingress", 0, "cidrBlocks", 1]), "ingress[0].cidrBlocks[1]");
        assert.equal(formatPath([]), "");
    });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { readPolicyDocument } from "../../aws/policy-document";

const notKnown = Symbol("not known");

describe("readPolicyDocument", () => {
    it("reads text and objects, single values and lists alike", () => {
        const one = { Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "*" } };
        const many = {
            Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: ["*"] }],
        };
        assert.deepEqual(readPolicyDocument(one), readPolicyDocument(many));
        assert.deepEqual(readPolicyDocument(JSON.stringify(one)), readPolicyDocument(many));
        assert.deepEqual(readPolicyDocument(many).statements[0]?.action, {
            values: ["s3:GetObject"],
            open: false,
        });
    });

    it("reads principals of every form", () => {
        const principals = (Principal: unknown) =>
            readPolicyDocument({ Statement: { Effect: "Allow", Principal } }).statements[0]
                ?.principal;
        assert.deepEqual(principals("*"), [{ kind: "*", values: ["*"], open: false }]);
        assert.deepEqual(principals({ AWS: ["1", "2"], Service: "ec2.amazonaws.com" }), [
            { kind: "AWS", values: ["1", "2"], open: false },
            { kind: "Service", values: ["ec2.amazonaws.com"], open: false },
        ]);
        assert.deepEqual(principals({ AWS: notKnown }), [{ kind: "AWS", values: [], open: true }]);
        assert.equal(principals(undefined), undefined);
    });

    it("reads conditions with keys in lower case", () => {
        const document = readPolicyDocument({
            Statement: {
                Effect: "Allow",
                Condition: {
                    Bool: { "aws:SecureTransport": false },
                    NumericLessThan: { "s3:TlsVersion": [1.2] },
                },
            },
        });
        assert.deepEqual(document.statements[0]?.conditions, [
            { operator: "Bool", key: "aws:securetransport", values: ["false"], open: false },
            { operator: "NumericLessThan", key: "s3:tlsversion", values: ["1.2"], open: false },
        ]);
    });

    for (const [title, value, doubts] of [
        ["an unknown document", notKnown, [{ place: "", reason: "unknown" }]],
        [
            "unknown statements",
            { Statement: notKnown },
            [{ place: "Statement", reason: "unknown" }],
        ],
        [
            "an unknown statement",
            { Statement: [notKnown] },
            [{ place: "Statement[0]", reason: "unknown" }],
        ],
        [
            "an unknown effect",
            { Statement: [{ Effect: notKnown }] },
            [{ place: "Statement[0].Effect", reason: "unknown" }],
        ],
        [
            "an unknown action, last in the list",
            { Statement: [{ Effect: "Deny", Action: ["a:b", notKnown] }] },
            [{ place: "Statement[0].Action", reason: "unknown" }],
        ],
        [
            "an unknown condition",
            { Statement: [{ Effect: "Allow", Condition: { StringEquals: notKnown } }] },
            [{ place: "Statement[0].Condition.StringEquals", reason: "unknown" }],
        ],
        ["text that is no JSON", "{", [{ place: "", reason: "unreadable" }]],
        ["a list", [], [{ place: "", reason: "unreadable" }]],
        ["an object without statements", {}, [{ place: "", reason: "unreadable" }]],
        [
            "an effect that is none",
            { Statement: { Effect: "Maybe" } },
            [{ place: "Statement[0].Effect", reason: "unreadable" }],
        ],
    ] as const) {
        it(`doubts ${title}`, () => {
            assert.deepEqual(readPolicyDocument(value).doubts, doubts);
        });
    }

    it("keeps the statements beside a doubtful one", () => {
        const document = readPolicyDocument({
            Statement: [notKnown, { Effect: "allow", action: "iam:*" }],
        });
        assert.deepEqual(
            document.statements.map(({ index, effect, action }) => [index, effect, action?.values]),
            [[1, "Allow", ["iam:*"]]],
        );
    });

    it("doubts or reads whatever it is given, and never throws", () => {
        fc.assert(
            fc.property(fc.oneof(fc.anything(), fc.json()), (value) => {
                for (const document of [value, { Statement: value }, { Statement: [value] }]) {
                    const { statements, doubts } = readPolicyDocument(document);
                    assert.ok(Array.isArray(statements) && Array.isArray(doubts));
                }
            }),
        );
    });
});

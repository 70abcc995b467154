import assert from "node:assert/strict";
import { SecretValue } from "../../../policy-pack/graph/resource";
import { iamNoWildcardActions as rule } from "../../../policy-pack/rules/iam-no-wildcard-actions";
import { from, judge, messages, resource, unknown, verdicts } from "../../support/graph";

const rolePolicy = "aws:iam/rolePolicy:RolePolicy";
const role = "aws:iam/role:Role";

function allow(more: Record<string, unknown>): Record<string, unknown> {
    return { Effect: "Allow", Resource: "*", ...more };
}

function policy(...statements: readonly unknown[]) {
    return resource(rolePolicy, "policy", {
        policy: { Version: "2012-10-17", Statement: statements },
    });
}

describe("iam-no-wildcard-actions", () => {
    for (const [title, statement, expected] of [
        ["passes named actions", allow({ Action: ["s3:GetObject", "logs:Put*"] }), "pass policy"],
        ["fails everything", allow({ Action: "*" }), "fail policy policy"],
        ["fails a whole service", allow({ Action: "kms:*" }), "fail policy policy"],
        [
            "fails a whole service, last in a list",
            allow({ Action: ["s3:Get*", "S3:**"] }),
            "fail policy policy",
        ],
        [
            "fails every service with question marks",
            allow({ Action: "*:?*" }),
            "fail policy policy",
        ],
        ["fails Allow with NotAction", allow({ NotAction: "iam:*" }), "fail policy policy"],
        [
            "fails Allow with NotResource",
            { Effect: "Allow", Action: "s3:GetObject", NotResource: "arn:aws:s3:::a" },
            "fail policy policy",
        ],
        [
            "fails a wildcard under a condition",
            allow({ Action: "*", Condition: {} }),
            "fail policy policy",
        ],
        ["passes a denial of everything", { Effect: "Deny", NotAction: "s3:*" }, "pass policy"],
        [
            "passes unknown resources",
            allow({ Action: "s3:GetObject", Resource: unknown }),
            "pass policy",
        ],
        [
            "is indeterminate for an unknown action",
            allow({ Action: ["s3:Get*", unknown] }),
            "indeterminate policy policy",
        ],
        [
            "is indeterminate for an unknown effect",
            { Effect: unknown, Action: "s3:GetObject" },
            "indeterminate policy policy",
        ],
        ["is indeterminate for an unknown statement", unknown, "indeterminate policy policy"],
        [
            "is indeterminate for an action that is no text",
            allow({ Action: { a: 1 } }),
            "indeterminate policy policy",
        ],
        ["reads elements in small letters", { effect: "allow", action: "*" }, "fail policy policy"],
        [
            "passes an unknown action that is denied",
            { Effect: "Deny", Action: unknown },
            "pass policy",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [policy(statement)]), [expected]);
        });
    }

    it("reads the document as an object, as text and inside a secret", () => {
        const document = { Statement: allow({ Action: "iam:*" }) };
        const forms = [
            document,
            JSON.stringify(document),
            new SecretValue(JSON.stringify(document)),
        ];
        for (const form of forms) {
            const one = resource(rolePolicy, "policy", { policy: form });
            assert.deepEqual(verdicts(rule, [one]), ["fail policy policy"]);
        }
    });

    it("is indeterminate for a document that is unknown, missing or no JSON", () => {
        for (const document of [unknown, undefined, "{", "[]", 7]) {
            const one = resource(rolePolicy, "policy", { policy: document });
            assert.deepEqual(verdicts(rule, [one]), ["indeterminate policy policy"]);
        }
    });

    it("finds the wildcard behind an unknown statement, and the unknown one behind a wildcard", () => {
        const wild = allow({ Action: "*" });
        for (const statements of [
            [unknown, wild],
            [wild, unknown],
        ]) {
            assert.deepEqual(verdicts(rule, [policy(...statements)]), [
                "fail policy policy",
                "indeterminate policy policy",
            ]);
        }
    });

    it("reads managed, user, group and role-inline policies", () => {
        const wild = JSON.stringify({ Statement: [allow({ Action: "ec2:*" })] });
        const stack = [
            resource("aws:iam/policy:Policy", "a", { policy: wild }),
            resource("aws:iam/userPolicy:UserPolicy", "b", { policy: wild }),
            resource("aws:iam/groupPolicy:GroupPolicy", "c", { policy: wild }),
            resource(role, "d", { inlinePolicies: [{ name: "x" }, { name: "y", policy: wild }] }),
            resource(role, "e", { inlinePolicies: [{}] }),
            resource(role, "f", { inlinePolicies: unknown }),
            resource(role, "g"),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail a policy",
            "fail b policy",
            "fail c policy",
            "fail d inlinePolicies[1].policy",
            "indeterminate f inlinePolicies",
            "pass e",
            "pass g",
        ]);
    });

    it("gives each wildcard its own finding, named without indexes", () => {
        const found = judge(rule, [
            policy(
                allow({ Sid: "Admin", Action: ["iam:*", "kms:*"] }),
                allow({ NotAction: "a:b" }),
            ),
        ]);
        assert.deepEqual(
            found.map(({ subject }) => subject),
            ["Admin iam:*", "Admin kms:*", "NotAction"],
        );
        assert.deepEqual(messages(rule, [policy(allow({ Sid: "Admin", Action: "iam:*" }))]), [
            'policy: the statement "Admin" allows "iam:*", every action of the service',
        ]);
    });

    it("judges the policy of a role that a key server uses", () => {
        const server = resource(role, "server");
        const one = resource(rolePolicy, "policy", {
            role: from(server),
            policy: { Statement: [] },
        });
        assert.deepEqual(verdicts(rule, [server, one]), ["pass policy", "pass server"]);
    });
});

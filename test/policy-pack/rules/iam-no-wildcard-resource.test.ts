import assert from "node:assert/strict";
import { iamNoWildcardResource as rule } from "../../../policy-pack/rules/iam-no-wildcard-resource";
import { judge, messages, resource, unknown, verdicts } from "../../support/graph";

const key = "arn:aws:kms:eu-west-1:111122223333:key/1234";
const allow = (Action: unknown, Resource: unknown = "*", more: Record<string, unknown> = {}) => ({
    Effect: "Allow",
    Action,
    Resource,
    ...more,
});
const policy = (...statements: readonly unknown[]) =>
    resource("aws:iam/rolePolicy:RolePolicy", "p", { policy: { Statement: statements } });

describe("iam-no-wildcard-resource", () => {
    for (const [title, statement, expected] of [
        ["passes a named resource", allow("kms:Decrypt", key), "pass"],
        [
            "passes actions that cannot name one",
            allow(["ssm:ListCommands", "ec2messages:GetMessages"]),
            "pass",
        ],
        ["passes descriptions", allow("ec2:Describe*"), "pass"],
        ["fails an action that could", allow("kms:Decrypt"), "fail"],
        ["fails it last in a list", allow(["kms:ListKeys", "kms:Decrypt"]), "fail"],
        ["fails everything behind a named resource", allow("kms:Decrypt", [key, "*"]), "fail"],
        ["fails all of a service in an ARN", allow("s3:GetObject", "arn:aws:s3:::*"), "fail"],
        [
            "fails all of a service in every region",
            allow("kms:Decrypt", "arn:aws:kms:*:*:*"),
            "fail",
        ],
        ["passes all resources of one type", allow("kms:Decrypt", "arn:aws:kms:*:*:key/*"), "pass"],
        ["passes all objects of a bucket", allow("s3:GetObject", "arn:aws:s3:::logs/*"), "pass"],
        ["fails patterns of actions", allow("s3:Get*"), "fail"],
        ["fails every action", allow("*"), "fail"],
        ["passes a denial", { ...allow("kms:Decrypt"), Effect: "Deny" }, "pass"],
        [
            "passes resources named by tag",
            allow("kms:Decrypt", "*", {
                Condition: { StringEquals: { "aws:ResourceTag/a": "b" } },
            }),
            "pass",
        ],
        [
            "passes metrics of one namespace",
            allow("cloudwatch:PutMetricData", "*", {
                Condition: { StringEquals: { "cloudwatch:namespace": "KeyServer" } },
            }),
            "pass",
        ],
        [
            "fails resources with any tag",
            allow("kms:Decrypt", "*", { Condition: { StringLike: { "aws:ResourceTag/a": "*" } } }),
            "fail",
        ],
        ["is indeterminate for a service that is not known", allow("nosuch:Get"), "indeterminate"],
        [
            "is indeterminate for an unknown action on everything",
            allow([unknown, "kms:ListKeys"]),
            "indeterminate",
        ],
        [
            "is indeterminate for an unknown action, last",
            allow(["kms:ListKeys", unknown]),
            "indeterminate",
        ],
        [
            "is indeterminate for an unknown resource",
            allow("kms:Decrypt", [key, unknown]),
            "indeterminate",
        ],
        [
            "is indeterminate for an unknown resource, first",
            allow("kms:Decrypt", [unknown, key]),
            "indeterminate",
        ],
        [
            "fails everything beside an unknown resource",
            allow("kms:Decrypt", [unknown, "*"]),
            "fail",
        ],
        ["passes an unknown action on a named resource", allow(unknown, key), "pass"],
        [
            "passes an unknown resource where none can be named",
            allow("kms:ListKeys", unknown),
            "pass",
        ],
        ["is indeterminate for an unknown statement", unknown, "indeterminate"],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [policy(statement)]), [
                expected === "pass" ? "pass p" : `${expected} p policy`,
            ]);
        });
    }

    it("reads managed, user, group and role-inline policies", () => {
        const wide = JSON.stringify({ Statement: allow("kms:Decrypt") });
        const stack = [
            resource("aws:iam/policy:Policy", "a", { policy: wide }),
            resource("aws:iam/userPolicy:UserPolicy", "b", { policy: wide }),
            resource("aws:iam/groupPolicy:GroupPolicy", "c", { policy: wide }),
            resource("aws:iam/role:Role", "d", { inlinePolicies: [{ name: "x", policy: wide }] }),
            resource("aws:iam/role:Role", "e", { inlinePolicies: unknown }),
            resource("aws:iam/role:Role", "f"),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail a policy",
            "fail b policy",
            "fail c policy",
            "fail d inlinePolicies[0].policy",
            "indeterminate e inlinePolicies",
            "pass f",
        ]);
    });

    it("gives each action its own finding, named without indexes", () => {
        const one = policy(allow(["kms:Decrypt", "s3:GetObject"], "*", { Sid: "Use" }));
        assert.deepEqual(
            judge(rule, [one]).map(({ subject }) => subject),
            ["Use kms:Decrypt", "Use s3:GetObject"],
        );
        assert.deepEqual(messages(rule, [policy(allow("kms:Decrypt"))]), [
            'policy: Statement[0] allows kms:Decrypt on "*", though its resource can be named',
        ]);
    });
});

import assert from "node:assert/strict";
import { iamNoPrivilegeEscalation as rule } from "../../../policy-pack/rules/iam-no-privilege-escalation";
import { from, judge, messages, resource, unknown, verdicts } from "../../support/graph";

const role = "arn:aws:iam::111122223333:role/server";
const allow = (Action: unknown, Resource: unknown = "*", more: Record<string, unknown> = {}) => ({
    Effect: "Allow",
    Action,
    Resource,
    ...more,
});
const toSsm = { Condition: { StringEquals: { "iam:PassedToService": "ssm.amazonaws.com" } } };
const policy = (...statements: readonly unknown[]) =>
    resource("aws:iam/rolePolicy:RolePolicy", "p", { policy: { Statement: statements } });

describe("iam-no-privilege-escalation", () => {
    for (const [title, statement, expected] of [
        ["passes harmless actions", allow(["iam:GetRole", "kms:Decrypt"]), "pass"],
        ["fails writing a role's policy", allow("iam:PutRolePolicy"), "fail"],
        ["fails it on one other role", allow("iam:PutRolePolicy", role), "fail"],
        [
            "fails it last in a list, in small letters",
            allow(["iam:Get*", "iam:putrolepolicy"]),
            "fail",
        ],
        ["fails patterns that cover it", allow("iam:Put*"), "fail"],
        ["fails every action", allow("*"), "fail"],
        ["fails everything but a list", { ...allow(undefined), NotAction: "s3:*" }, "fail"],
        [
            "passes everything but IAM and what takes roles",
            { ...allow(undefined, role), NotAction: ["iam:*"] },
            "pass",
        ],
        [
            "passes attaching under a demanded boundary",
            allow("iam:AttachRolePolicy", "*", {
                Condition: { StringEquals: { "iam:PermissionsBoundary": role } },
            }),
            "pass",
        ],
        ["passes a denial", { ...allow("iam:*"), Effect: "Deny" }, "pass"],
        ["passes one role to one service", allow("iam:PassRole", role, toSsm), "pass"],
        ["fails every role", allow("iam:PassRole", "*", toSsm), "fail"],
        [
            "fails every role of an account",
            allow("iam:PassRole", "arn:aws:iam::*:role/*", toSsm),
            "fail",
        ],
        [
            "passes roles below a path",
            allow("iam:PassRole", "arn:aws:iam::111122223333:role/a/*", toSsm),
            "pass",
        ],
        ["fails one role to any service", allow("iam:PassRole", role), "fail"],
        [
            "is indeterminate for an unknown service",
            allow("iam:PassRole", role, {
                Condition: { StringEquals: { "iam:PassedToService": unknown } },
            }),
            "indeterminate",
        ],
        [
            "is indeterminate for an unknown role",
            allow("iam:PassRole", unknown, toSsm),
            "indeterminate",
        ],
        ["passes assuming one role", allow("sts:AssumeRole", role), "pass"],
        ["fails assuming every role", allow("sts:AssumeRole"), "fail"],
        ["fails a way into whatever runs under a role", allow("ecs:ExecuteCommand"), "fail"],
        [
            "passes a way into one named thing",
            allow("ecs:ExecuteCommand", "arn:aws:ecs:eu-central-1:111122223333:cluster/a"),
            "pass",
        ],
        [
            "is indeterminate for an unknown action, first",
            allow([unknown, "s3:GetObject"]),
            "indeterminate",
        ],
        [
            "is indeterminate for an unknown action, last",
            allow(["s3:GetObject", unknown]),
            "indeterminate",
        ],
        ["fails beside an unknown action", allow([unknown, "iam:PutRolePolicy"]), "fail"],
        ["passes harmless actions on unknown resources", allow("s3:GetObject", unknown), "pass"],
        ["is indeterminate for an unknown statement", unknown, "indeterminate"],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [policy(statement)]), [
                expected === "pass" ? "pass p" : `${expected} p policy`,
            ]);
        });
    }

    it("heeds a denial of the same document, unless a condition or a resource limits it", () => {
        const deny = { Effect: "Deny", Action: "iam:*", Resource: "*" };
        for (const [denial, expected] of [
            [deny, "pass p"],
            [{ ...deny, Resource: role }, "fail p policy"],
            [{ ...deny, Condition: { Bool: { "aws:SecureTransport": "false" } } }, "fail p policy"],
        ] as const) {
            const one = policy(allow("iam:PutRolePolicy"), denial);
            assert.deepEqual(verdicts(rule, [one]), [expected]);
        }
    });

    it("reads managed, user, group and role-inline policies", () => {
        const rising = JSON.stringify({ Statement: allow("iam:CreateAccessKey") });
        const stack = [
            resource("aws:iam/policy:Policy", "a", { policy: rising }),
            resource("aws:iam/userPolicy:UserPolicy", "b", { policy: rising }),
            resource("aws:iam/groupPolicy:GroupPolicy", "c", { policy: rising }),
            resource("aws:iam/role:Role", "d", { inlinePolicies: [{ name: "x", policy: rising }] }),
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

    it("gives a statement one finding, however many ways it opens, and names them", () => {
        const one = policy(allow("iam:*Role*Policy", "*", { Sid: "Raise" }));
        assert.deepEqual(messages(rule, [one]), [
            'policy: the statement "Raise" allows iam:AttachRolePolicy, iam:DeleteRolePolicy, iam:DetachRolePolicy and 2 more, by which its holder gains rights that it was not given',
        ]);
        assert.deepEqual(
            judge(rule, [one]).map(({ subject }) => subject),
            ["Raise iam:AttachRolePolicy"],
        );
    });

    it("takes back what another policy of the holder, or its boundary, denies", () => {
        const holder = resource("aws:iam/role:Role", "holder");
        const inline = (name: string, statement: unknown) =>
            resource("aws:iam/rolePolicy:RolePolicy", name, {
                role: from(holder),
                policy: { Statement: statement },
            });
        const may = inline("may", allow("iam:PutRolePolicy"));
        const deny = (Resource: string) =>
            inline("not", { ...allow("iam:Put*", Resource), Effect: "Deny" });
        assert.deepEqual(verdicts(rule, [holder, may, deny("*")]), [
            "pass holder",
            "pass may",
            "pass not",
        ]);
        assert.deepEqual(verdicts(rule, [holder, may, deny(role)]), [
            "fail may policy",
            "pass holder",
            "pass not",
        ]);
        const bound = resource("aws:iam/policy:Policy", "bound", {
            policy: { Statement: { Effect: "Allow", NotAction: "iam:*", Resource: "*" } },
        });
        const bounded = resource("aws:iam/role:Role", "holder", {
            permissionsBoundary: from(bound),
            inlinePolicies: [{ name: "may", policy: { Statement: allow("iam:PutRolePolicy") } }],
        });
        assert.deepEqual(verdicts(rule, [bounded, bound]), ["not-applicable bound", "pass holder"]);
    });

    const byTemplate = (condition: object) =>
        allow("acm-pca:IssueCertificate", authority, { Condition: condition });
    const authority =
        "arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/0a1b2c3d-0000-1111-2222-333344445555";
    const template = (name: unknown) => ({
        StringLike: {
            "acm-pca:TemplateArn":
                typeof name === "string" ? `arn:aws:acm-pca:::template/${name}` : name,
        },
    });
    for (const [title, statements, expected] of [
        ["passes certificates of servers", [byTemplate(template("EndEntity*/V1"))], "pass"],
        ["fails certificates by any template", [byTemplate({})], "fail"],
        ["fails certificates of authorities", [byTemplate(template("Sub*"))], "fail"],
        [
            "passes any template but those of authorities",
            [
                byTemplate({}),
                {
                    ...byTemplate({
                        StringNotLike: {
                            "acm-pca:TemplateArn": "arn:aws:acm-pca:::template/EndEntity*",
                        },
                    }),
                    Effect: "Deny",
                },
            ],
            "pass",
        ],
        [
            "is indeterminate for a template that is not known",
            [byTemplate(template(unknown))],
            "indeterminate",
        ],
        ["says once that every action is too much", [allow("*", authority)], "fail"],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [policy(...statements)]), [
                expected === "pass" ? "pass p" : `${expected} p policy`,
            ]);
        });
    }
});

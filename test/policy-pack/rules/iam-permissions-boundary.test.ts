import assert from "node:assert/strict";
import { iamPermissionsBoundary as rule } from "../../../policy-pack/rules/iam-permissions-boundary";
import { from, judge, messages, resource, unknown, verdicts } from "../../support/graph";

const account = "111122223333";
const foreign = `arn:aws:iam::${account}:policy/company`;
const aws = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
const document = (...Statement: readonly object[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement });
const allow = (Action: unknown, more: object = {}): object => ({
    Effect: "Allow",
    Action,
    Resource: "*",
    ...more,
});
const deny = (Action: unknown): object => ({ Effect: "Deny", Action, Resource: "*" });
const role = (permissionsBoundary?: unknown, name = "role") =>
    resource("aws:iam/role:Role", name, {
        name,
        ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
    });
const boundary = (policy: unknown, more: object = {}) =>
    resource("aws:iam/policy:Policy", "boundary", { policy, ...more });
const sound = document(allow(["logs:PutLogEvents", "ssm:*"]));

describe("iam-permissions-boundary", () => {
    for (const [title, value, expected] of [
        ["fails a role without one", undefined, "fail role permissionsBoundary"],
        ["fails a role whose boundary is empty text", "", "fail role permissionsBoundary"],
        [
            "fails AdministratorAccess, which bounds nothing",
            aws("AdministratorAccess"),
            "fail role permissionsBoundary",
        ],
        [
            "fails an AWS policy that no role may carry, though it allows no change of rights",
            aws("PowerUserAccess"),
            "fail role permissionsBoundary",
        ],
        [
            "is indeterminate for an AWS policy that it does not know",
            aws("IAMReadOnlyAccess"),
            "indeterminate role permissionsBoundary",
        ],
        [
            "is indeterminate for a policy outside the stack",
            foreign,
            "indeterminate role permissionsBoundary",
        ],
        [
            "is indeterminate for an unknown from nowhere",
            unknown,
            "indeterminate role permissionsBoundary",
        ],
        ["is indeterminate for what is no ARN", { a: 1 }, "indeterminate role permissionsBoundary"],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [role(value)]), [expected]);
        });
    }

    for (const [title, policy, expected] of [
        [
            "passes one of this stack that allows what is needed",
            sound,
            ["pass boundary", "pass role"],
        ],
        [
            "passes one that allows everything but what raises rights",
            document(allow("*"), deny(["iam:*"])),
            ["pass boundary", "pass role"],
        ],
        [
            "passes one that lets roles be made under a boundary only",
            document(
                allow(["iam:CreateRole", "iam:PutRolePolicy"], {
                    Condition: { StringEquals: { "iam:PermissionsBoundary": foreign } },
                }),
            ),
            ["pass boundary", "pass role"],
        ],
        [
            "passes one that allows passing roles: the roles' own policies limit that",
            document(allow("iam:PassRole")),
            ["pass boundary", "pass role"],
        ],
        [
            "fails one that allows everything, once, on the policy",
            document(allow("*")),
            ["fail boundary policy", "not-applicable role"],
        ],
        [
            "fails one that its role can edit",
            document(allow(["logs:PutLogEvents", "iam:CreatePolicyVersion"])),
            ["fail boundary policy", "not-applicable role"],
        ],
        [
            "fails one that its role can take off",
            document(allow("iam:Delete*")),
            ["fail boundary policy", "not-applicable role"],
        ],
        [
            "fails one with NotAction that leaves IAM open",
            document({ Effect: "Allow", NotAction: ["s3:*"], Resource: "*" }),
            ["fail boundary policy", "not-applicable role"],
        ],
        [
            "fails one whose denial holds for others",
            document(allow("*"), {
                ...deny("iam:*"),
                Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/other" } },
            }),
            ["fail boundary policy", "not-applicable role"],
        ],
        [
            "is indeterminate for a document that is not known",
            unknown,
            ["indeterminate boundary policy", "not-applicable role"],
        ],
        [
            "is indeterminate for a document that cannot be read",
            "{",
            ["indeterminate boundary policy", "not-applicable role"],
        ],
        [
            "is indeterminate for an unknown action, first in the list",
            { Version: "2012-10-17", Statement: [allow([unknown, "logs:PutLogEvents"])] },
            ["indeterminate boundary policy", "not-applicable role"],
        ],
        [
            "is indeterminate for an unknown action, last in the list",
            { Version: "2012-10-17", Statement: [allow(["logs:PutLogEvents", unknown])] },
            ["indeterminate boundary policy", "not-applicable role"],
        ],
        [
            "fails what is certain beside an unknown action",
            { Version: "2012-10-17", Statement: [allow([unknown, "iam:AttachRolePolicy"])] },
            ["fail boundary policy", "not-applicable role"],
        ],
    ] as const) {
        it(title, () => {
            const policy_ = boundary(policy);
            assert.deepEqual(verdicts(rule, [policy_, role(from(policy_))]), expected);
        });
    }

    it("judges a boundary that is named by its ARN by its document", () => {
        const policy = boundary(document(allow("*")), { arn: foreign });
        assert.deepEqual(verdicts(rule, [policy, role(foreign)]), [
            "fail boundary policy",
            "not-applicable role",
        ]);
    });

    it("reports a weak boundary once for all roles that it bounds", () => {
        const policy = boundary(document(allow("iam:*")));
        const roles = ["server", "window", "backup"].map((name) => role(from(policy), name));
        assert.deepEqual(messages(rule, [policy, ...roles]), [
            'policy bounds role "server" and 2 more and allows iam:AddUserToGroup and 19 more actions that raise rights: whoever it bounds can lift it',
        ]);
    });

    it("judges no policy that bounds no role, and no role that AWS makes for a service", () => {
        assert.deepEqual(
            verdicts(rule, [
                boundary(document(allow("*"))),
                resource("aws:iam/serviceLinkedRole:ServiceLinkedRole", "linked", {
                    awsServiceName: "autoscaling.amazonaws.com",
                }),
            ]),
            [],
        );
    });

    describe("with a list of accepted boundaries", () => {
        const parameters = { permissionsBoundaries: [foreign] };
        for (const [title, value, expected] of [
            ["passes a listed one outside the stack", foreign, "pass role"],
            [
                "fails another",
                `arn:aws:iam::${account}:policy/other`,
                "fail role permissionsBoundary",
            ],
            [
                "fails AWS's own, however sound",
                aws("PowerUserAccess"),
                "fail role permissionsBoundary",
            ],
        ] as const) {
            it(title, () => {
                assert.deepEqual(verdicts(rule, [role(value)], { parameters }), [expected]);
            });
        }

        it("fails AdministratorAccess even when it is listed", () => {
            assert.deepEqual(
                verdicts(rule, [role(aws("AdministratorAccess"))], {
                    parameters: { permissionsBoundaries: [aws("AdministratorAccess")] },
                }),
                ["fail role permissionsBoundary"],
            );
        });

        for (const [title, names, expected] of [
            ["passes one of this stack by path and name", { name: "company" }, "pass role"],
            [
                "fails one of this stack under another name",
                { name: "other" },
                "fail role permissionsBoundary",
            ],
            [
                "fails one of this stack under another path",
                { name: "company", path: "/team/" },
                "fail role permissionsBoundary",
            ],
            [
                "is indeterminate where the provider chooses the name",
                {},
                "indeterminate role permissionsBoundary",
            ],
        ] as const) {
            it(title, () => {
                const policy = boundary(sound, names);
                assert.deepEqual(
                    verdicts(rule, [policy, role(from(policy))], { parameters }).filter((verdict) =>
                        verdict.includes("role"),
                    ),
                    [expected],
                );
            });
        }
    });

    describe("remediation", () => {
        const remediate = (permissionsBoundaries: readonly string[], value?: unknown) =>
            rule.remediate?.(role(value), {
                parameter: <T>() => permissionsBoundaries as T,
            });

        it("sets the one accepted boundary where there is none", () => {
            assert.deepEqual(remediate([foreign]), [
                { path: ["permissionsBoundary"], value: foreign },
            ]);
        });

        it("leaves a choice, another boundary and an unknown one to people", () => {
            assert.deepEqual(remediate([]), []);
            assert.deepEqual(remediate([foreign, aws("PowerUserAccess")]), []);
            assert.deepEqual(remediate([foreign], aws("PowerUserAccess")), []);
            assert.deepEqual(remediate([foreign], unknown), []);
        });
    });

    it("says what to look at", () => {
        assert.deepEqual(
            judge(rule, [role()]).map(({ message }) => message),
            [
                'permissionsBoundary is not set: whatever a policy of role "role" allows by mistake becomes a right',
            ],
        );
    });
});

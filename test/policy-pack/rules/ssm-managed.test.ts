import assert from "node:assert/strict";
import { ssmManaged as rule } from "../../../policy-pack/rules/ssm-managed";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";

const core = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
const role = resource("aws:iam/role:Role", "role");
const profile = resource("aws:iam/instanceProfile:InstanceProfile", "profile", {
    role: from(role),
});
const server = resource("aws:ec2/instance:Instance", "server", {
    iamInstanceProfile: from(profile),
});
const carrying = (...others: readonly ReturnType<typeof resource>[]) => [
    role,
    profile,
    server,
    ...others,
];
const inline = (policy: unknown) =>
    resource("aws:iam/rolePolicy:RolePolicy", "inline", { role: from(role), policy });
const attached = (policyArn: unknown) =>
    resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "attached", {
        role: from(role),
        policyArn,
    });
const allow = (Action: readonly unknown[], Effect = "Allow") => ({
    Version: "2012-10-17",
    Statement: [{ Effect, Action, Resource: "*" }],
});
const rights = ["ssm:UpdateInstanceInformation", "ssmmessages:*"];

describe("ssm-managed", () => {
    for (const [title, stack, expected] of [
        ["passes the core policy of AWS", carrying(attached(core)), "pass role"],
        [
            "passes rights in JSON text",
            carrying(inline(JSON.stringify(allow(rights)))),
            "pass role",
        ],
        ["passes rights in an object", carrying(inline(allow(rights))), "pass role"],
        ["fails a role without rights", carrying(), "fail role"],
        ["fails a role with some of the rights", carrying(inline(allow(["ssm:*"]))), "fail role"],
        [
            "fails rights that another policy denies",
            carrying(attached(core), inline(allow(["ssmmessages:*"], "Deny"))),
            "fail role",
        ],
        [
            "is indeterminate for a policy that is not known",
            carrying(inline(unknown)),
            "indeterminate role",
        ],
        [
            "is indeterminate for an attachment that is not known",
            carrying(attached(unknown)),
            "indeterminate role",
        ],
        [
            "is indeterminate for an unknown action, first in the list",
            carrying(inline(allow([unknown, "ssm:UpdateInstanceInformation"]))),
            "indeterminate role",
        ],
        [
            "is indeterminate for an unknown action, last in the list",
            carrying(inline(allow(["ssm:UpdateInstanceInformation", unknown]))),
            "indeterminate role",
        ],
        [
            "is indeterminate for a profile that is not known",
            [resource("aws:ec2/instance:Instance", "server", { iamInstanceProfile: unknown })],
            "indeterminate server iamInstanceProfile",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, stack), [expected]);
        });
    }

    it("names what is missing, and the chain", () => {
        assert.deepEqual(
            messages(rule, carrying(inline(allow(["ssm:*", "ssmmessages:Create*"])))),
            [
                'no policy allows ssmmessages:OpenControlChannel, ssmmessages:OpenDataChannel, so Systems Manager cannot manage the server (instance "server" ← instance profile "profile" ← role "role")',
            ],
        );
    });

    it("takes default host management of the stack or the account instead", () => {
        const setting = (settingValue: unknown) =>
            resource("aws:ssm/serviceSetting:ServiceSetting", "setting", {
                settingId: "/ssm/managed-instance/default-ec2-instance-management-role",
                settingValue,
            });
        assert.deepEqual(verdicts(rule, carrying(setting("service-role/host"))), ["pass server"]);
        assert.deepEqual(verdicts(rule, carrying(setting("$None"))), ["fail role"]);
        const accountAttestations = ["default-host-management 2026-10-20"];
        assert.deepEqual(verdicts(rule, carrying(), { parameters: { accountAttestations } }), [
            "pass server",
        ]);
    });

    it("asks for an attestation of a profile outside the stack", () => {
        const adopting = resource("aws:ec2/instance:Instance", "server", {
            iamInstanceProfile: "company",
        });
        assert.deepEqual(messages(rule, [adopting]), [
            'iamInstanceProfile is "company", which is not in this stack, and the configuration does not attest "ssm-managed/company"',
        ]);
        const accountAttestations = ["ssm-managed/company 2026-10-20"];
        assert.deepEqual(verdicts(rule, [adopting], { parameters: { accountAttestations } }), []);
    });

    it("asks nothing of a stack without servers", () => {
        assert.deepEqual(verdicts(rule, [role]), []);
    });
});

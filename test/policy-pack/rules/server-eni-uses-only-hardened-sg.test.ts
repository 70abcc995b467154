import assert from "node:assert/strict";
import { serverEniUsesOnlyHardenedSg as rule } from "../../../policy-pack/rules/server-eni-uses-only-hardened-sg";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";
import { token } from "../../support/network";

const vpc = resource(token.vpc, "main");
const group = resource(token.securityGroup, "nodes");
const standard = resource(token.defaultGroup, "default", { vpcId: from(vpc) });

function judged(vpcSecurityGroupIds: unknown): readonly string[] {
    const server = resource(token.instance, "vault", { vpcSecurityGroupIds });
    return verdicts(rule, [vpc, group, standard, server]);
}

describe("server-eni-uses-only-hardened-sg", () => {
    for (const [title, groups, expected] of [
        ["passes a group of the stack", [from(group)], "pass vault"],
        ["fails without a group", undefined, "fail vault vpcSecurityGroupIds"],
        ["fails an empty list", [], "fail vault vpcSecurityGroupIds"],
        ["fails the adopted default group", [from(standard)], "fail vault vpcSecurityGroupIds[0]"],
        ["fails the default group of a VPC", [from(vpc)], "fail vault vpcSecurityGroupIds[0]"],
        [
            "is indeterminate for a group outside the stack",
            ["sg-0abc"],
            "indeterminate vault vpcSecurityGroupIds[0]",
        ],
        [
            "is indeterminate for an unknown group",
            [unknown],
            "indeterminate vault vpcSecurityGroupIds[0]",
        ],
        [
            "is indeterminate for an unknown list",
            unknown,
            "indeterminate vault vpcSecurityGroupIds",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(judged(groups), [expected]);
        });
    }

    it("looks at every interface, and reports where the group is named", () => {
        const template = resource(token.template, "template", {
            networkInterfaces: [{ securityGroups: [from(group)] }, { securityGroups: ["sg-0abc"] }],
        });
        const card = resource(token.networkInterface, "card", { securityGroups: [from(standard)] });
        const stack = [
            standard,
            group,
            template,
            card,
            resource(token.scalingGroup, "a", { launchTemplate: { id: from(template) } }),
            resource(token.scalingGroup, "b", { launchTemplate: { id: from(template) } }),
            resource(token.instance, "vault", {
                vpcSecurityGroupIds: [from(group)],
                networkInterfaces: [{ networkInterfaceId: from(card) }],
            }),
            resource(token.instance, "foreign", {
                vpcSecurityGroupIds: [from(group)],
                networkInterfaces: [{ networkInterfaceId: "eni-0abc" }],
            }),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail card securityGroups[0]",
            "indeterminate foreign networkInterfaces[0].networkInterfaceId",
            "indeterminate template networkInterfaces[1].securityGroups[0]",
            "not-applicable template",
        ]);
        assert.equal(
            messages(rule, stack)[2],
            'securityGroups[0] is the VPC\'s default group (instance "vault" ← network interface "card")',
        );
    });
});

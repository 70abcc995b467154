import assert from "node:assert/strict";
import { defaultSgClosed as rule } from "../../../policy-pack/rules/default-sg-closed";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";
import { inline, token } from "../../support/network";

const vpc = resource(token.vpc, "main", { cidrBlock: "10.0.0.0/16" });

function emptied(properties: Record<string, unknown>, name = "default") {
    return resource(token.defaultGroup, name, { vpcId: from(vpc), ...properties });
}

describe("default-sg-closed", () => {
    it("passes a VPC whose default group is adopted without rules", () => {
        assert.deepEqual(verdicts(rule, [vpc, emptied({})]), ["pass default", "pass main"]);
        const explicit = emptied({ ingress: [], egress: [], revokeRulesOnDelete: false });
        assert.deepEqual(verdicts(rule, [vpc, explicit]), ["pass default", "pass main"]);
    });

    it("fails a VPC whose default group nobody adopts", () => {
        const other = resource(token.defaultGroup, "other", { vpcId: "vpc-0abc" });
        assert.deepEqual(verdicts(rule, [vpc, other]), ["fail main", "pass other"]);
        assert.deepEqual(messages(rule, [vpc]), [
            "nothing empties the VPC's default security group, which lets its members talk to each other and to everywhere",
        ]);
    });

    it("fails rules of either direction, whatever they open", () => {
        const group = emptied({
            ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }],
            egress: [inline({ cidrBlocks: ["10.0.0.0/8"] })],
        });
        assert.deepEqual(verdicts(rule, [vpc, group]), [
            "fail default egress",
            "fail default ingress",
            "pass main",
        ]);
    });

    it("is indeterminate for rules that are unknown", () => {
        assert.deepEqual(verdicts(rule, [vpc, emptied({ ingress: unknown })]), [
            "indeterminate default ingress",
            "pass main",
        ]);
    });

    it("fails a separate rule that opens the default group, found by group or by VPC", () => {
        const group = emptied({});
        const stack = [
            vpc,
            group,
            resource(token.ingressRule, "a", { securityGroupId: from(group), ipProtocol: "-1" }),
            resource(token.olderRule, "b", { securityGroupId: from(vpc), type: "ingress" }),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail a securityGroupId",
            "fail b securityGroupId",
            "pass default",
            "pass main",
        ]);
    });

    it("takes a group without a VPC for that of the default VPC", () => {
        const stack = [
            resource("aws:ec2/defaultVpc:DefaultVpc", "account"),
            resource(token.defaultGroup, "default"),
        ];
        assert.deepEqual(verdicts(rule, stack), ["pass account", "pass default"]);
    });
});

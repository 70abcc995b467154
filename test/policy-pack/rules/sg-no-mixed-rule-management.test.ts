import assert from "node:assert/strict";
import { sgNoMixedRuleManagement as rule } from "../../../policy-pack/rules/sg-no-mixed-rule-management";
import { sgNoAdminPorts } from "../../../policy-pack/rules/sg-no-admin-ports";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";
import { groupWith, inline, token } from "../../support/network";

const separate = (group: unknown, name: string, more = {}) =>
    resource(token.ingressRule, name, {
        securityGroupId: group,
        ipProtocol: "tcp",
        fromPort: 8200,
        toPort: 8200,
        cidrIpv4: "10.0.0.0/8",
        ...more,
    });

describe("sg-no-mixed-rule-management", () => {
    it("passes inline rules alone and separate rules alone", () => {
        const [a, b] = [groupWith([inline({ self: true })], "a"), groupWith(undefined, "b")];
        assert.deepEqual(verdicts(rule, [a, b, separate(from(b), "r")]), [
            "pass a",
            "pass b",
            "pass r",
        ]);
    });

    it("fails a group with both", () => {
        const group = groupWith([inline({ cidrBlocks: ["10.1.0.0/16"] })]);
        const stack = [group, separate(from(group), "r")];
        assert.deepEqual(verdicts(rule, stack), ["fail nodes", "pass r"]);
        assert.deepEqual(messages(rule, stack), [
            "the group holds inline rules (1) and separate ones (1): each update undoes the other",
        ]);
    });

    it("is indeterminate for an unknown inline list beside separate rules", () => {
        const group = groupWith(unknown);
        assert.deepEqual(verdicts(rule, [group, separate(from(group), "r")]), [
            "indeterminate nodes ingress",
            "pass r",
        ]);
    });

    it("fails the second of two equal rules, however they are written", () => {
        const group = groupWith(undefined);
        const twin = resource(token.olderRule, "twin", {
            type: "ingress",
            securityGroupId: from(group),
            protocol: "6",
            fromPort: "8200",
            toPort: "8200",
            cidrBlocks: ["10.1.2.3/8"],
        });
        const other = separate(from(group), "other", { fromPort: 8201, toPort: 8201 });
        assert.deepEqual(verdicts(rule, [group, twin, separate(from(group), "one"), other]), [
            "fail one",
            "pass nodes",
            "pass other",
            "pass twin",
        ]);
    });

    it("takes a rule that the provider read back into an existing group for the separate one", () => {
        const readBack = [
            inline({ cidrBlocks: ["10.0.0.0/8"], self: false }),
            inline({ securityGroups: ["sg-2"] }, { fromPort: 22, toPort: 22 }),
        ];
        const group = resource(token.securityGroup, "nodes", { ingress: readBack }, { id: "sg-1" });
        const client = resource(token.securityGroup, "client", {}, { id: "sg-2" });
        const stack = [
            group,
            client,
            separate("sg-1", "a"),
            separate("sg-1", "b", {
                fromPort: 22,
                toPort: 22,
                cidrIpv4: undefined,
                referencedSecurityGroupId: "sg-2",
            }),
        ];
        assert.deepEqual(verdicts(rule, stack), ["pass a", "pass b", "pass client", "pass nodes"]);
        assert.deepEqual(verdicts(sgNoAdminPorts, stack), [
            "fail b",
            "pass a",
            "pass client",
            "pass nodes",
        ]);
    });

    it("fails a second owner of a default group", () => {
        const vpc = resource(token.vpc, "main");
        const owner = (name: string) => resource(token.defaultGroup, name, { vpcId: from(vpc) });
        assert.deepEqual(verdicts(rule, [vpc, owner("a"), owner("b")]), ["fail b vpcId", "pass a"]);
    });
});

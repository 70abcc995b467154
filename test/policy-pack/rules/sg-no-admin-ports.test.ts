import assert from "node:assert/strict";
import { sgNoAdminPorts as rule } from "../../../policy-pack/rules/sg-no-admin-ports";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";
import { groupWith, inline, token } from "../../support/network";

const inside = { cidrBlocks: ["10.0.0.0/8"] };

describe("sg-no-admin-ports", () => {
    for (const [title, entry, expected] of [
        ["passes a service port", {}, "pass nodes"],
        ["fails SSH", { fromPort: 22, toPort: 22 }, "fail nodes ingress[0]"],
        [
            "fails SSH written as text",
            { protocol: "6", fromPort: "22", toPort: "22" },
            "fail nodes ingress[0]",
        ],
        [
            "fails RDP in capital letters",
            { protocol: "TCP", fromPort: 3389, toPort: 3389 },
            "fail nodes ingress[0]",
        ],
        ["fails a range around a port", { fromPort: 0, toPort: 65535 }, "fail nodes ingress[0]"],
        [
            "fails every protocol",
            { protocol: "-1", fromPort: 0, toPort: 0 },
            "fail nodes ingress[0]",
        ],
        [
            "fails every protocol by name",
            { protocol: "all", fromPort: 0, toPort: 0 },
            "fail nodes ingress[0]",
        ],
        [
            "fails TCP without ports",
            { fromPort: undefined, toPort: undefined },
            "fail nodes ingress[0]",
        ],
        [
            "passes ICMP, whose numbers are no ports",
            { protocol: "icmp", fromPort: 22, toPort: 22 },
            "pass nodes",
        ],
        [
            "is indeterminate for an unknown protocol",
            { protocol: unknown },
            "indeterminate nodes ingress[0]",
        ],
        [
            "is indeterminate for an unknown first port",
            { fromPort: unknown },
            "indeterminate nodes ingress[0]",
        ],
        [
            "is indeterminate for an unknown last port",
            { toPort: unknown },
            "indeterminate nodes ingress[0]",
        ],
        [
            "is indeterminate for a protocol that is none",
            { protocol: "ssh" },
            "indeterminate nodes ingress[0]",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [groupWith([inline(inside, entry)])]), [expected]);
        });
    }

    it("passes a rule that lets nobody in", () => {
        assert.deepEqual(verdicts(rule, [groupWith([inline({}, { fromPort: 22, toPort: 22 })])]), [
            "pass nodes",
        ]);
    });

    it("fails whoever is let in: a group, the group itself, a prefix list", () => {
        const ssh = { fromPort: 22, toPort: 22 };
        const group = groupWith([
            inline({ securityGroups: ["sg-0abc"] }, ssh),
            inline({ self: true }, ssh),
            inline({ prefixListIds: ["pl-0abc"] }, ssh),
        ]);
        assert.deepEqual(verdicts(rule, [group]), [
            "fail nodes ingress[0]",
            "fail nodes ingress[1]",
            "fail nodes ingress[2]",
        ]);
    });

    it("reports separate rules on themselves", () => {
        const group = groupWith(undefined);
        const on = { securityGroupId: from(group), fromPort: 22, toPort: 22 };
        const stack = [
            group,
            resource(token.olderRule, "a", { ...on, type: "ingress", protocol: "tcp", self: true }),
            resource(token.ingressRule, "b", { ...on, ipProtocol: "tcp", cidrIpv4: "10.0.0.0/8" }),
            resource(token.ingressRule, "c", {
                securityGroupId: from(group),
                ipProtocol: "-1",
                referencedSecurityGroupId: from(group),
            }),
            resource(token.olderRule, "d", { ...on, type: "egress", protocol: "tcp", self: true }),
        ];
        assert.deepEqual(verdicts(rule, stack), ["fail a", "fail b", "fail c", "pass nodes"]);
    });

    it("knows the ports that the configuration adds", () => {
        const stack = [groupWith([inline(inside)])];
        assert.deepEqual(verdicts(rule, stack, { parameters: { adminPorts: [22, 8200] } }), [
            "fail nodes ingress[0]",
        ]);
    });

    it("names the ports and the chain", () => {
        const group = groupWith([inline(inside, { fromPort: 20, toPort: 23 })]);
        assert.deepEqual(messages(rule, [group]), [
            'tcp/20-23 opens ports of remote administration 20, 21, 22, 23 (security group "nodes" ← ingress[0])',
        ]);
    });
});

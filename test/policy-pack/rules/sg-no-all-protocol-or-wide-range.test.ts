import assert from "node:assert/strict";
import { sgNoAllProtocolOrWideRange as rule } from "../../../policy-pack/rules/sg-no-all-protocol-or-wide-range";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";
import { groupWith, inline, token } from "../../support/network";

/** The group is a subject in each direction. */
function judged(entry: Record<string, unknown>): readonly string[] {
    return verdicts(rule, [groupWith([inline({ self: true }, entry)])]);
}

describe("sg-no-all-protocol-or-wide-range", () => {
    for (const [title, entry, expected] of [
        ["passes one port", {}, "pass nodes"],
        ["passes two neighbouring ports", { fromPort: 8200, toPort: 8201 }, "pass nodes"],
        ["fails three ports", { fromPort: 8200, toPort: 8202 }, "fail nodes ingress[0]"],
        [
            "fails every port of UDP",
            { protocol: "17", fromPort: 0, toPort: 65535 },
            "fail nodes ingress[0]",
        ],
        ["fails every protocol", { protocol: -1, fromPort: 0, toPort: 0 }, "fail nodes ingress[0]"],
        ["passes ICMP", { protocol: "icmp", fromPort: -1, toPort: -1 }, "pass nodes"],
        ["passes one named protocol without ports", { protocol: "esp" }, "pass nodes"],
        [
            "is indeterminate for unknown ports",
            { toPort: unknown },
            "indeterminate nodes ingress[0]",
        ],
        [
            "is indeterminate for an unknown protocol",
            { protocol: unknown },
            "indeterminate nodes ingress[0]",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(judged(entry), [expected, "pass nodes"]);
        });
    }

    it("judges egress ranges, and leaves every protocol out to sg-egress-restricted", () => {
        const group = resource(token.securityGroup, "nodes", {
            egress: [
                inline({ self: true }, { fromPort: 1024, toPort: 65535 }),
                inline({ self: true }, { protocol: "-1", fromPort: 0, toPort: 0 }),
            ],
        });
        assert.deepEqual(verdicts(rule, [group]), ["fail nodes egress[0]", "pass nodes"]);
        assert.deepEqual(messages(rule, [group]), [
            'tcp/1024-65535 opens 64512 ports: at most 2 are allowed in one rule (security group "nodes" ← egress[0])',
        ]);
    });

    it("judges separate rules, and as many ports as the configuration allows", () => {
        const group = groupWith(undefined);
        const stack = [
            group,
            resource(token.ingressRule, "rule", {
                securityGroupId: from(group),
                ipProtocol: "tcp",
                fromPort: 1,
                toPort: 5,
                referencedSecurityGroupId: from(group),
            }),
        ];
        assert.deepEqual(verdicts(rule, stack), ["fail rule", "pass nodes", "pass nodes"]);
        const parameters = { maximumPortsPerRule: 5 };
        assert.deepEqual(verdicts(rule, stack, { parameters }), [
            "pass nodes",
            "pass nodes",
            "pass rule",
        ]);
    });
});

import assert from "node:assert/strict";
import { sgEgressRestricted as rule } from "../../../policy-pack/rules/sg-egress-restricted";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";
import { inline, serverBehind, token } from "../../support/network";

function group(egress: unknown, name = "nodes") {
    return resource(token.securityGroup, name, { egress });
}

describe("sg-egress-restricted", () => {
    for (const [title, egress, expected] of [
        ["passes without rules", undefined, "pass nodes"],
        ["passes a named group", [inline({ securityGroups: [unknown] })], "pass nodes"],
        [
            "fails everywhere",
            [inline({ cidrBlocks: ["0.0.0.0/0"] })],
            "fail nodes egress[0].cidrBlocks[0]",
        ],
        [
            "fails all of IPv6, last in a list",
            [inline({ cidrBlocks: [] }), inline({ ipv6CidrBlocks: ["fd00::/8", "::/0"] })],
            "fail nodes egress[1].ipv6CidrBlocks[1]",
        ],
        [
            "fails every protocol, even to the group itself",
            [{ protocol: "-1", fromPort: 0, toPort: 0, self: true }],
            "fail nodes egress[0]",
        ],
        [
            "reports everything to everywhere once",
            [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
            "fail nodes egress[0].cidrBlocks[0]",
        ],
        [
            "passes private ranges of groups without a key server",
            [inline({ cidrBlocks: ["10.0.0.0/8"] })],
            "pass nodes",
        ],
        [
            "is indeterminate for an unknown range",
            [inline({ cidrBlocks: [unknown] })],
            "indeterminate nodes egress[0].cidrBlocks[0]",
        ],
        ["is indeterminate for an unknown list", unknown, "indeterminate nodes egress"],
        [
            "is indeterminate for a prefix list outside the stack",
            [inline({ prefixListIds: ["pl-0abc"] })],
            "indeterminate nodes egress[0].prefixListIds[0]",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [group(egress)]), [expected]);
        });
    }

    it("is indeterminate for a private destination of a rule whose group is not known", () => {
        const nodes = group(undefined);
        const stray = (cidrIpv4: string) =>
            resource(token.egressRule, "stray", {
                ...{ securityGroupId: unknown, ipProtocol: "tcp", fromPort: 443, toPort: 443 },
                cidrIpv4,
            });
        const vault = serverBehind(nodes);
        assert.deepEqual(verdicts(rule, [nodes, vault, stray("10.0.0.0/8")]), [
            "indeterminate stray cidrIpv4",
            "pass nodes",
        ]);
        assert.deepEqual(verdicts(rule, [nodes, vault, stray("0.0.0.0/0")]), [
            "fail stray cidrIpv4",
            "pass nodes",
        ]);
        assert.deepEqual(verdicts(rule, [nodes, stray("10.0.0.0/8")]), [
            "pass nodes",
            "pass stray",
        ]);
    });

    it("asks a key server's group to name even private destinations", () => {
        const nodes = group([inline({ cidrBlocks: ["10.0.0.0/8"] })]);
        const stack = [nodes, serverBehind(nodes)];
        assert.deepEqual(verdicts(rule, stack), ["fail nodes egress[0].cidrBlocks[0]"]);
        const judgement = { parameters: { allowedEgressCidrs: ["10.0.0.0/9", "10.128.0.0/9"] } };
        assert.deepEqual(verdicts(rule, stack, judgement), ["fail nodes egress[0].cidrBlocks[0]"]);
        const loosened = {
            parameters: { ...judgement.parameters, allowedCidrMinimumPrefixLength: 9 },
        };
        assert.deepEqual(verdicts(rule, stack, loosened), ["pass nodes"]);
    });

    it("passes the prefix list of a gateway endpoint, of an approved id and of private entries", () => {
        const endpoint = resource(token.endpoint, "s3", { vpcEndpointType: "Gateway" });
        const list = resource(token.prefixList, "partners", { entries: [{ cidr: "10.0.0.0/8" }] });
        const nodes = group(undefined);
        const to = { securityGroupId: from(nodes), ipProtocol: "tcp", fromPort: 443, toPort: 443 };
        const stack = [
            endpoint,
            list,
            nodes,
            resource(token.egressRule, "a", { ...to, prefixListId: from(endpoint) }),
            resource(token.egressRule, "b", { ...to, prefixListId: "pl-0s3" }),
            resource(token.egressRule, "c", { ...to, prefixListId: from(list) }),
            resource(token.olderRule, "d", {
                ...to,
                type: "egress",
                protocol: "tcp",
                prefixListIds: [from(endpoint)],
            }),
        ];
        const judgement = { parameters: { allowedEgressPrefixLists: ["pl-0s3"] } };
        assert.deepEqual(verdicts(rule, stack, judgement), [
            "pass a",
            "pass b",
            "pass c",
            "pass d",
            "pass nodes",
        ]);
    });

    it("knows the prefix list of an endpoint by its id once that exists", () => {
        const endpoint = resource(token.endpoint, "s3", { prefixListId: "pl-0abc" });
        const nodes = group([inline({ prefixListIds: ["pl-0abc"] })]);
        assert.deepEqual(verdicts(rule, [endpoint, nodes]), ["pass nodes"]);
    });

    it("reports a public entry of a prefix list on the list", () => {
        const list = resource(token.prefixList, "partners", { entries: [{ cidr: "0.0.0.0/0" }] });
        const nodes = group([inline({ prefixListIds: [from(list)] })]);
        assert.deepEqual(verdicts(rule, [list, nodes]), [
            "fail partners entries[0].cidr",
            "not-applicable nodes",
        ]);
    });

    it("reports separate rules on themselves, with the chain", () => {
        const nodes = group(undefined);
        const stack = [
            nodes,
            resource(token.egressRule, "out", {
                securityGroupId: from(nodes),
                ipProtocol: "-1",
                cidrIpv4: "0.0.0.0/0",
            }),
        ];
        assert.deepEqual(messages(rule, stack), [
            'cidrIpv4 is 0.0.0.0/0, so connections may leave to everywhere (security group "nodes" ← rule "out")',
        ]);
    });
});

import assert from "node:assert/strict";
import { sgNoPublicIngress as rule } from "../../../policy-pack/rules/sg-no-public-ingress";
import { from, judge, messages, resource, unknown, verdicts } from "../../support/graph";
import { groupWith, inline, token } from "../../support/network";

describe("sg-no-public-ingress", () => {
    for (const [title, peer, expected] of [
        [
            "the whole internet",
            { cidrBlocks: ["0.0.0.0/0"] },
            "fail nodes ingress[0].cidrBlocks[0]",
        ],
        ["all of IPv6", { ipv6CidrBlocks: ["::/0"] }, "fail nodes ingress[0].ipv6CidrBlocks[0]"],
        [
            "all of IPv6 written in full",
            { ipv6CidrBlocks: ["0000:0000:0000:0000:0000:0000:0000:0000/0"] },
            "fail nodes ingress[0].ipv6CidrBlocks[0]",
        ],
        [
            "half of the internet",
            { cidrBlocks: ["128.0.0.0/1"] },
            "fail nodes ingress[0].cidrBlocks[0]",
        ],
        [
            "one public address",
            { cidrBlocks: ["8.8.8.8/32"] },
            "fail nodes ingress[0].cidrBlocks[0]",
        ],
        [
            "a public address mapped into IPv6",
            { ipv6CidrBlocks: ["::ffff:8.8.8.0/120"] },
            "fail nodes ingress[0].ipv6CidrBlocks[0]",
        ],
        [
            "a range that only begins private",
            { cidrBlocks: ["172.16.0.0/11"] },
            "fail nodes ingress[0].cidrBlocks[0]",
        ],
        [
            "an open range after a private one",
            { cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"] },
            "fail nodes ingress[0].cidrBlocks[1]",
        ],
        [
            "an open range beside the group itself",
            { self: true, cidrBlocks: ["0.0.0.0/0"] },
            "fail nodes ingress[0].cidrBlocks[0]",
        ],
    ] as const) {
        it(`fails ${title}`, () => {
            assert.deepEqual(verdicts(rule, [groupWith([inline(peer)])]), [expected]);
        });
    }

    for (const [title, ingress] of [
        ["no rule", undefined],
        ["an empty list", []],
        ["private ranges", [inline({ cidrBlocks: ["10.1.2.3/8", "192.168.0.0/16"] })]],
        ["a mapped private range", [inline({ ipv6CidrBlocks: ["::ffff:10.0.0.0/104"] })]],
        ["a unique local range", [inline({ ipv6CidrBlocks: ["fd00:ec2::/32"] })]],
        ["other groups, even unknown ones", [inline({ securityGroups: [unknown] })]],
    ] as const) {
        it(`passes ${title}`, () => {
            assert.deepEqual(verdicts(rule, [groupWith(ingress)]), ["pass nodes"]);
        });
    }

    for (const [title, ingress, expected] of [
        ["the whole list", unknown, "indeterminate nodes ingress"],
        ["a rule", [unknown], "indeterminate nodes ingress[0]"],
        [
            "a list of ranges",
            [inline({ cidrBlocks: unknown })],
            "indeterminate nodes ingress[0].cidrBlocks",
        ],
        ["a rule without a shape", ["tcp"], "indeterminate nodes ingress[0]"],
        [
            "text that is no range",
            [inline({ cidrBlocks: ["anywhere"] })],
            "indeterminate nodes ingress[0].cidrBlocks[0]",
        ],
    ] as const) {
        it(`is indeterminate for ${title} that cannot be known`, () => {
            assert.deepEqual(verdicts(rule, [groupWith(ingress)]), [expected]);
        });
    }

    it("sees the open range behind an unknown one, and the unknown one behind an open one", () => {
        const stack = [
            groupWith([inline({ cidrBlocks: [unknown, "0.0.0.0/0"] })], "a"),
            groupWith([inline({ cidrBlocks: ["0.0.0.0/0", unknown] })], "b"),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail a ingress[0].cidrBlocks[1]",
            "fail b ingress[0].cidrBlocks[0]",
            "indeterminate a ingress[0].cidrBlocks[0]",
            "indeterminate b ingress[0].cidrBlocks[1]",
        ]);
    });

    it("takes an unknown range that comes from a network of the stack for that network's", () => {
        const vpc = resource(token.vpc, "main", { cidrBlock: "10.0.0.0/16" });
        const open = resource(token.vpc, "open", { ipv4IpamPoolId: "ipam-1" });
        const stack = [
            vpc,
            open,
            groupWith([inline({ cidrBlocks: [from(vpc)] })], "a"),
            groupWith([inline({ cidrBlocks: [from(open)] })], "b"),
            groupWith([inline({ cidrBlocks: from(vpc) })], "c"),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "indeterminate b ingress[0].cidrBlocks[0]",
            "pass a",
            "pass c",
        ]);
    });

    it("judges both forms of separate rules on the rule itself", () => {
        const group = groupWith(undefined);
        const on = { securityGroupId: from(group), fromPort: 8200, toPort: 8200 };
        const stack = [
            group,
            resource(token.olderRule, "a", {
                ...on,
                type: "ingress",
                protocol: "tcp",
                cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"],
            }),
            resource(token.ingressRule, "b", { ...on, ipProtocol: "tcp", cidrIpv4: "0.0.0.0/0" }),
            resource(token.ingressRule, "c", { ...on, ipProtocol: "-1", cidrIpv6: "::/0" }),
            resource(token.ingressRule, "d", {
                ...on,
                ipProtocol: "tcp",
                referencedSecurityGroupId: "sg-0abc",
            }),
            resource(token.ingressRule, "e", { ...on, ipProtocol: "tcp", cidrIpv4: unknown }),
            resource(token.olderRule, "f", { ...on, type: "egress", cidrBlocks: ["0.0.0.0/0"] }),
            resource(token.olderRule, "g", { ...on, type: unknown, cidrBlocks: ["0.0.0.0/0"] }),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail a cidrBlocks[1]",
            "fail b cidrIpv4",
            "fail c cidrIpv6",
            "indeterminate e cidrIpv4",
            "indeterminate g type",
            "pass d",
            "pass nodes",
        ]);
    });

    it("resolves prefix lists of the stack and reports the entry, once for all rules", () => {
        const list = resource(token.prefixList, "offices", {
            entries: [{ cidr: "10.0.0.0/8" }, { cidr: "198.18.0.0/15" }],
        });
        const entry = resource(token.prefixListEntry, "lab", {
            prefixListId: from(list),
            cidr: "0.0.0.0/0",
        });
        const stack = [
            list,
            entry,
            groupWith([inline({ prefixListIds: [from(list)] })], "a"),
            groupWith([inline({ prefixListIds: [from(list)] })], "b"),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail lab cidr",
            "fail offices entries[1].cidr",
            "not-applicable a",
            "not-applicable b",
        ]);
        assert.equal(
            messages(rule, stack)[0],
            'cidr is 0.0.0.0/0, so the whole internet may reach tcp/8200 (security group "b" ← prefix list "offices" ← prefix list entry "lab")',
        );
    });

    it("is indeterminate for prefix lists and entries that cannot be known", () => {
        const list = resource(token.prefixList, "list", { entries: [unknown] });
        const stack = [
            list,
            groupWith([inline({ prefixListIds: [from(list)] })], "a"),
            groupWith([inline({ prefixListIds: ["pl-0abc"] })], "b"),
            groupWith([inline({ prefixListIds: [unknown] })], "c"),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "indeterminate b ingress[0].prefixListIds[0]",
            "indeterminate c ingress[0].prefixListIds[0]",
            "indeterminate list entries[0].cidr",
            "not-applicable a",
        ]);
    });

    it("judges the default group of a VPC as well", () => {
        const group = resource(token.defaultGroup, "default", {
            ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
        });
        assert.deepEqual(verdicts(rule, [group]), ["fail default ingress[0].cidrBlocks[0]"]);
    });

    it("accepts allow-listed public ranges, also as the union of neighbours, and no wider ones", () => {
        const judgement = {
            parameters: { allowedPublicCidrs: ["203.0.113.0/25", "203.0.113.128/25"] },
        };
        const stack = [
            groupWith([inline({ cidrBlocks: ["203.0.113.0/24"] })], "a"),
            groupWith([inline({ cidrBlocks: ["203.0.112.0/23"] })], "b"),
        ];
        assert.deepEqual(verdicts(rule, stack, judgement), [
            "fail b ingress[0].cidrBlocks[0]",
            "pass a",
        ]);
    });

    it("names the opening without list indexes", () => {
        const group = groupWith([inline({ cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"] })]);
        const [found] = judge(rule, [group]);
        assert.equal(found?.subject, "tcp/8200←0.0.0.0/0");
        assert.equal(
            found?.message,
            'ingress[0].cidrBlocks[1] is 0.0.0.0/0, so the whole internet may reach tcp/8200 (security group "nodes")',
        );
    });
});

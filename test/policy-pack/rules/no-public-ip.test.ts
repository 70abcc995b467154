import assert from "node:assert/strict";
import { noPublicIp as rule } from "../../../policy-pack/rules/no-public-ip";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";
import { token } from "../../support/network";

const closed = resource(token.subnet, "closed", { vpcId: "vpc-1", mapPublicIpOnLaunch: false });
const open = resource(token.subnet, "open", { vpcId: "vpc-1", mapPublicIpOnLaunch: true });

function server(properties: Record<string, unknown>, name = "vault") {
    return resource(token.instance, name, properties);
}

describe("no-public-ip", () => {
    for (const [title, properties, expected] of [
        ["passes a server that refuses one", { associatePublicIpAddress: false }, "pass vault"],
        [
            "fails a server that asks for one",
            { associatePublicIpAddress: true, subnetId: from(closed) },
            "fail vault associatePublicIpAddress",
        ],
        [
            "is indeterminate when the wish is unknown",
            { associatePublicIpAddress: unknown, subnetId: from(closed) },
            "indeterminate vault associatePublicIpAddress",
        ],
        ["passes a silent server in a closed subnet", { subnetId: from(closed) }, "pass vault"],
        [
            "fails a silent server in a subnet that gives addresses",
            { subnetId: from(open) },
            "fail vault associatePublicIpAddress",
        ],
        [
            "is indeterminate for a silent server in an adopted subnet",
            { subnetId: "subnet-0abc" },
            "indeterminate vault associatePublicIpAddress",
        ],
        [
            "is indeterminate for a silent server in an unknown subnet",
            { subnetId: unknown },
            "indeterminate vault associatePublicIpAddress",
        ],
        ["fails a silent server without a subnet", {}, "fail vault associatePublicIpAddress"],
        [
            "fails IPv6 addresses by count",
            { associatePublicIpAddress: false, ipv6AddressCount: 1 },
            "fail vault ipv6AddressCount",
        ],
        [
            "fails a public IPv6 address, last in the list",
            { associatePublicIpAddress: false, ipv6Addresses: ["fd00::1", "2001:db8::1"] },
            "fail vault ipv6Addresses[1]",
        ],
        [
            "is indeterminate for an unknown IPv6 address, first in the list",
            { associatePublicIpAddress: false, ipv6Addresses: [unknown, "fd00::1"] },
            "indeterminate vault ipv6Addresses[0]",
        ],
        [
            "passes no IPv6 addresses, written out",
            { associatePublicIpAddress: false, ipv6AddressCount: 0, ipv6Addresses: [] },
            "pass vault",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [closed, open, server(properties)]), [expected]);
        });
    }

    it("looks at every interface of a launch template, not only the first", () => {
        const template = (name: string, ...wishes: unknown[]) =>
            resource(token.template, name, {
                networkInterfaces: wishes.map((associatePublicIpAddress) => ({
                    associatePublicIpAddress,
                })),
            });
        const stack = [
            template("a", "false", "false"),
            template("b", "false", "true"),
            template("c", unknown, "false"),
            resource(token.template, "d", { networkInterfaces: unknown }),
            resource(token.template, "e"),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail b networkInterfaces[1].associatePublicIpAddress",
            "indeterminate c networkInterfaces[0].associatePublicIpAddress",
            "indeterminate d networkInterfaces",
            "not-applicable e",
            "pass a",
        ]);
    });

    it("lets the template decide for its instances and groups, else their subnets", () => {
        const refusing = resource(token.template, "refusing", {
            networkInterfaces: [{ associatePublicIpAddress: "false" }],
        });
        const asking = resource(token.template, "asking", {
            networkInterfaces: [{ associatePublicIpAddress: "true" }],
        });
        const silent = resource(token.template, "silent");
        const group = (name: string, template: unknown, subnet: unknown) =>
            resource(token.scalingGroup, name, {
                launchTemplate: { id: template },
                vpcZoneIdentifiers: [subnet],
            });
        const stack = [
            open,
            closed,
            refusing,
            asking,
            silent,
            group("g1", from(refusing), from(open)),
            group("g2", from(asking), from(closed)),
            group("g3", from(silent), from(open)),
            group("g4", from(silent), from(closed)),
            group("g5", "lt-0abc", from(closed)),
            server({ launchTemplate: { id: from(silent) }, subnetId: from(closed) }),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail asking networkInterfaces[0].associatePublicIpAddress",
            "fail g3 associatePublicIpAddress",
            "indeterminate g5 launchTemplate.id",
            "not-applicable g2",
            "not-applicable silent",
            "pass g1",
            "pass g4",
            "pass refusing",
            "pass vault",
        ]);
    });

    it("asks nothing of the subnet when the interface exists already", () => {
        const card = resource(token.networkInterface, "card", { subnetId: from(open) });
        const stack = [
            open,
            card,
            server({ primaryNetworkInterface: { networkInterfaceId: from(card) } }, "a"),
            server(
                { networkInterfaces: [{ networkInterfaceId: from(card), deviceIndex: 0 }] },
                "b",
            ),
        ];
        assert.deepEqual(verdicts(rule, stack), ["pass a", "pass b", "pass card"]);
    });

    it("fails elastic addresses on servers and their interfaces, and leaves those of NAT alone", () => {
        const vault = server({ associatePublicIpAddress: false });
        const card = resource(token.networkInterface, "card", {});
        const stack = [
            vault,
            card,
            resource("aws:ec2/eip:Eip", "a", { instance: from(vault) }),
            resource("aws:ec2/eip:Eip", "b", { domain: "vpc" }),
            resource("aws:ec2/eipAssociation:EipAssociation", "c", {
                networkInterfaceId: from(card),
            }),
            resource("aws:ec2/eipAssociation:EipAssociation", "d", { instanceId: unknown }),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail a instance",
            "fail c networkInterfaceId",
            "indeterminate d instanceId",
            "not-applicable b",
            "pass card",
            "pass vault",
        ]);
    });

    it("fails load balancers that face the internet, of every kind", () => {
        const balancer = (type: string, name: string, internal: unknown) =>
            resource(`aws:${type}/loadBalancer:LoadBalancer`, name, { internal });
        const stack = [
            balancer("lb", "a", true),
            balancer("lb", "b", false),
            balancer("alb", "c", undefined),
            balancer("elb", "d", unknown),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail b internal",
            "fail c internal",
            "indeterminate d internal",
            "pass a",
        ]);
    });

    it("names the subnet that gives the address", () => {
        assert.deepEqual(messages(rule, [open, server({ subnetId: from(open) })]), [
            'associatePublicIpAddress is not set, and the subnet gives public addresses by mapPublicIpOnLaunch (instance "vault" ← subnet "open")',
        ]);
    });
});

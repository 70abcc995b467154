import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { from, resource, unknown } from "../../support/graph";
import { inline, token } from "../../support/network";
import { exposure, pathLines } from "../../support/exposure";

const vpc = resource(token.vpc, "net", { cidrBlock: "10.1.0.0/16" });
const subnet = resource(token.subnet, "a", { vpcId: from(vpc), cidrBlock: "10.1.1.0/24" });
const network = [vpc, subnet];

function server(
    group: RegisteredResource,
    name = "vault",
    more: Readonly<Record<string, unknown>> = {},
): RegisteredResource {
    return resource(token.instance, name, {
        vpcSecurityGroupIds: [from(group)],
        subnetId: from(subnet),
        ...more,
    });
}

function group(properties: Readonly<Record<string, unknown>>, name = "nodes"): RegisteredResource {
    return resource(token.securityGroup, name, { vpcId: from(vpc), ...properties });
}

function open(...cidrBlocks: readonly string[]): RegisteredResource {
    return group({ ingress: [inline({ cidrBlocks })] });
}

function tableWith(...routes: readonly unknown[]): readonly RegisteredResource[] {
    const table = resource(token.routeTable, "r", { vpcId: from(vpc), routes });
    const properties = { subnetId: from(subnet), routeTableId: from(table) };
    return [table, resource(token.association, "r-a", properties)];
}

const internet = { cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" };

describe("network paths", () => {
    it("lists what inline rules open inside the network", () => {
        const nodes = open("10.1.2.0/24");
        assert.deepEqual(pathLines(...network, nodes, server(nodes)), [
            'in tcp/8200-8200 10.1.2.0/24 open: instance "vault" ← security group "nodes"',
        ]);
    });

    it("names separate rules, prefix lists and their entries", () => {
        const nodes = group({});
        const list = resource(token.prefixList, "clients", { entries: [{ cidr: "10.1.9.0/24" }] });
        const entry = resource(token.prefixListEntry, "more", {
            prefixListId: from(list),
            cidr: "10.1.8.0/24",
        });
        const rule = resource(token.ingressRule, "api", {
            securityGroupId: from(nodes),
            ipProtocol: "tcp",
            fromPort: 8200,
            toPort: 8200,
            prefixListId: from(list),
        });
        const chain =
            'instance "vault" ← security group "nodes" ← rule "api" ← prefix list "clients"';
        assert.deepEqual(pathLines(...network, nodes, list, entry, rule, server(nodes)), [
            `in tcp/8200-8200 10.1.8.0/24 open: ${chain} ← prefix list entry "more"`,
            `in tcp/8200-8200 10.1.9.0/24 open: ${chain}`,
        ]);
    });

    it("names the members of referenced groups: servers, endpoints, load balancers", () => {
        const endpoints = group({}, "endpoints");
        const nodes = group({ egress: [inline({ securityGroups: [from(endpoints)] })] });
        const endpoint = resource(token.endpoint, "ssm", { securityGroupIds: [from(endpoints)] });
        assert.deepEqual(pathLines(...network, endpoints, nodes, endpoint, server(nodes)), [
            'out tcp/8200-8200 endpoints open: instance "vault" ← security group "nodes" ← security group "endpoints" (endpoint "ssm")',
        ]);
    });

    it("lists peers of the same group, and prefix lists of endpoints and of others", () => {
        const gateway = resource(token.endpoint, "s3");
        const nodes = group({
            ingress: [inline({ self: true })],
            egress: [inline({ prefixListIds: ["pl-1"] })],
        });
        const rule = resource(token.egressRule, "to-s3", {
            securityGroupId: from(nodes),
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            prefixListId: from(gateway),
        });
        assert.deepEqual(pathLines(...network, nodes, gateway, rule, server(nodes)), [
            'in tcp/8200-8200 nodes open: instance "vault" ← security group "nodes" ← security group "nodes" (instance "vault")',
            'out tcp/8200-8200 pl-1 open: instance "vault" ← security group "nodes"',
            'out tcp/443-443 s3 open: instance "vault" ← security group "nodes" ← rule "to-s3" ← endpoint "s3"',
        ]);
    });

    it("leaves of a wide rule what the routes reach", () => {
        const nodes = open("0.0.0.0/0");
        assert.deepEqual(pathLines(...network, nodes, server(nodes)), [
            'in tcp/8200-8200 10.1.0.0/16 open: instance "vault" ← security group "nodes"',
        ]);
    });

    it("opens a server with a public address behind an internet gateway, and no other", () => {
        const nodes = open("0.0.0.0/0");
        const routed = [...network, ...tableWith(internet), nodes];
        const chain = 'instance "vault" ← security group "nodes"';
        assert.deepEqual(
            pathLines(...routed, server(nodes, "vault", { associatePublicIpAddress: true })),
            [
                `in tcp/8200-8200 0.0.0.0/0 open: ${chain} ← route table "r" ← internet gateway "igw-1"`,
            ],
        );
        assert.deepEqual(pathLines(...routed, server(nodes)), [
            `in tcp/8200-8200 10.1.0.0/16 open: ${chain}`,
        ]);
        const eip = (to: RegisteredResource): RegisteredResource =>
            resource("aws:ec2/eip:Eip", "ip", { instance: from(to) });
        const vault = server(nodes);
        assert.deepEqual(pathLines(...routed, vault, eip(vault)), [
            `in tcp/8200-8200 0.0.0.0/0 open: ${chain} ← route table "r" ← internet gateway "igw-1"`,
        ]);
        assert.deepEqual(
            pathLines(...routed, server(nodes, "vault", { associatePublicIpAddress: unknown })),
            [
                `in tcp/8200-8200 0.0.0.0/0 indeterminate: ${chain} ← route table "r" ← internet gateway "igw-1" ← whether the server has a public address is not known`,
                `in tcp/8200-8200 10.1.0.0/16 open: ${chain}`,
            ],
        );
    });

    it("lets connections out, not in, through a NAT gateway", () => {
        const nodes = group({
            ingress: [inline({ cidrBlocks: ["1.0.0.0/8"] })],
            egress: [inline({ cidrBlocks: ["1.0.0.0/8"] })],
        });
        const nat = tableWith({ cidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" });
        assert.deepEqual(pathLines(...network, ...nat, nodes, server(nodes)), [
            'out tcp/8200-8200 1.0.0.0/8 open: instance "vault" ← security group "nodes" ← route table "r" ← NAT gateway "nat-1"',
        ]);
    });

    it("reaches other networks by peering", () => {
        const nodes = open("10.0.0.0/8");
        const peered = tableWith({ cidrBlock: "10.2.0.0/16", vpcPeeringConnectionId: "pcx-1" });
        assert.deepEqual(
            pathLines(...network, ...peered, nodes, server(nodes)),
            [
                'in tcp/8200-8200 10.1.0.0/16 open: instance "vault" ← security group "nodes"',
                'in tcp/8200-8200 10.2.0.0/16 open: instance "vault" ← security group "nodes" ← route table "r" ← peering "pcx-1"',
            ].map((line) => (line.includes("10.1.0.0") ? line : line)),
        );
    });

    it("takes away what a network ACL of the subnet denies", () => {
        const nodes = group({
            ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["10.1.0.0/16"] }],
        });
        const rule = (ruleNo: number, action: string, cidrBlock: string): unknown => ({
            ruleNo,
            action,
            cidrBlock,
            protocol: "tcp",
            fromPort: 8200,
            toPort: 8201,
        });
        const acl = resource("aws:ec2/networkAcl:NetworkAcl", "narrow", {
            subnetIds: [from(subnet)],
            ingress: [rule(10, "deny", "10.1.0.0/17"), rule(20, "allow", "10.1.0.0/16")],
        });
        assert.deepEqual(pathLines(...network, nodes, acl, server(nodes)), [
            'in tcp/8200-8201 10.1.128.0/17 open: instance "vault" ← security group "nodes" ← subnet "a" ← network ACL "narrow"',
        ]);
    });

    it("is indeterminate where a network ACL cannot be read", () => {
        const nodes = open("10.1.0.0/16");
        const acl = resource("aws:ec2/networkAcl:NetworkAcl", "narrow", {
            subnetIds: [from(subnet)],
            ingress: unknown,
        });
        assert.deepEqual(pathLines(...network, nodes, acl, server(nodes)), [
            'in tcp/8200-8200 10.1.0.0/16 indeterminate: instance "vault" ← security group "nodes" ← subnet "a" ← network ACL "narrow" ← rules of network ACL "narrow" are not known',
        ]);
    });

    it("is indeterminate, with the reason, for what is not known", () => {
        const foreign = resource(token.instance, "vault", {
            vpcSecurityGroupIds: ["sg-1"],
            subnetId: from(subnet),
        });
        const why = 'vpcSecurityGroupIds[0] is "sg-1", which is not in this stack';
        assert.deepEqual(pathLines(...network, foreign), [
            `in all/0-65535 unknown indeterminate: instance "vault" ← ${why}`,
            `out all/0-65535 unknown indeterminate: instance "vault" ← ${why}`,
        ]);
        const hidden = group({ ingress: unknown });
        assert.deepEqual(pathLines(...network, hidden, server(hidden)), [
            'in all/0-65535 unknown indeterminate: instance "vault" ← security group "nodes" ← ingress is not known before deployment',
        ]);
        const nodes = open("10.9.0.0/16");
        assert.deepEqual(
            pathLines(...network, nodes, server(nodes, "vault", { subnetId: "subnet-1" })),
            [
                'in tcp/8200-8200 10.9.0.0/16 indeterminate: instance "vault" ← security group "nodes" ← the subnet subnet-1 is not in this stack',
            ],
        );
        const blocks = group({ ingress: [inline({ cidrBlocks: [unknown] })] });
        assert.deepEqual(pathLines(...network, blocks, server(blocks)), [
            'in tcp/8200-8200 unknown indeterminate: instance "vault" ← security group "nodes" ← ingress[0].cidrBlocks[0] is not known before deployment',
        ]);
    });

    it("knows the default group of a VPC", () => {
        const vault = resource(token.instance, "vault", { subnetId: from(subnet) });
        assert.deepEqual(pathLines(...network, vault), [
            'in all/0-65535 default security group of VPC "net" open: instance "vault" ← default security group of VPC "net"',
            'out all/0-65535 10.1.0.0/16 open: instance "vault" ← default security group of VPC "net"',
        ]);
        const adopted = resource(token.defaultGroup, "closed", { vpcId: from(vpc) });
        assert.deepEqual(pathLines(...network, adopted, vault), []);
    });

    it("follows load balancers to the servers behind them", () => {
        const front = group({ ingress: [inline({ cidrBlocks: ["10.1.7.0/24"] })] }, "front");
        const nodes = group({ ingress: [inline({ securityGroups: [from(front)] })] });
        const vault = server(nodes);
        const balancer = resource("aws:lb/loadBalancer:LoadBalancer", "api", {
            internal: true,
            securityGroups: [from(front)],
            subnets: [from(subnet)],
        });
        const targets = resource("aws:lb/targetGroup:TargetGroup", "nodes");
        const listener = resource("aws:lb/listener:Listener", "api", {
            loadBalancerArn: from(balancer),
            port: 8200,
            protocol: "TCP",
            defaultActions: from(targets),
        });
        const attachment = resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", "0", {
            targetGroupArn: from(targets),
            targetId: from(vault),
        });
        const stack = [...network, front, nodes, vault, balancer, targets, listener, attachment];
        assert.deepEqual(pathLines(...stack), [
            'in tcp/8200-8200 10.1.7.0/24 open: instance "vault" ← load balancer "api" ← security group "front"',
            'in tcp/8200-8200 front open: instance "vault" ← security group "nodes" ← security group "front" (load balancer "api")',
        ]);
    });

    it("follows rules of listeners, and attachments to older load balancers", () => {
        const front = group({ ingress: [inline({ cidrBlocks: ["10.1.7.0/24"] })] }, "front");
        const nodes = group({ ingress: [inline({ securityGroups: [from(front)] })] });
        const vault = server(nodes);
        const shared = { internal: true, securityGroups: [from(front)], subnets: [from(subnet)] };
        const api = resource("aws:lb/loadBalancer:LoadBalancer", "api", shared);
        const older = resource("aws:elb/loadBalancer:LoadBalancer", "older", {
            ...shared,
            listeners: [{ lbPort: 8200, instancePort: 8200 }],
        });
        const targets = resource("aws:lb/targetGroup:TargetGroup", "nodes");
        const listener = resource("aws:lb/listener:Listener", "api", {
            ...{ loadBalancerArn: from(api), port: 8200, protocol: "HTTPS" },
            defaultActions: [{ type: "fixed-response" }],
        });
        const listenerRule = resource("aws:lb/listenerRule:ListenerRule", "api", {
            listenerArn: from(listener),
            actions: [{ type: "forward", forward: { targetGroups: [{ arn: from(targets) }] } }],
        });
        const common = [...network, front, nodes, vault, api, older, targets, listener];
        const attached = [
            resource("aws:elb/attachment:Attachment", "old", {
                elb: from(older),
                instance: from(vault),
            }),
            resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", "new", {
                targetGroupArn: from(targets),
                targetId: from(vault),
            }),
        ];
        const through = (name: string): string =>
            `in tcp/8200-8200 10.1.7.0/24 open: instance "vault" ← load balancer "${name}" ← security group "front"`;
        const balanced = (...more: readonly RegisteredResource[]): readonly string[] =>
            pathLines(...common, ...more).filter((line) => line.includes("10.1.7.0/24"));
        assert.deepEqual(balanced(), []);
        assert.deepEqual(balanced(listenerRule, ...attached), [through("api"), through("older")]);
    });

    for (const [protocol, transports] of [
        ["TCP", ["tcp"]],
        ["TLS", ["tcp"]],
        ["UDP", ["udp"]],
        ["QUIC", ["udp"]],
        ["TCP_UDP", ["tcp", "udp"]],
        ["TCP_QUIC", ["tcp", "udp"]],
        [unknown, ["tcp", "udp"]],
    ] as const) {
        it(`lets ${transports.join(" and ")} through a listener for ${protocol === unknown ? "a protocol that is not known" : String(protocol)}, to its port alone`, () => {
            const all = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["10.1.7.0/24"] };
            const front = group({ ingress: [all] }, "front");
            const nodes = group({ ingress: [inline({ securityGroups: [from(front)] })] });
            const vault = server(nodes);
            const balancer = resource("aws:lb/loadBalancer:LoadBalancer", "api", {
                internal: true,
                securityGroups: [from(front)],
                subnets: [from(subnet)],
            });
            const targets = resource("aws:lb/targetGroup:TargetGroup", "nodes");
            const listener = resource("aws:lb/listener:Listener", "api", {
                loadBalancerArn: from(balancer),
                port: 8200,
                protocol,
                defaultActions: from(targets),
            });
            const attachment = resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", "0", {
                targetGroupArn: from(targets),
                targetId: from(vault),
            });
            const stack = [front, nodes, vault, balancer, targets, listener, attachment];
            assert.deepEqual(
                pathLines(...network, ...stack).filter((line) => line.includes("10.1.7.0/24")),
                transports.map(
                    (name) =>
                        `in ${name}/8200-8200 10.1.7.0/24 open: instance "vault" ← load balancer "api" ← security group "front"`,
                ),
            );
        });
    }

    it("gives the same paths whatever the order of the resources", () => {
        const nodes = open("10.1.0.0/16", "10.1.2.0/24");
        const stack = [...network, nodes, server(nodes, "b"), server(nodes, "a")];
        assert.deepEqual(exposure(...stack), exposure(...[...stack].reverse()));
        assert.equal(exposure(...stack).paths.length, 4);
    });
});

import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { sgServicePortsFromApprovedSources as rule } from "../../../policy-pack/rules/sg-service-ports-from-approved-sources";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";
import { groupWith, inline, serverBehind, token } from "../../support/network";

function judged(entry: Record<string, unknown>, peer: Record<string, unknown>) {
    const group = groupWith([inline(peer, entry)]);
    return verdicts(rule, [group, serverBehind(group)], {
        parameters: { allowedIngressCidrs: ["10.1.0.0/16", "0.0.0.0/0"] },
    });
}

function serverTemplate(group: RegisteredResource): RegisteredResource {
    return resource(token.template, "template", { vpcSecurityGroupIds: [from(group)] });
}

describe("sg-service-ports-from-approved-sources", () => {
    for (const [title, entry, peer, expected] of [
        ["passes a service port from a group", {}, { securityGroups: [unknown] }, "pass nodes"],
        ["passes a service port from the group itself", {}, { self: true }, "pass nodes"],
        ["passes an approved range", {}, { cidrBlocks: ["10.1.2.0/24"] }, "pass nodes"],
        [
            "passes neighbouring service ports",
            { fromPort: 8200, toPort: 8201 },
            { self: true },
            "pass nodes",
        ],
        [
            "fails a private range that nobody approved",
            {},
            { cidrBlocks: ["10.2.0.0/16"] },
            "fail nodes ingress[0].cidrBlocks[0]",
        ],
        [
            "fails a range wider than the approved one",
            {},
            { cidrBlocks: ["10.0.0.0/8"] },
            "fail nodes ingress[0].cidrBlocks[0]",
        ],
        [
            "leaves public ranges to sg-no-public-ingress",
            {},
            { cidrBlocks: ["0.0.0.0/0"] },
            "pass nodes",
        ],
        [
            "leaves ports of remote administration to sg-no-admin-ports",
            { fromPort: 22, toPort: 23 },
            { self: true },
            "pass nodes",
        ],
        [
            "fails another port",
            { fromPort: 443, toPort: 443 },
            { self: true },
            "fail nodes ingress[0]",
        ],
        [
            "fails a range with a port that is no service port",
            { fromPort: 8200, toPort: 8202 },
            { self: true },
            "fail nodes ingress[0]",
        ],
        [
            "fails a service port over UDP",
            { protocol: "udp" },
            { self: true },
            "fail nodes ingress[0]",
        ],
        ["fails ICMP", { protocol: "icmp" }, { self: true }, "fail nodes ingress[0]"],
        [
            "is indeterminate for unknown ports",
            { toPort: unknown },
            { self: true },
            "indeterminate nodes ingress[0]",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(judged(entry, peer), [expected]);
        });
    }

    it("asks nothing of groups that no key server carries", () => {
        const group = groupWith([inline({ self: true }, { fromPort: 443, toPort: 443 })]);
        const other = groupWith([inline({ self: true })], "other");
        assert.deepEqual(verdicts(rule, [group, other, serverBehind(other)]), ["pass other"]);
    });

    it("finds the group behind templates, interfaces and attachments", () => {
        const group = (name: string) =>
            groupWith([inline({ self: true }, { fromPort: 1, toPort: 1 })], name);
        const [a, b, c, d] = [group("a"), group("b"), group("c"), group("d")];
        const template = resource(token.template, "template", {
            networkInterfaces: [{ securityGroups: [from(a)] }],
        });
        const card = resource(token.networkInterface, "card", { securityGroups: [from(b)] });
        const second = resource(token.networkInterface, "second", { securityGroups: [from(d)] });
        const server = resource(token.instance, "vault", {
            primaryNetworkInterface: { networkInterfaceId: from(card) },
        });
        const stack = [
            a,
            b,
            c,
            d,
            template,
            card,
            second,
            server,
            resource(token.scalingGroup, "nodes", { launchTemplate: { id: from(template) } }),
            resource(
                "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
                "more",
                { networkInterfaceId: from(card), securityGroupId: from(c) },
            ),
            resource("aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment", "eth1", {
                instanceId: from(server),
                networkInterfaceId: from(second),
                deviceIndex: 1,
            }),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail a ingress[0]",
            "fail b ingress[0]",
            "fail c ingress[0]",
            "fail d ingress[0]",
        ]);
    });

    it("judges listeners and groups of a load balancer in front of a key server", () => {
        const inFront = groupWith([inline({ cidrBlocks: ["10.9.0.0/16"] })], "in-front");
        const balancer = resource("aws:lb/loadBalancer:LoadBalancer", "balancer", {
            securityGroups: [from(inFront)],
        });
        const other = resource("aws:lb/loadBalancer:LoadBalancer", "other", {});
        const servers = groupWith([inline({ securityGroups: [from(inFront)] })], "servers");
        const vault = serverBehind(servers);
        const targets = resource("aws:lb/targetGroup:TargetGroup", "targets", { port: 8200 });
        const listener = (name: string, port: unknown, of = balancer) =>
            resource("aws:lb/listener:Listener", name, {
                loadBalancerArn: from(of),
                port,
                defaultActions: [{ type: "forward", targetGroupArn: from(targets) }],
            });
        const stack = [
            inFront,
            balancer,
            other,
            servers,
            vault,
            targets,
            resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", "attachment", {
                targetGroupArn: from(targets),
                targetId: from(vault),
            }),
            listener("a", 8200),
            listener("b", 443),
            listener("c", unknown),
            resource("aws:lb/listener:Listener", "d", { loadBalancerArn: from(other), port: 80 }),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail b port",
            "fail in-front ingress[0].cidrBlocks[0]",
            "indeterminate c port",
            "not-applicable d",
            "pass a",
            "pass servers",
        ]);
    });

    it("judges the rules of listeners and the attachments that lead to a key server", () => {
        const inFront = (name: string) =>
            groupWith([inline({ cidrBlocks: ["10.9.0.0/16"] })], `${name}-front`);
        const servers = groupWith([inline({ self: true })], "servers");
        const launcher = resource(token.scalingGroup, "nodes", {
            launchTemplate: { id: from(serverTemplate(servers)) },
        });
        const [byRule, byName] = [inFront("rule"), inFront("name")];
        const balancer = resource("aws:lb/loadBalancer:LoadBalancer", "balancer", {
            securityGroups: [from(byRule)],
        });
        const targets = resource("aws:lb/targetGroup:TargetGroup", "targets");
        const listener = resource("aws:lb/listener:Listener", "listener", {
            loadBalancerArn: from(balancer),
            port: 443,
            defaultActions: [{ type: "fixed-response" }],
        });
        const forwarding = resource("aws:lb/listenerRule:ListenerRule", "forwarding", {
            listenerArn: from(listener),
            actions: [{ type: "forward", targetGroupArn: from(targets) }],
        });
        const older = resource("aws:elb/loadBalancer:LoadBalancer", "older", {
            securityGroups: [from(byName)],
            listeners: [
                { lbPort: 8200, instancePort: 8200 },
                { lbPort: 80, instancePort: 8200 },
            ],
        });
        const attached = (name: string, front: Record<string, unknown>) =>
            resource("aws:autoscaling/attachment:Attachment", name, {
                autoscalingGroupName: from(launcher),
                ...front,
            });
        const stack = [
            ...[byRule, byName, servers, serverTemplate(servers), launcher, balancer, targets],
            ...[listener, forwarding, older],
            attached("new", { lbTargetGroupArn: from(targets) }),
            attached("old", { elb: from(older) }),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail listener port",
            "fail name-front ingress[0].cidrBlocks[0]",
            "fail older listeners[1].lbPort",
            "fail rule-front ingress[0].cidrBlocks[0]",
            "pass servers",
        ]);
    });

    it("is indeterminate for a rule whose group is not known, where it would open too much", () => {
        const group = groupWith(undefined);
        const stray = (fromPort: number) =>
            resource(token.ingressRule, "stray", {
                ...{ securityGroupId: unknown, ipProtocol: "tcp", fromPort, toPort: fromPort },
                referencedSecurityGroupId: from(group),
            });
        const vault = serverBehind(group);
        assert.deepEqual(verdicts(rule, [group, vault, stray(443)]), [
            "indeterminate stray",
            "pass nodes",
        ]);
        assert.deepEqual(verdicts(rule, [group, vault, stray(8200)]), ["pass nodes", "pass stray"]);
        assert.deepEqual(messages(rule, [group, vault, stray(443)]), [
            'tcp/443 is no approved service port (5696, 8200, 8201, 8442, 8443, 9311, 9998) (rule "stray"): securityGroupId is not known before deployment, so it may be a key server\'s group',
        ]);
    });

    it("tells the chain from the server to the source", () => {
        const group = groupWith(undefined);
        const stack = [
            group,
            serverBehind(group),
            resource(token.ingressRule, "api", {
                securityGroupId: from(group),
                ipProtocol: "tcp",
                fromPort: 8200,
                toPort: 8200,
                cidrIpv4: "10.0.0.0/8",
            }),
        ];
        assert.deepEqual(messages(rule, stack), [
            'cidrIpv4 is 10.0.0.0/8: 10.0.0.0/8 is no approved source, name the clients\' security group (instance "vault" ← security group "nodes" ← rule "api")',
        ]);
    });
});

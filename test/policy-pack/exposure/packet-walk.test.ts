import assert from "node:assert/strict";
import * as fc from "fast-check";
import { AddressSet } from "../../../aws/address-set";
import type { NetworkPath } from "../../../catalog/records/judged-stack";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { from, resource } from "../../support/graph";
import { token } from "../../support/network";
import { exposure } from "../../support/exposure";

/** A packet between a server and an address, or to what the endpoint of Amazon S3 leads to. */
interface Packet {
    readonly direction: "ingress" | "egress";
    /** An address, or the name of a resource. */
    readonly address: string;
    readonly protocol: "tcp" | "udp";
    readonly port: number;
}

interface Rule {
    readonly cidr: string;
    readonly protocol: "-1" | "tcp" | "udp";
    readonly from: number;
    readonly to: number;
    /** How a security group states it: in itself or by a resource of its own, with the block or a prefix list that holds it. */
    readonly isSeparate: boolean;
    readonly isListed: boolean;
}

interface Route {
    readonly cidr: string;
    readonly via: Via;
    /** Whether the route is a resource of its own. */
    readonly isSeparate: boolean;
}

/** A network load balancer in a subnet of its own that forwards to the server. */
interface Balancer {
    readonly isInternal: boolean;
    /** Undefined for one without security groups, which takes connections from everywhere. */
    readonly ingress: readonly Rule[] | undefined;
    readonly listeners: readonly {
        readonly port: number;
        readonly protocol: "TCP" | "UDP" | "TCP_UDP" | "TLS";
    }[];
    readonly routes: readonly Route[];
}

/** A small stack, as plain data: the walk below reads nothing else. */
interface Sketch {
    readonly ingress: readonly Rule[];
    readonly egress: readonly Rule[];
    readonly balancer: Balancer | undefined;
    /** Rules that let the server out to the gateway endpoint of Amazon S3; undefined without an endpoint. */
    readonly toEndpoint: readonly Rule[] | undefined;
    /** Rules that let the server out to another server of the stack, which carries a group. */
    readonly toPeerGroup: readonly Rule[];
    readonly acl: readonly (Rule & {
        readonly allows: boolean;
        readonly direction: "ingress" | "egress";
    })[];
    readonly hasAcl: boolean;
    readonly routes: readonly Route[];
    readonly isPublic: boolean;
}

type Via = "gatewayId" | "natGatewayId" | "vpcPeeringConnectionId";

const vpcBlock = "10.1.0.0/16";
const addresses = ["10.1.0.5", "10.1.200.1", "10.2.0.9", "10.9.9.9", "8.8.8.8", "52.1.1.1"];
const cidrs = [
    "0.0.0.0/0",
    "0.0.0.0/1",
    "128.0.0.0/1",
    "10.0.0.0/8",
    "10.1.0.0/17",
    "10.1.128.0/17",
    "10.2.0.0/16",
    "8.8.8.0/24",
    "52.0.0.0/8",
];
const ports = [22, 443, 8200, 8201, 65_535];
const endpointName = "s3";
const peerGroupName = "clients";
const identifiers: Readonly<Record<Via, string>> = {
    gatewayId: "igw-1",
    natGatewayId: "nat-1",
    vpcPeeringConnectionId: "pcx-1",
};

const rule: fc.Arbitrary<Rule> = fc
    .record({
        cidr: fc.constantFrom(...cidrs),
        protocol: fc.constantFrom("-1" as const, "tcp" as const, "udp" as const),
        range: fc.tuple(fc.constantFrom(...ports), fc.constantFrom(...ports)),
        isSeparate: fc.boolean(),
        isListed: fc.boolean(),
    })
    .map(({ range: [a, b], ...given }) => ({
        ...given,
        from: Math.min(a, b),
        to: Math.max(a, b),
    }));

const routes: fc.Arbitrary<readonly Route[]> = fc.uniqueArray(
    fc.record({
        cidr: fc.constantFrom("0.0.0.0/0", "10.2.0.0/16", "8.8.8.0/24"),
        via: fc.constantFrom(...(Object.keys(identifiers) as Via[])),
        isSeparate: fc.boolean(),
    }),
    { selector: ({ cidr }) => cidr, maxLength: 3 },
);

const balancer: fc.Arbitrary<Balancer> = fc.record({
    isInternal: fc.boolean(),
    ingress: fc.option(fc.array(rule, { maxLength: 2 }), { nil: undefined }),
    listeners: fc.uniqueArray(
        fc.record({
            port: fc.constantFrom(...ports),
            protocol: fc.constantFrom(
                "TCP" as const,
                "UDP" as const,
                "TCP_UDP" as const,
                "TLS" as const,
            ),
        }),
        { selector: ({ port }) => port, minLength: 1, maxLength: 2 },
    ),
    routes,
});

const sketch: fc.Arbitrary<Sketch> = fc.record({
    balancer: fc.option(balancer, { nil: undefined }),
    toEndpoint: fc.option(fc.array(rule, { maxLength: 2 }), { nil: undefined }),
    toPeerGroup: fc.array(rule, { maxLength: 1 }),
    ingress: fc.array(rule, { maxLength: 3 }),
    egress: fc.array(rule, { maxLength: 3 }),
    acl: fc.array(
        fc
            .tuple(rule, fc.boolean(), fc.constantFrom("ingress" as const, "egress" as const))
            .map(([given, allows, direction]) => ({ ...given, allows, direction })),
        { maxLength: 5 },
    ),
    hasAcl: fc.boolean(),
    routes,
    isPublic: fc.boolean(),
});

/** Whether a packet goes through: every hop asked in turn, address by address. */
function walks(stack: Sketch, packet: Packet): boolean {
    if (packet.address === endpointName || packet.address === peerGroupName) {
        const rules = packet.address === endpointName ? stack.toEndpoint : stack.toPeerGroup;
        return (
            packet.direction === "egress" && rules?.some((each) => carries(each, packet)) === true
        );
    }
    return walksDirectly(stack, packet) || walksThroughBalancer(stack, packet);
}

function walksDirectly(stack: Sketch, packet: Packet): boolean {
    const admitted = stack[packet.direction].some((each) => fits(each, packet));
    const verdict = stack.acl
        .filter(({ direction }) => direction === packet.direction)
        .find((each) => fits(each, packet));
    const passes = !stack.hasAcl || verdict?.allows === true;
    return admitted && passes && isRouted(stack.routes, stack.isPublic, packet);
}

/** To the load balancer's own address, through its group and listener; what it forwards the server takes in any case. */
function walksThroughBalancer({ balancer: front }: Sketch, packet: Packet): boolean {
    return (
        front !== undefined &&
        packet.direction === "ingress" &&
        (front.ingress === undefined || front.ingress.some((each) => fits(each, packet))) &&
        front.listeners.some((listener) => listens(listener, packet)) &&
        isRouted(front.routes, !front.isInternal, packet)
    );
}

function listens({ port, protocol }: Balancer["listeners"][number], packet: Packet): boolean {
    const taken = { TCP: ["tcp"], TLS: ["tcp"], UDP: ["udp"], TCP_UDP: ["tcp", "udp"] }[protocol];
    return port === packet.port && taken.includes(packet.protocol);
}

function fits(each: Rule, packet: Packet): boolean {
    return carries(each, packet) && holds(each.cidr, packet.address);
}

function carries(each: Rule, { protocol, port }: Packet): boolean {
    const isPort = each.protocol === "-1" || (port >= each.from && port <= each.to);
    return isPort && (each.protocol === "-1" || each.protocol === protocol);
}

function isRouted(
    written: readonly Route[],
    isPublic: boolean,
    { direction, address }: Packet,
): boolean {
    if (holds(vpcBlock, address)) {
        return true;
    }
    const length = (cidr: string): number => Number(cidr.split("/")[1]);
    const [route] = written
        .filter(({ cidr }) => holds(cidr, address))
        .sort((a, b) => length(b.cidr) - length(a.cidr));
    const isPrivate = holds("10.0.0.0/8", address);
    switch (route?.via) {
        case undefined:
            return false;
        case "vpcPeeringConnectionId":
            return true;
        case "gatewayId":
            return isPublic && !isPrivate;
        case "natGatewayId":
            return direction === "egress" && !isPrivate;
    }
}

const answers = new Map<string, boolean>();

function holds(cidr: string, address: string): boolean {
    const question = `${cidr} ${address}`;
    const answer =
        answers.get(question) ?? AddressSet.of(cidr).contains(AddressSet.of(`${address}/32`));
    answers.set(question, answer);
    return answer;
}

function resourcesOf(stack: Sketch): readonly RegisteredResource[] {
    const vpc = resource(token.vpc, "net", { cidrBlock: vpcBlock });
    const subnet = resource(token.subnet, "a", { vpcId: from(vpc) });
    const lists = cidrs.map((cidr, index) =>
        resource(token.prefixList, `list-${index}`, {
            id: `pl-${index}`,
            addressFamily: "IPv4",
            maxEntries: 1,
            entries: [{ cidr }],
        }),
    );
    const s3 = resource(token.endpoint, endpointName, {
        vpcId: from(vpc),
        vpcEndpointType: "Gateway",
        serviceName: "com.amazonaws.eu-central-1.s3",
        prefixListId: "pl-s3",
    });
    const clients = resource(token.securityGroup, peerGroupName, { id: "sg-2" });
    const traffic = (each: Rule): Record<string, unknown> => ({
        protocol: each.protocol,
        fromPort: each.protocol === "-1" ? 0 : each.from,
        toPort: each.protocol === "-1" ? 0 : each.to,
    });
    const written = (each: Rule): Record<string, unknown> => ({
        ...traffic(each),
        ...(each.isListed
            ? { prefixListIds: [`pl-${cidrs.indexOf(each.cidr)}`] }
            : { cidrBlocks: [each.cidr] }),
    });
    const inline = (rules: readonly Rule[]): unknown =>
        rules.filter(({ isSeparate }) => !isSeparate).map(written);
    const group = resource(token.securityGroup, "nodes", {
        id: "sg-1",
        ingress: inline(stack.ingress),
        egress: inline(stack.egress),
    });
    const towards = [
        ...(stack.toEndpoint ?? []).map((each) => ({ each, prefixListIds: [from(s3)] })),
        ...stack.toPeerGroup.map((each) => ({ each, sourceSecurityGroupId: "sg-2" })),
    ].map(({ each, ...peer }, index) =>
        resource(token.olderRule, `towards-${index}`, {
            type: "egress",
            securityGroupId: "sg-1",
            ...traffic(each),
            ...peer,
        }),
    );
    const separate = (["ingress", "egress"] as const).flatMap((type) =>
        stack[type]
            .filter(({ isSeparate }) => isSeparate)
            .map((each, index) =>
                resource(token.olderRule, `${type}-${index}`, {
                    type,
                    securityGroupId: "sg-1",
                    ...written(each),
                }),
            ),
    );
    const server = resource(token.instance, "vault", {
        vpcSecurityGroupIds: ["sg-1"],
        subnetId: from(subnet),
        associatePublicIpAddress: stack.isPublic,
    });
    const aclRules = (direction: string): unknown =>
        stack.acl
            .map((each, index) => ({ ...each, number: index + 1 }))
            .filter((each) => each.direction === direction)
            .map((each) => ({
                ruleNo: each.number,
                action: each.allows ? "allow" : "deny",
                protocol: each.protocol,
                cidrBlock: each.cidr,
                fromPort: each.from,
                toPort: each.to,
            }));
    const acl = resource("aws:ec2/networkAcl:NetworkAcl", "acl", {
        subnetIds: [from(subnet)],
        ingress: aclRules("ingress"),
        egress: aclRules("egress"),
    });
    return [
        ...[vpc, subnet, group, server, clients],
        ...lists,
        ...separate,
        ...towards,
        ...routing("r", subnet, vpc, stack.routes),
        ...(stack.toEndpoint === undefined ? [] : [s3]),
        ...(stack.hasAcl ? [acl] : []),
        ...(stack.balancer === undefined ? [] : balancing(stack.balancer, vpc, server, written)),
    ];
}

/** A route table of a subnet. */
function routing(
    name: string,
    subnet: RegisteredResource,
    vpc: RegisteredResource,
    written: readonly Route[],
): readonly RegisteredResource[] {
    const table = resource(token.routeTable, name, {
        vpcId: from(vpc),
        routes: written
            .filter(({ isSeparate }) => !isSeparate)
            .map(({ cidr, via }) => ({ cidrBlock: cidr, [via]: identifiers[via] })),
    });
    const separate = written
        .filter(({ isSeparate }) => isSeparate)
        .map(({ cidr, via }, index) =>
            resource(token.route, `${name}-route-${index}`, {
                routeTableId: from(table),
                destinationCidrBlock: cidr,
                [via]: identifiers[via],
            }),
        );
    const association = resource(token.association, `${name}-a`, {
        subnetId: from(subnet),
        routeTableId: from(table),
    });
    return [table, association, ...separate];
}

/** A load balancer with its subnet, group and target group, and the rule by which the server takes what it forwards. */
function balancing(
    { isInternal, ingress, listeners, routes: own }: Balancer,
    vpc: RegisteredResource,
    server: RegisteredResource,
    written: (each: Rule) => unknown,
): readonly RegisteredResource[] {
    const subnet = resource(token.subnet, "front", { vpcId: from(vpc) });
    const group = resource(token.securityGroup, "front", {
        id: "sg-3",
        ingress: (ingress ?? []).map(written),
    });
    const made = resource("aws:lb/loadBalancer:LoadBalancer", "front", {
        loadBalancerType: "network",
        internal: isInternal,
        subnets: [from(subnet)],
        ...(ingress === undefined ? {} : { securityGroups: ["sg-3"] }),
    });
    const targets = resource("aws:lb/targetGroup:TargetGroup", "front", {
        port: 8200,
        protocol: "TCP",
        vpcId: from(vpc),
    });
    const attachment = resource("aws:lb/targetGroupAttachment:TargetGroupAttachment", "front", {
        targetGroupArn: from(targets),
        targetId: from(server),
    });
    const forwarding = listeners.map(({ port, protocol }) =>
        resource("aws:lb/listener:Listener", `front-${port}`, {
            loadBalancerArn: from(made),
            port,
            protocol,
            defaultActions: [{ type: "forward", targetGroupArn: from(targets) }],
        }),
    );
    const taken = resource(token.olderRule, "from-front", {
        ...{ type: "ingress", securityGroupId: "sg-1", protocol: "tcp" },
        ...{ fromPort: 8200, toPort: 8200, sourceSecurityGroupId: "sg-3" },
    });
    const routed = routing("front", subnet, vpc, own);
    return [subnet, group, made, targets, attachment, taken, ...forwarding, ...routed];
}

function isListed(paths: readonly NetworkPath[], packet: Packet): boolean {
    return paths.some(
        (path) =>
            path.direction === (packet.direction === "ingress" ? "in" : "out") &&
            (path.protocol === "all"
                ? !excepted(path).includes(packet.protocol)
                : path.protocol === packet.protocol) &&
            packet.port >= path.fromPort &&
            packet.port <= path.toPort &&
            reaches(path, packet.address),
    );
}

/** The peer of a path is a block, or a resource by its URN. */
function reaches({ peer }: NetworkPath, address: string): boolean {
    return peer.startsWith("urn:")
        ? peer.endsWith(`::${address}`)
        : /^[\d.]+$/.test(address) && holds(peer, address);
}

function excepted({ chain }: NetworkPath): readonly string[] {
    const numbers = chain.find((link) => link.startsWith("but protocols "))?.slice(14) ?? "";
    return numbers.split(", ").flatMap((number) => ({ "6": "tcp", "17": "udp" })[number] ?? []);
}

const packets: readonly Packet[] = (["ingress", "egress"] as const).flatMap((direction) =>
    [...addresses, endpointName, peerGroupName].flatMap((address) =>
        (["tcp", "udp"] as const).flatMap((protocol) =>
            [...ports, 80, 8199].map((port) => ({ direction, address, protocol, port })),
        ),
    ),
);

describe("network paths against a packet walk", () => {
    it("lists exactly the packets that get through", () => {
        let compared = 0;
        fc.assert(
            fc.property(sketch, (stack) => {
                const { paths } = exposure(...resourcesOf(stack));
                assert.ok(paths.every(({ verdict }) => verdict === "open"));
                for (const packet of packets) {
                    const expected = walks(stack, packet);
                    const found = isListed(paths, packet);
                    // A public block is shown as written, private addresses in it that no route carries included.
                    const isAside = found && !expected && isCarriedNowhere(stack, packet);
                    if (found !== expected && !isAside) {
                        assert.fail(JSON.stringify({ packet, expected, paths }));
                    }
                    compared += 1;
                }
            }),
            { numRuns: 400 },
        );
        assert.equal(compared, 400 * packets.length);
    });
});

/** Whether only a public block, reached through a gateway, can show a private address that no route carries. */
function isCarriedNowhere(stack: Sketch, packet: Packet): boolean {
    const { address, direction } = packet;
    const isPrivate = /^10\./.test(address);
    const front = direction === "ingress" ? stack.balancer : undefined;
    return (
        isPrivate &&
        (!isRouted(stack.routes, stack.isPublic, packet) ||
            (front !== undefined && !isRouted(front.routes, !front.isInternal, packet)))
    );
}

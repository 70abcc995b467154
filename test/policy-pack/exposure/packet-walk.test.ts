import assert from "node:assert/strict";
import * as fc from "fast-check";
import { AddressSet } from "../../../aws/address-set";
import type { NetworkPath } from "../../../catalog/records/judged-stack";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { from, resource } from "../../support/graph";
import { token } from "../../support/network";
import { exposure } from "../../support/exposure";

/** A packet between a server and an address. */
interface Packet {
    readonly direction: "ingress" | "egress";
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

/** A small stack, as plain data: the walk below reads nothing else. */
interface Sketch {
    readonly ingress: readonly Rule[];
    readonly egress: readonly Rule[];
    readonly acl: readonly (Rule & {
        readonly allows: boolean;
        readonly direction: "ingress" | "egress";
    })[];
    readonly hasAcl: boolean;
    readonly routes: readonly {
        readonly cidr: string;
        readonly via: Via;
        /** Whether the route is a resource of its own. */
        readonly isSeparate: boolean;
    }[];
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

const sketch: fc.Arbitrary<Sketch> = fc.record({
    ingress: fc.array(rule, { maxLength: 3 }),
    egress: fc.array(rule, { maxLength: 3 }),
    acl: fc.array(
        fc
            .tuple(rule, fc.boolean(), fc.constantFrom("ingress" as const, "egress" as const))
            .map(([given, allows, direction]) => ({ ...given, allows, direction })),
        { maxLength: 5 },
    ),
    hasAcl: fc.boolean(),
    routes: fc.uniqueArray(
        fc.record({
            cidr: fc.constantFrom("0.0.0.0/0", "10.2.0.0/16", "8.8.8.0/24"),
            via: fc.constantFrom(...(Object.keys(identifiers) as Via[])),
            isSeparate: fc.boolean(),
        }),
        { selector: ({ cidr }) => cidr, maxLength: 3 },
    ),
    isPublic: fc.boolean(),
});

/** Whether a packet goes through: every hop asked in turn, address by address. */
function walks(stack: Sketch, packet: Packet): boolean {
    const admitted = stack[packet.direction].some((each) => fits(each, packet));
    const verdict = stack.acl
        .filter(({ direction }) => direction === packet.direction)
        .find((each) => fits(each, packet));
    const passes = !stack.hasAcl || verdict?.allows === true;
    return admitted && passes && isRouted(stack, packet);
}

function fits(each: Rule, { address, protocol, port }: Packet): boolean {
    const isPort = each.protocol === "-1" || (port >= each.from && port <= each.to);
    const isProtocol = each.protocol === "-1" || each.protocol === protocol;
    return isPort && isProtocol && holds(each.cidr, address);
}

function isRouted(stack: Sketch, { direction, address }: Packet): boolean {
    if (holds(vpcBlock, address)) {
        return true;
    }
    const length = (cidr: string): number => Number(cidr.split("/")[1]);
    const [route] = stack.routes
        .filter(({ cidr }) => holds(cidr, address))
        .sort((a, b) => length(b.cidr) - length(a.cidr));
    const isPrivate = holds("10.0.0.0/8", address);
    switch (route?.via) {
        case undefined:
            return false;
        case "vpcPeeringConnectionId":
            return true;
        case "gatewayId":
            return stack.isPublic && !isPrivate;
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
    const written = (each: Rule): Record<string, unknown> => ({
        protocol: each.protocol,
        fromPort: each.protocol === "-1" ? 0 : each.from,
        toPort: each.protocol === "-1" ? 0 : each.to,
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
    const table = resource(token.routeTable, "r", {
        vpcId: from(vpc),
        routes: stack.routes
            .filter(({ isSeparate }) => !isSeparate)
            .map(({ cidr, via }) => ({ cidrBlock: cidr, [via]: identifiers[via] })),
    });
    const routes = stack.routes
        .filter(({ isSeparate }) => isSeparate)
        .map(({ cidr, via }, index) =>
            resource(token.route, `route-${index}`, {
                routeTableId: from(table),
                destinationCidrBlock: cidr,
                [via]: identifiers[via],
            }),
        );
    const association = resource(token.association, "r-a", {
        subnetId: from(subnet),
        routeTableId: from(table),
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
    const always = [vpc, subnet, group, server, table, association].concat(lists, separate, routes);
    return stack.hasAcl ? [...always, acl] : always;
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
            holds(path.peer, packet.address),
    );
}

function excepted({ chain }: NetworkPath): readonly string[] {
    const numbers = chain.find((link) => link.startsWith("but protocols "))?.slice(14) ?? "";
    return numbers.split(", ").flatMap((number) => ({ "6": "tcp", "17": "udp" })[number] ?? []);
}

const packets: readonly Packet[] = (["ingress", "egress"] as const).flatMap((direction) =>
    addresses.flatMap((address) =>
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
    return holds("10.0.0.0/8", packet.address) && !isRouted(stack, packet);
}

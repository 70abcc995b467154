import * as fc from "fast-check";

/** A packet between a server and an address, or to what the endpoint of Amazon S3 leads to. */
export interface Packet {
    readonly direction: "ingress" | "egress";
    /** An address, or the name of a resource. */
    readonly address: string;
    readonly protocol: "tcp" | "udp";
    readonly port: number;
}

export interface Rule {
    readonly cidr: string;
    readonly protocol: "-1" | "tcp" | "udp";
    readonly from: number;
    readonly to: number;
    /** How a security group states it: in itself or by a resource of its own, with the block or a prefix list that holds it. */
    readonly isSeparate: boolean;
    readonly isListed: boolean;
}

export interface Route {
    readonly cidr: string;
    readonly via: Via;
    /** Whether the route is a resource of its own. */
    readonly isSeparate: boolean;
}

/** A network load balancer in a subnet of its own that forwards to the server. */
export interface Balancer {
    readonly isInternal: boolean;
    /** Undefined for one without security groups, which takes connections from everywhere. */
    readonly ingress: readonly Rule[] | undefined;
    readonly listeners: readonly {
        readonly port: number;
        readonly protocol: "TCP" | "UDP" | "TCP_UDP" | "TLS";
    }[];
    readonly routes: readonly Route[];
}

/** A small stack, as plain data. */
export interface Sketch {
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

export const vpcBlock = "10.1.0.0/16";
const addresses = ["10.1.0.5", "10.1.200.1", "10.2.0.9", "10.9.9.9", "8.8.8.8", "52.1.1.1"];
export const cidrs = [
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
export const endpointName = "s3";
export const peerGroupName = "clients";
export const identifiers: Readonly<Record<Via, string>> = {
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

/** Small stacks with every part that a path can go through. */
export const sketch: fc.Arbitrary<Sketch> = fc.record({
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

/** Every packet that is asked of every stack. */
export const packets: readonly Packet[] = (["ingress", "egress"] as const).flatMap((direction) =>
    [...addresses, endpointName, peerGroupName].flatMap((address) =>
        (["tcp", "udp"] as const).flatMap((protocol) =>
            [...ports, 80, 8199].map((port) => ({ direction, address, protocol, port })),
        ),
    ),
);

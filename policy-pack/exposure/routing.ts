import { AddressSet } from "../../aws/address-set";
import { TypeToken, vpcTypes } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { label } from "../reading/labels";
import { prefixListPeers } from "../reading/peers";
import { routesOf, type WrittenRoute } from "../reading/routes";
import { readAny, readBoolean, readText } from "../reading/values";
import { gatewayOf, type Gateway } from "./gateways";

/** Where a subnet sends packets, the route that wins first. */
export interface Routing {
    readonly routes: readonly RouteTarget[];
    /** Why further routes may exist; undefined when all are known. */
    readonly doubt: string | undefined;
}

export interface RouteTarget {
    readonly addresses: AddressSet;
    readonly gateway: Gateway;
    /** `route table "private"`; undefined inside the network. */
    readonly link: string | undefined;
}

interface Destination {
    readonly addresses: AddressSet;
    /** Bits of the prefix: of two routes the longer one wins. */
    readonly length: number;
}

const local: Gateway = { kind: "inside", name: "" };
const everywhere = AddressSet.of("0.0.0.0/0", "::/0");
/** The default VPC of every region. Source: VPC user guide, "Default VPC components". */
const defaultVpcBlock = "172.31.0.0/16";

/** The routing of a subnet: its own VPC first, then its routes by the length of their prefixes. */
export function routingOf(graph: GraphIndex, subnet: RegisteredResource): Routing {
    const inside = localBlocks(graph, subnet);
    const found = routesOf(graph, subnet);
    const written = found
        .filter((route): route is WrittenRoute => route.kind === "route")
        .map((route) => readRoute(graph, route));
    const routes = written
        .flatMap(({ targets }) => targets)
        .sort((a, b) => b.length - a.length)
        .map(({ target }) => target);
    const implied = found
        .filter(({ kind }) => kind === "internet")
        .map((): RouteTarget => ({
            addresses: everywhere,
            gateway: { kind: "internet", name: "the default VPC's internet gateway" },
            link: undefined,
        }));
    const unlisted = found.flatMap((route) => (route.kind === "open" ? [route.message] : []));
    const doubts = [...unlisted, ...written.flatMap(({ doubt }) => doubt ?? []), ...inside.doubts];
    return {
        routes: [
            { addresses: inside.addresses, gateway: local, link: undefined },
            ...routes,
            ...implied,
        ],
        doubt: doubts.length === 0 ? undefined : doubts.join("; "),
    };
}

/** The routing of a server that names no subnet: it starts in a default one. */
export const defaultRouting: Routing = {
    routes: [
        { addresses: AddressSet.of(defaultVpcBlock), gateway: local, link: undefined },
        {
            addresses: everywhere,
            gateway: { kind: "internet", name: "the default VPC's internet gateway" },
            link: undefined,
        },
    ],
    doubt: undefined,
};

function localBlocks(
    graph: GraphIndex,
    subnet: RegisteredResource,
): { readonly addresses: AddressSet; readonly doubts: readonly string[] } {
    const vpcs = graph.reference(subnet, ["vpcId"], vpcTypes).resources;
    if (subnet.type === TypeToken.DefaultSubnet) {
        return { addresses: AddressSet.of(defaultVpcBlock), doubts: [] };
    }
    if (vpcs.length === 0) {
        const doubts = [`the VPC of ${label(subnet)} is not in this stack`];
        return { addresses: AddressSet.empty, doubts };
    }
    const more = graph
        .ofType(TypeToken.VpcIpv4CidrBlockAssociation)
        .filter((block) =>
            graph.reference(block, ["vpcId"], vpcTypes).resources.some((vpc) => vpcs.includes(vpc)),
        );
    const blocks = [
        ...vpcs.flatMap((vpc) =>
            ["cidrBlock", "ipv6CidrBlock"].map((field) => ({ resource: vpc, field })),
        ),
        ...more.map((resource) => ({ resource, field: "cidrBlock" })),
    ].map(({ resource, field }) => {
        const block = readText(resource.properties, [field]);
        const isDefault = resource.type === TypeToken.DefaultVpc && field === "cidrBlock";
        const text = block.kind === "known" ? block.value : isDefault ? defaultVpcBlock : undefined;
        const addresses = text === undefined ? undefined : AddressSet.parse(text);
        const isOpen =
            addresses === undefined &&
            (block.kind !== "absent" || (field === "cidrBlock" && !isDefault));
        return {
            addresses: addresses ?? AddressSet.empty,
            doubts: isOpen ? [`${field} of ${label(resource)} is not known`] : [],
        };
    });
    const assigned = vpcs
        .filter((vpc) => readText(vpc.properties, ["ipv6CidrBlock"]).kind === "absent")
        .filter((vpc) => {
            const isOn = readBoolean(vpc.properties, ["assignGeneratedIpv6CidrBlock"]);
            return isOn.kind === "open" || (isOn.kind === "known" && isOn.value);
        })
        .map((vpc) => `the IPv6 block of ${label(vpc)} is not known`);
    return {
        addresses: AddressSet.union(blocks.map(({ addresses }) => addresses)),
        doubts: [...blocks.flatMap(({ doubts }) => doubts), ...assigned],
    };
}

function readRoute(
    graph: GraphIndex,
    { resource, path, table }: WrittenRoute,
): {
    readonly targets: readonly { readonly length: number; readonly target: RouteTarget }[];
    readonly doubt: string | undefined;
} {
    const link = label(table);
    const destinations = destinationsOf(graph, resource, path);
    if (destinations === undefined) {
        return { targets: [], doubt: `the destination of a route in ${link} is not known` };
    }
    const gateway = gatewayOf(graph, resource, path);
    const targets = destinations.map(({ addresses, length }) => ({
        length,
        target: { addresses, gateway, link },
    }));
    return { targets, doubt: undefined };
}

/** Undefined where a destination is not known. */
function destinationsOf(
    graph: GraphIndex,
    resource: RegisteredResource,
    path: PropertyPath,
): readonly Destination[] | undefined {
    const fields = [
        "cidrBlock",
        "ipv6CidrBlock",
        "destinationCidrBlock",
        "destinationIpv6CidrBlock",
    ];
    const blocks = fields
        .map((field) => readText(resource.properties, [...path, field]))
        .filter(({ kind }) => kind !== "absent")
        .map((block) => (block.kind === "known" ? destination(block.value) : undefined));
    const lists = ["destinationPrefixListId"]
        .map((field) => [...path, field])
        .filter((at) => readAny(resource.properties, at).kind !== "absent")
        .flatMap((at) => prefixListPeers(graph, resource, at))
        .map((peer) => (peer.kind === "addresses" ? destination(peer.text) : undefined));
    const all = [...blocks, ...lists];
    return all.length === 0 || all.includes(undefined)
        ? undefined
        : all.filter((found) => found !== undefined);
}

function destination(block: string): Destination | undefined {
    const addresses = AddressSet.parse(block);
    return addresses === undefined
        ? undefined
        : { addresses, length: Number(block.slice(block.indexOf("/") + 1)) };
}

import { TypeToken, launcherTypes, subnetTypes, vpcTypes } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { interfacesOf } from "../reading/interfaces";
import { oncePerGraph } from "../reading/memo";
import { publicAddressProblems } from "../reading/public-addresses";
import { groupsOf } from "../reading/server-groups";
import { subnetPlaces } from "../reading/subnet-places";
import type { PublicAddress } from "./reach";

/**
 * What decides which packets reach an interface: its security groups, subnets and addresses. A server with several interfaces is taken for
 * one interface that has all of their groups and subnets.
 */
export interface Carrier {
    readonly groups: readonly RegisteredResource[];
    /** VPCs whose default group it has. */
    readonly defaultsOf: readonly RegisteredResource[];
    /** Whether it has the default group of a VPC outside this stack. */
    readonly hasForeignDefault: boolean;
    readonly subnets: readonly RegisteredResource[];
    readonly publicAddress: PublicAddress;
    /** Groups, interfaces and subnets that cannot be read, each as a sentence. */
    readonly doubts: readonly string[];
    /** Subnets that cannot be read, each as a sentence: routes are not known then. */
    readonly placeDoubts: readonly string[];
}

/** Reads what decides about a server's packets. */
export function carrierOf(graph: GraphIndex, server: RegisteredResource): Carrier {
    const { uses, unread } = groupsOf(graph, server);
    const places = subnetPlaces(graph, interfacesOf(graph, server));
    const subnets = distinct(
        places.flatMap((place) => (place.kind === "subnet" ? [place.subnet] : [])),
    );
    const groups = distinct(uses.flatMap((use) => (use.kind === "group" ? [use.group] : [])));
    const named = uses.flatMap((use) => (use.kind === "default" ? [use.vpc] : []));
    const isTemplate =
        server.type === TypeToken.LaunchTemplate || server.type === TypeToken.LaunchConfiguration;
    const isBare = uses.length === 0 && unread.length === 0 && !isTemplate;
    const vpcs = subnets.flatMap(
        (subnet) => graph.reference(subnet, ["vpcId"], vpcTypes).resources,
    );
    return {
        groups,
        defaultsOf: distinct([...named, ...(isBare ? vpcs : [])]),
        hasForeignDefault: isBare && vpcs.length === 0,
        subnets,
        publicAddress: publicAddressOf(graph, server),
        doubts: [
            ...uses.flatMap((use) =>
                use.kind === "open" ? [`${formatPath(use.path)} ${use.why}`] : [],
            ),
            ...unread.map(({ path, why }) => `${formatPath(path)} ${why}`),
        ],
        placeDoubts: places.flatMap((place) =>
            place.kind === "subnet"
                ? []
                : [
                      place.kind === "foreign"
                          ? `the subnet ${place.id} is not in this stack`
                          : `${formatPath(place.path)} ${place.why}`,
                  ],
        ),
    };
}

/** Text that is the same for carriers that the same packets reach. */
export function carrierKey(carrier: Carrier): string {
    const urns = (resources: readonly RegisteredResource[]): readonly string[] =>
        resources.map(({ urn }) => urn).sort();
    return JSON.stringify([
        urns(carrier.groups),
        urns(carrier.defaultsOf),
        carrier.hasForeignDefault,
        urns(carrier.subnets),
        carrier.publicAddress,
        carrier.doubts,
        carrier.placeDoubts,
    ]);
}

function publicAddressOf(graph: GraphIndex, server: RegisteredResource): PublicAddress {
    if (elasticAddressHolders(graph).has(server)) {
        return "yes";
    }
    const problems = publicAddressProblems(graph, server);
    if (problems === undefined || problems.some(({ verdict }) => verdict === "indeterminate")) {
        return problems?.some(({ verdict }) => verdict === "fail") === true ? "yes" : "open";
    }
    return problems.length > 0 ? "yes" : "no";
}

/** Servers that an Elastic IP address is put on, by themselves or on one of their interfaces. */
const elasticAddressHolders = oncePerGraph((graph): ReadonlySet<RegisteredResource> => {
    const types = [TypeToken.Instance, TypeToken.SpotInstanceRequest, TypeToken.NetworkInterface];
    const held = new Set(
        [
            ...graph
                .ofType(TypeToken.Eip)
                .map((eip) => [eip, "instance", "networkInterface"] as const),
            ...graph
                .ofType(TypeToken.EipAssociation)
                .map((eip) => [eip, "instanceId", "networkInterfaceId"] as const),
        ].flatMap(([eip, ...fields]) =>
            fields.flatMap((field) => graph.reference(eip, [field], types).resources),
        ),
    );
    if (held.size === 0) {
        return held;
    }
    const servers = graph
        .ofType(TypeToken.Instance, TypeToken.SpotInstanceRequest, ...launcherTypes)
        .filter((server) =>
            interfacesOf(graph, server).interfaces.some(({ resource }) => held.has(resource)),
        );
    return new Set(servers);
});

/** The subnets that a list of properties names. */
export function subnetsAt(
    graph: GraphIndex,
    resource: RegisteredResource,
    paths: readonly (readonly (string | number)[])[],
): readonly RegisteredResource[] {
    return distinct(
        paths.flatMap((path) => graph.reference(resource, path, subnetTypes).resources),
    );
}

function distinct(resources: readonly RegisteredResource[]): readonly RegisteredResource[] {
    return [...new Set(resources)];
}

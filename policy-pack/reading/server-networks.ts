import { launcherTypes, subnetTypes, TypeToken, vpcTypes } from "../../aws/type-tokens";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { RuleContext } from "../rules/rule";
import { interfaceReads, interfacesOf } from "./interfaces";
import { subnetPlaces, type SubnetPlace } from "./subnet-places";

/** Where the key servers of a stack stand. */
export interface ServerNetworks {
    /** VPCs of this stack with the servers' subnets in them; in a stack without servers, every VPC in scope, without subnets. */
    readonly vpcs: ReadonlyMap<RegisteredResource, readonly RegisteredResource[]>;
    /** Subnets of this stack whose VPC is not in it. */
    readonly adopted: readonly RegisteredResource[];
    /** Servers in subnets outside this stack, by the subnet's id. */
    readonly foreign: readonly {
        readonly server: RegisteredResource;
        readonly path: PropertyPath;
        readonly id: string;
    }[];
    /** Where a subnet of a server is written that is not known. */
    readonly open: readonly Extract<SubnetPlace, { readonly kind: "open" }>[];
}

/** Type tokens that are read to find the servers' networks. */
export const serverNetworkReads: readonly string[] = [
    ...interfaceReads,
    ...subnetTypes,
    ...vpcTypes,
];

const placedTypes = [TypeToken.Instance, TypeToken.SpotInstanceRequest, ...launcherTypes];

/** The networks of the key servers in scope. */
export function serverNetworks({ graph, scope }: RuleContext): ServerNetworks {
    const servers = graph.ofType(...placedTypes).filter((resource) => scope.includes(resource));
    const vpcs = new Map<RegisteredResource, RegisteredResource[]>();
    const adopted: RegisteredResource[] = [];
    const foreign: ServerNetworks["foreign"][number][] = [];
    const open: ServerNetworks["open"][number][] = [];
    const seen = new Set<RegisteredResource>();
    for (const server of servers) {
        for (const place of subnetPlaces(graph, interfacesOf(graph, server))) {
            if (place.kind === "foreign") {
                foreign.push({ server, path: place.path, id: place.id });
            } else if (place.kind === "open") {
                open.push(place);
            } else if (place.kind === "subnet" && !seen.has(place.subnet)) {
                seen.add(place.subnet);
                const owners = graph.reference(place.subnet, ["vpcId"], vpcTypes).resources;
                owners.forEach((vpc) => vpcs.set(vpc, [...(vpcs.get(vpc) ?? []), place.subnet]));
                if (owners.length === 0) {
                    adopted.push(place.subnet);
                }
            }
        }
    }
    if (servers.length === 0) {
        graph
            .ofType(...vpcTypes)
            .filter((vpc) => scope.includes(vpc))
            .forEach((vpc) => vpcs.set(vpc, []));
    }
    return { vpcs, adopted, foreign, open };
}

import { launcherTypes, securityGroupTypes, serverTypes, vpcTypes } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { serversBehindBalancers } from "./balancer-targets";
import { elementPaths, interfacesOf, type UnreadInterface } from "./interfaces";
import { oncePerGraph } from "./memo";
import { show } from "./values";

/** One security group that a server's interface carries. */
export type GroupUse = { readonly resource: RegisteredResource; readonly path: PropertyPath } & (
    | { readonly kind: "group"; readonly group: RegisteredResource }
    /** The default group of this VPC. */
    | { readonly kind: "default"; readonly vpc: RegisteredResource }
    | { readonly kind: "open"; readonly why: string }
);

export interface ServerGroups {
    readonly uses: readonly GroupUse[];
    readonly unread: readonly UnreadInterface[];
}

/** The security groups of a server, over all of its interfaces. */
export function groupsOf(graph: GraphIndex, server: RegisteredResource): ServerGroups {
    const { interfaces, unread } = interfacesOf(graph, server);
    const uses = interfaces.flatMap(({ resource, groups }) =>
        groups
            .flatMap((path) => elementPaths(resource, path))
            .flatMap((path) => groupUse(graph, resource, path)),
    );
    return { uses, unread };
}

/** Security group → the servers of the graph that carry it, themselves or on a load balancer in front of them. */
export const carriersOf = oncePerGraph((graph) => {
    const carriers = new Map<RegisteredResource, RegisteredResource[]>();
    for (const [balancer, servers] of serversBehindBalancers(graph)) {
        const groups = elementPaths(balancer, ["securityGroups"]).flatMap(
            (path) => graph.reference(balancer, path, securityGroupTypes).resources,
        );
        groups.forEach((group) =>
            carriers.set(group, [...(carriers.get(group) ?? []), ...servers]),
        );
    }
    for (const server of graph.ofType(...serverTypes, ...launcherTypes)) {
        for (const use of groupsOf(graph, server).uses) {
            if (use.kind === "group") {
                const list = carriers.get(use.group) ?? [];
                carriers.set(use.group, list.includes(server) ? list : [...list, server]);
            }
        }
    }
    return carriers;
});

function groupUse(
    graph: GraphIndex,
    resource: RegisteredResource,
    path: PropertyPath,
): readonly GroupUse[] {
    const reference = graph.reference(resource, path, [...securityGroupTypes, ...vpcTypes]);
    switch (reference.kind) {
        case "absent":
            return [];
        case "resources": {
            const groups = reference.resources.filter(({ type }) =>
                securityGroupTypes.includes(type),
            );
            return groups.length > 0
                ? groups.map((group) => ({ kind: "group", group, resource, path }))
                : reference.resources.map((vpc) => ({ kind: "default", vpc, resource, path }));
        }
        case "foreign":
            return [
                {
                    kind: "open",
                    why: `is ${show(reference.value)}, which is not in this stack`,
                    resource,
                    path,
                },
            ];
        case "unknown":
            return [{ kind: "open", why: "is a security group that is not known", resource, path }];
    }
}

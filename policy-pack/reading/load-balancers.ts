import {
    balancerTypes,
    classicBalancerType,
    launcherTypes,
    listenerTypes,
    serverTypes,
    targetGroupAttachmentTypes,
    targetGroupTypes,
} from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { Observation, RuleContext } from "../rules/rule";
import { elementPaths } from "./interfaces";
import { oncePerGraph } from "./memo";
import { failed, settle, undecided } from "./observations";
import { readBoolean, readElements } from "./values";

/** Type tokens that are read to find what stands in front of servers. */
export const balancerReads: readonly string[] = [
    ...balancerTypes,
    ...listenerTypes,
    ...targetGroupTypes,
    ...targetGroupAttachmentTypes,
    classicBalancerType,
];

/** The load balancer of a listener. */
export function balancerOf(
    graph: GraphIndex,
    listener: RegisteredResource,
): readonly RegisteredResource[] {
    return graph.reference(listener, ["loadBalancerArn"], balancerTypes).resources;
}

/** Load balancer → the servers that it forwards to, as far as this stack says. */
export const serversBehindBalancers = oncePerGraph(
    (graph): ReadonlyMap<RegisteredResource, readonly RegisteredResource[]> => {
        const inGroup = serversInTargetGroups(graph);
        const behind = new Map<RegisteredResource, RegisteredResource[]>();
        for (const listener of graph.ofType(...listenerTypes)) {
            const servers = forwardPaths(listener)
                .flatMap((path) => graph.reference(listener, path, targetGroupTypes).resources)
                .flatMap((group) => inGroup.get(group) ?? []);
            for (const balancer of balancerOf(graph, listener)) {
                behind.set(balancer, [...(behind.get(balancer) ?? []), ...servers]);
            }
        }
        for (const balancer of graph.ofType(classicBalancerType)) {
            const servers = elementPaths(balancer, ["instances"]).flatMap(
                (path) => graph.reference(balancer, path, serverTypes).resources,
            );
            behind.set(balancer, servers);
        }
        return behind;
    },
);

/** Load balancers that the internet can reach. */
export function* judgeBalancers({ graph, scope }: RuleContext): Generator<Observation> {
    for (const balancer of graph.ofType(...balancerTypes, classicBalancerType)) {
        if (scope.includes(balancer)) {
            yield* settle(balancer, judgeFacing(balancer));
        }
    }
}

/** A load balancer faces the internet unless it says otherwise. */
function judgeFacing(balancer: RegisteredResource): readonly Observation[] {
    const internal = readBoolean(balancer.properties, ["internal"]);
    if (internal.kind === "open") {
        return [undecided(balancer, ["internal"], `internal ${internal.why}`)];
    }
    const found = internal.kind === "known" ? "is false" : "is not set";
    return internal.kind === "known" && internal.value
        ? []
        : [
              failed(
                  balancer,
                  ["internal"],
                  `internal ${found}, so the load balancer has public addresses and forwards from them`,
              ),
          ];
}

function serversInTargetGroups(
    graph: GraphIndex,
): ReadonlyMap<RegisteredResource, readonly RegisteredResource[]> {
    const members = new Map<RegisteredResource, RegisteredResource[]>();
    const add = (group: RegisteredResource, servers: readonly RegisteredResource[]): void => {
        members.set(group, [...(members.get(group) ?? []), ...servers]);
    };
    for (const attachment of graph.ofType(...targetGroupAttachmentTypes)) {
        const servers = graph.reference(attachment, ["targetId"], serverTypes).resources;
        const groups = graph.reference(attachment, ["targetGroupArn"], targetGroupTypes).resources;
        groups.forEach((group) => add(group, servers));
    }
    for (const launcher of graph.ofType(...launcherTypes)) {
        for (const path of elementPaths(launcher, ["targetGroupArns"])) {
            const groups = graph.reference(launcher, path, targetGroupTypes).resources;
            groups.forEach((group) => add(group, [launcher]));
        }
    }
    return members;
}

/** Properties of a listener that name the groups it forwards to. */
function forwardPaths(listener: RegisteredResource): readonly PropertyPath[] {
    const actions = readElements(listener.properties, ["defaultActions"]);
    if (actions.kind !== "known") {
        return actions.kind === "open" ? [["defaultActions"]] : [];
    }
    return actions.value.flatMap((action) => [
        [...action, "targetGroupArn"],
        ...elementPaths(listener, [...action, "forward", "targetGroups"]).map((path) => [
            ...path,
            "arn",
        ]),
    ]);
}

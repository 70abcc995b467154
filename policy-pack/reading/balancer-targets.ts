import {
    classicAttachmentType,
    classicBalancerType,
    launcherTypes,
    listenerRuleTypes,
    listenerTypes,
    serverTypes,
    targetGroupAttachmentTypes,
    targetGroupTypes,
    TypeToken,
} from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { elementPaths } from "./interfaces";
import { balancerOf } from "./load-balancers";
import { oncePerGraph } from "./memo";
import { readElements } from "./values";

/** Target group, or older load balancer → what is registered with it, each possibly in several ways. */
type Members = ReadonlyMap<RegisteredResource, readonly RegisteredResource[]>;

/** Load balancer → the servers that it forwards to, as far as this stack says: by its listeners and their rules, or by itself. */
export const serversBehindBalancers = oncePerGraph((graph): Members => {
    const members = registered(graph);
    const behind = new Map<RegisteredResource, RegisteredResource[]>();
    for (const forwarder of graph.ofType(...listenerTypes, ...listenerRuleTypes)) {
        const servers = forwardPaths(forwarder)
            .flatMap((path) => graph.reference(forwarder, path, targetGroupTypes).resources)
            .flatMap((group) => members.get(group) ?? []);
        for (const balancer of balancersOf(graph, forwarder)) {
            behind.set(balancer, [...(behind.get(balancer) ?? []), ...servers]);
        }
    }
    for (const balancer of graph.ofType(classicBalancerType)) {
        behind.set(balancer, [...(members.get(balancer) ?? [])]);
    }
    return behind;
});

function balancersOf(
    graph: GraphIndex,
    forwarder: RegisteredResource,
): readonly RegisteredResource[] {
    return listenerRuleTypes.includes(forwarder.type)
        ? graph
              .reference(forwarder, ["listenerArn"], listenerTypes)
              .resources.flatMap((listener) => balancerOf(graph, listener))
        : balancerOf(graph, forwarder);
}

const fronts = [...targetGroupTypes, classicBalancerType];

function registered(graph: GraphIndex): Members {
    const members = new Map<RegisteredResource, RegisteredResource[]>();
    const add = (
        resource: RegisteredResource,
        front: PropertyPath,
        servers: readonly RegisteredResource[],
    ): void => {
        for (const group of graph.reference(resource, front, fronts).resources) {
            members.set(group, [...(members.get(group) ?? []), ...servers]);
        }
    };
    for (const attachment of graph.ofType(...targetGroupAttachmentTypes)) {
        const servers = graph.reference(attachment, ["targetId"], serverTypes).resources;
        add(attachment, ["targetGroupArn"], servers);
    }
    for (const attachment of graph.ofType(classicAttachmentType)) {
        const servers = graph.reference(attachment, ["instance"], serverTypes).resources;
        add(attachment, ["elb"], servers);
    }
    for (const balancer of graph.ofType(classicBalancerType)) {
        const servers = elementPaths(balancer, ["instances"]).flatMap(
            (path) => graph.reference(balancer, path, serverTypes).resources,
        );
        members.set(balancer, [...(members.get(balancer) ?? []), ...servers]);
    }
    for (const launcher of graph.ofType(...launcherTypes)) {
        for (const path of launcherFronts.flatMap((field) => elementPaths(launcher, [field]))) {
            add(launcher, path[0] === "trafficSources" ? [...path, "identifier"] : path, [
                launcher,
            ]);
        }
    }
    for (const attachment of graph.ofType(TypeToken.AutoScalingAttachment)) {
        const launchers = graph.reference(
            attachment,
            ["autoscalingGroupName"],
            launcherTypes,
        ).resources;
        ["lbTargetGroupArn", "elb"].forEach((field) => add(attachment, [field], launchers));
    }
    return members;
}

/** Where an Auto Scaling group names what it registers its instances with. */
const launcherFronts = ["targetGroupArns", "loadBalancers", "trafficSources"];

/** Properties of a listener, or of a rule of one, that name the groups it forwards to. */
function forwardPaths(forwarder: RegisteredResource): readonly PropertyPath[] {
    const field = listenerRuleTypes.includes(forwarder.type) ? "actions" : "defaultActions";
    const actions = readElements(forwarder.properties, [field]);
    if (actions.kind !== "known") {
        return actions.kind === "open" ? [[field]] : [];
    }
    return actions.value.flatMap((action) => [
        [...action, "targetGroupArn"],
        ...elementPaths(forwarder, [...action, "forward", "targetGroups"]).map((path) => [
            ...path,
            "arn",
        ]),
    ]);
}

import {
    balancerTypes,
    classicBalancerType,
    securityGroupTypes,
    TypeToken,
} from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { elementPaths } from "../reading/interfaces";
import { label } from "../reading/labels";
import { oncePerGraph } from "../reading/memo";
import { carriersOf, groupsOf } from "../reading/server-groups";

/** Members that a chain names; the rest is counted. */
const mostNamed = 4;

/** Who carries the group with this URN, as one link of a chain; nothing for a group outside this stack. */
export function membersOf(graph: GraphIndex, urn: string): readonly string[] {
    const group = graph.byUrn(urn);
    if (group === undefined) {
        return [];
    }
    const labels = textsOf(graph);
    const known = labels.get(group);
    if (known !== undefined) {
        return known;
    }
    const members = [
        ...new Set([...serversWith(graph, group), ...(others(graph).get(group) ?? [])].map(label)),
    ].sort();
    const more = members.length - mostNamed;
    const named = [...members.slice(0, mostNamed), ...(more > 0 ? [`${more} more`] : [])];
    const text =
        named.length === 0
            ? `${label(group)} without members in this stack`
            : `${label(group)} (${named.join(", ")})`;
    labels.set(group, [text]);
    return [text];
}

/** Servers that carry a group themselves. */
function serversWith(graph: GraphIndex, group: RegisteredResource): readonly RegisteredResource[] {
    return (carriersOf(graph).get(group) ?? []).filter((server) =>
        groupsOf(graph, server).uses.some((use) => use.kind === "group" && use.group === group),
    );
}

const textsOf = oncePerGraph(() => new Map<RegisteredResource, readonly string[]>());

/** Security group → endpoints and load balancers that carry it. */
const others = oncePerGraph((graph) => {
    const members = new Map<RegisteredResource, RegisteredResource[]>();
    const add = (member: RegisteredResource, property: string): void => {
        for (const path of elementPaths(member, [property])) {
            for (const group of graph.reference(member, path, securityGroupTypes).resources) {
                members.set(group, [...(members.get(group) ?? []), member]);
            }
        }
    };
    graph.ofType(TypeToken.VpcEndpoint).forEach((endpoint) => add(endpoint, "securityGroupIds"));
    graph
        .ofType(...balancerTypes, classicBalancerType)
        .forEach((balancer) => add(balancer, "securityGroups"));
    return members;
});

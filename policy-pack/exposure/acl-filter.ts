import { subnetTypes, TypeToken, vpcTypes } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { elementPaths } from "../reading/interfaces";
import { label } from "../reading/labels";
import { oncePerGraph } from "../reading/memo";
import { aclRulesOf, networkAcls } from "../reading/network-acls";
import type { Direction } from "../reading/traffic-rule";
import { split, type Flow } from "./flow";

/** What a subnet's network ACL leaves of a flow. */
export interface Filtered {
    readonly open: readonly Flow[];
    /** Packets that rules which cannot be read decide on. */
    readonly undecided: readonly Flow[];
    /** The ACL, where it narrows the flow or may do so. */
    readonly link: string | undefined;
}

/**
 * Filters a flow as the subnet's network ACL does. Replies are not looked at: a packet that arrives is enough. A subnet whose ACL is not
 * in this stack is not narrowed, for that is what an ACL does at most.
 */
export function filterByAcl(
    graph: GraphIndex,
    subnet: RegisteredResource,
    direction: Direction,
    flow: Flow,
): Filtered {
    const acl = aclBySubnet(graph).get(subnet) ?? defaultAclOf(graph, subnet);
    if (acl === undefined) {
        return { open: [flow], undecided: [], link: undefined };
    }
    const { rules, unread } = aclRulesOf(graph, acl, direction);
    const open: Flow[] = [];
    let left: readonly Flow[] = [flow];
    for (const rule of rules) {
        const parts = left.map((part) => split(part, rule));
        left = parts.flatMap(({ rest }) => rest);
        if (rule.allows) {
            open.push(...parts.flatMap(({ picked }) => picked));
        }
    }
    const undecided = unread.length > 0 ? left : [];
    const link = left.length === 0 && open.length === 1 ? undefined : label(acl);
    return { open, undecided, link };
}

/** Subnet → the network ACL that a resource of this stack puts on it. */
const aclBySubnet = oncePerGraph((graph): ReadonlyMap<RegisteredResource, RegisteredResource> => {
    const found = new Map<RegisteredResource, RegisteredResource>();
    for (const acl of networkAcls(graph)) {
        for (const path of elementPaths(acl, ["subnetIds"])) {
            graph
                .reference(acl, path, subnetTypes)
                .resources.forEach((subnet) => found.set(subnet, acl));
        }
    }
    for (const association of graph.ofType(TypeToken.NetworkAclAssociation)) {
        const [acl] = graph.reference(association, ["networkAclId"], aclTypes).resources;
        const subnets = graph.reference(association, ["subnetId"], subnetTypes).resources;
        if (acl !== undefined) {
            subnets.forEach((subnet) => found.set(subnet, acl));
        }
    }
    return found;
});

const aclTypes = [TypeToken.NetworkAcl, TypeToken.DefaultNetworkAcl];

/** The adopted default ACL of the subnet's VPC. */
function defaultAclOf(
    graph: GraphIndex,
    subnet: RegisteredResource,
): RegisteredResource | undefined {
    const vpcs = graph.reference(subnet, ["vpcId"], vpcTypes).resources;
    return graph
        .ofType(TypeToken.DefaultNetworkAcl)
        .find((acl) =>
            graph
                .reference(acl, ["defaultNetworkAclId"], vpcTypes)
                .resources.some((vpc) => vpcs.includes(vpc)),
        );
}

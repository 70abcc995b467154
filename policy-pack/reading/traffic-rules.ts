import {
    securityGroupRuleTypes,
    securityGroupTypes,
    TypeToken,
    vpcTypes,
} from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import type { Scope } from "../graph/scope";
import { oncePerGraph } from "./memo";
import { directionOf, inlineRule, separateRule } from "./rule-forms";
import type { TrafficRule, UnreadRules } from "./traffic-rule";
import { readAny, readElements } from "./values";

/** Type tokens that rules about traffic read. */
export const trafficReads: readonly string[] = [
    ...securityGroupTypes,
    ...securityGroupRuleTypes,
    TypeToken.ManagedPrefixList,
    TypeToken.ManagedPrefixListEntry,
];

/** Every rule of every security group of the graph. */
export const trafficRulesOf = oncePerGraph(
    (
        graph,
    ): { readonly rules: readonly TrafficRule[]; readonly unread: readonly UnreadRules[] } => {
        const rules: TrafficRule[] = [];
        const unread: UnreadRules[] = [];
        for (const group of graph.ofType(...securityGroupTypes)) {
            for (const direction of ["ingress", "egress"] as const) {
                const list = readElements(group.properties, [direction]);
                if (list.kind === "open") {
                    const place = { resource: group, path: [direction], direction };
                    unread.push({ ...place, groups: [group], why: list.why });
                }
                for (const path of list.kind === "known" ? list.value : []) {
                    const entry = readAny(group.properties, path);
                    if (entry.kind === "known" && isObject(entry.value)) {
                        rules.push(inlineRule(graph, group, path, direction));
                    } else {
                        const why = entry.kind === "open" ? entry.why : "cannot be read";
                        unread.push({ resource: group, path, direction, groups: [group], why });
                    }
                }
            }
        }
        for (const rule of graph.ofType(...securityGroupRuleTypes)) {
            const groups = graph.reference(rule, ["securityGroupId"], securityGroupTypes).resources;
            const direction = directionOf(rule);
            if (direction === undefined) {
                const why = "is neither ingress nor egress as far as is known";
                unread.push(
                    ...(["ingress", "egress"] as const).map((either) => ({
                        resource: rule,
                        path: ["type"],
                        direction: either,
                        groups,
                        why,
                    })),
                );
            } else {
                rules.push(separateRule(graph, rule, direction, groups));
            }
        }
        return { rules, unread };
    },
);

/** Whether a rule, or the group it belongs to, is in scope. */
export function isRuleInScope(scope: Scope, rule: TrafficRule | UnreadRules): boolean {
    return [rule.resource, ...rule.groups].some((resource) => scope.includes(resource));
}

/** Whether a separate rule belongs to the default group of a VPC of this stack. */
export function defaultGroupOwner(
    graph: GraphIndex,
    rule: RegisteredResource,
): RegisteredResource | undefined {
    return graph.reference(rule, ["securityGroupId"], vpcTypes).resources[0];
}

function isObject(value: unknown): boolean {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

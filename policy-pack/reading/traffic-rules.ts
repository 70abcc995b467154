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
import { isRepeated, type TrafficRule, type UnreadRules } from "./traffic-rule";
import { readAny, readElements, readText } from "./values";

/** Type tokens that rules about traffic read. */
export const trafficReads: readonly string[] = [
    ...securityGroupTypes,
    ...securityGroupRuleTypes,
    TypeToken.ManagedPrefixList,
    TypeToken.ManagedPrefixListEntry,
];

/** The rules of a graph's security groups. */
export interface TrafficRules {
    readonly rules: readonly TrafficRule[];
    readonly unread: readonly UnreadRules[];
    /** The same rules by the group they belong to. */
    readonly byGroup: ReadonlyMap<RegisteredResource, readonly TrafficRule[]>;
}

/** Every rule of every security group of the graph. */
export const trafficRulesOf = oncePerGraph((graph): TrafficRules => {
    const inline = graph.ofType(...securityGroupTypes).map((group) => inlineRules(graph, group));
    const separate = graph.ofType(...securityGroupRuleTypes).map((rule) => ownRule(graph, rule));
    const byGroup = new Map<RegisteredResource, TrafficRule[]>();
    const add = (rule: TrafficRule): void => {
        for (const group of rule.groups) {
            const list = byGroup.get(group);
            if (list === undefined) {
                byGroup.set(group, [rule]);
            } else {
                list.push(rule);
            }
        }
    };
    const rules = separate.flatMap((found) => found.rules);
    rules.forEach(add);
    const written = inline
        .flatMap((found) => found.rules)
        .filter((rule) => !isReadBack(rule, byGroup.get(rule.resource) ?? []));
    written.forEach(add);
    return {
        rules: [...written, ...rules],
        unread: [...inline, ...separate].flatMap((found) => found.unread),
        byGroup,
    };
});

type Found = Pick<TrafficRules, "rules" | "unread">;

function inlineRules(graph: GraphIndex, group: RegisteredResource): Found {
    const rules: TrafficRule[] = [];
    const unread: UnreadRules[] = [];
    for (const direction of ["ingress", "egress"] as const) {
        const list = readElements(group.properties, [direction]);
        const place = { resource: group, direction, groups: [group] };
        if (list.kind === "open") {
            unread.push({ ...place, path: [direction], why: list.why });
        }
        for (const path of list.kind === "known" ? list.value : []) {
            const entry = readAny(group.properties, path);
            if (entry.kind === "known" && isObject(entry.value)) {
                rules.push(inlineRule(graph, group, path, direction));
            } else {
                const why = entry.kind === "open" ? entry.why : "cannot be read";
                unread.push({ ...place, path, why });
            }
        }
    }
    return { rules, unread };
}

function ownRule(graph: GraphIndex, rule: RegisteredResource): Found {
    const groups = graph.reference(rule, ["securityGroupId"], securityGroupTypes).resources;
    const direction = directionOf(rule);
    if (direction !== undefined) {
        return { rules: [separateRule(graph, rule, direction, groups)], unread: [] };
    }
    const why = "is neither ingress nor egress as far as is known";
    const unread = (["ingress", "egress"] as const).map((either) => ({
        resource: rule,
        path: ["type"],
        direction: either,
        groups,
        why,
    }));
    return { rules: [], unread };
}

/** Once a group exists, the provider reads the separate rules back into its inline lists: they are written elsewhere. */
function isReadBack(rule: TrafficRule, separate: readonly TrafficRule[]): boolean {
    return rule.resource.id !== undefined && isRepeated(rule, separate);
}

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

/** Whether it is not known to which group a rule belongs: it may open any. */
export function isOfUnknownGroup(graph: GraphIndex, rule: RegisteredResource): boolean {
    return (
        securityGroupRuleTypes.includes(rule.type) &&
        graph.reference(rule, ["securityGroupId"], securityGroupTypes).resources.length === 0 &&
        defaultGroupOwner(graph, rule) === undefined &&
        readText(rule.properties, ["securityGroupId"]).kind === "open"
    );
}

function isObject(value: unknown): boolean {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

import { TypeToken } from "../../aws/type-tokens";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { Observation, RuleContext } from "../rules/rule";
import { settle, undecided } from "./observations";
import type { Direction, TrafficRule } from "./traffic-rule";
import { isRuleInScope, trafficRulesOf } from "./traffic-rules";

/** Which rules of security groups a policy is about. */
export interface TrafficQuestion {
    readonly direction: Direction;
    /** Whether the default groups of VPCs are asked about as well; they have a policy of their own. */
    readonly defaultGroups: boolean;
    /** Whether rules of these groups, stated by this resource, are asked about. */
    readonly applies: (
        groups: readonly RegisteredResource[],
        resource: RegisteredResource,
    ) => boolean;
    /** What is wrong with one rule. */
    readonly decide: (rule: TrafficRule) => readonly Observation[];
}

/**
 * Judges the rules of one direction: each security group and each rule that is a resource is a subject. Rules that cannot be listed
 * are undecided. What lies in a prefix list is reported there, once.
 */
export function* judgeTraffic(
    context: RuleContext,
    { direction, defaultGroups, applies, decide }: TrafficQuestion,
): Generator<Observation> {
    const { graph, scope } = context;
    const { rules, unread } = trafficRulesOf(graph);
    const isAsked = (resource: RegisteredResource): boolean =>
        defaultGroups || resource.type !== TypeToken.DefaultSecurityGroup;
    const found = new Map<RegisteredResource, Observation[]>();
    const subjectFor = (subject: RegisteredResource): Observation[] => {
        const list = found.get(subject) ?? [];
        found.set(subject, list);
        return list;
    };
    for (const group of graph.ofType(TypeToken.SecurityGroup, TypeToken.DefaultSecurityGroup)) {
        if (isAsked(group) && scope.includes(group) && applies([group], group)) {
            subjectFor(group);
        }
    }
    for (const rule of rules) {
        if (
            rule.direction === direction &&
            isAsked(rule.resource) &&
            isRuleInScope(scope, rule) &&
            applies(rule.groups, rule.resource)
        ) {
            subjectFor(rule.resource).push(...decide(rule));
        }
    }
    for (const { resource, path, why, ...rule } of unread) {
        if (
            rule.direction === direction &&
            isAsked(resource) &&
            isRuleInScope(scope, { resource, path, why, ...rule }) &&
            applies(rule.groups, resource)
        ) {
            subjectFor(resource).push(
                undecided(
                    resource,
                    path,
                    `${formatPath(path)} ${why}, so its rules cannot be judged`,
                ),
            );
        }
    }
    for (const [subject, observations] of found) {
        yield* settle(subject, observations);
    }
    yield* once(
        [...found].flatMap(([subject, list]) => list.filter((o) => o.resource !== subject)),
    );
}

/** The same finding reached through several rules is one finding. */
function once(observations: readonly Observation[]): readonly Observation[] {
    const distinct = new Map(
        observations.map((observation) => [
            JSON.stringify([observation.resource?.urn, observation.path, observation.subject]),
            observation,
        ]),
    );
    return [...distinct.values()];
}

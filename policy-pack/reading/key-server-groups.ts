import type { RegisteredResource } from "../graph/resource";
import type { Observation, RuleContext } from "../rules/rule";
import { carriersOf } from "./server-groups";
import { isOfUnknownGroup } from "./traffic-rules";

/** The key servers in scope that carry one of these security groups. */
export function keyServersBehind(
    { graph, scope }: RuleContext,
    groups: readonly RegisteredResource[],
): readonly RegisteredResource[] {
    const carriers = carriersOf(graph);
    return [...new Set(groups.flatMap((group) => carriers.get(group) ?? []))].filter((server) =>
        scope.includes(server),
    );
}

/** Whether a rule may open a key server only as far as it is not known to which group it belongs. */
export function mayOpenKeyServers(
    { graph, scope }: RuleContext,
    rule: RegisteredResource,
): boolean {
    return scope.keyServers.length > 0 && isOfUnknownGroup(graph, rule);
}

/** What is wrong with a rule if it opens a key server, where that is not known. */
export function ifItOpensKeyServers(found: readonly Observation[]): readonly Observation[] {
    return found.map((observation) => ({
        ...observation,
        verdict: "indeterminate",
        message: `${observation.message ?? ""}: securityGroupId is not known before deployment, so it may be a key server's group`,
    }));
}

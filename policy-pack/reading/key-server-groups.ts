import type { RegisteredResource } from "../graph/resource";
import type { RuleContext } from "../rules/rule";
import { carriersOf } from "./server-groups";

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

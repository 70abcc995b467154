import { TypeToken } from "../../aws/type-tokens";
import { homePlace } from "../reading/accounts";
import type { RuleContext } from "../rules/rule";
import { aboutAny, type Question } from "./ask";

/** The key servers of the stack as what an action is done to, alike ones once; any instance where none is a resource of its own. */
export function serverQuestions(
    { graph, scope }: Pick<RuleContext, "graph" | "scope">,
    action: string,
): readonly Question[] {
    const { partition, region, account } = homePlace(graph);
    const any = aboutAny(action, `arn:${partition}:ec2:${region}:${account}:instance/*`);
    const byTags = new Map(
        scope.keyServers
            .filter(({ type }) => type === TypeToken.Instance)
            .map((server) => [
                JSON.stringify([server.properties.tags, server.properties.tagsAll]),
                server,
            ]),
    );
    return byTags.size === 0
        ? [any]
        : [...byTags.values()].map((resource) => ({ ...any, resource }));
}

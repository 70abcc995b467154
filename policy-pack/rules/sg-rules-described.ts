import { securityGroupRuleTypes, securityGroupTypes, TypeToken } from "../../aws/type-tokens";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { failed, notApplicable, settle, undecided } from "../reading/observations";
import { openingOf, peerName } from "../reading/traffic-rule";
import { trafficRulesOf } from "../reading/traffic-rules";
import { readElements, readText, show } from "../reading/values";
import type { Observation, Rule } from "./rule";

/** What the provider writes where a group says nothing. */
const providersText = "Managed by Pulumi";

/** Every security group and every rule says in its own words what it is for. */
export const sgRulesDescribed: Rule = {
    name: "sg-rules-described",
    reads: [...securityGroupTypes, ...securityGroupRuleTypes],
    *judge({ graph, scope }) {
        const groups = graph.ofType(TypeToken.SecurityGroup);
        for (const group of groups.filter((resource) => scope.includes(resource))) {
            yield* settle(group, [
                ...described(group, ["description"], "the group"),
                ...inlineRules(graph, group, "ingress"),
                ...inlineRules(graph, group, "egress"),
            ]);
        }
        for (const rule of graph.ofType(...securityGroupRuleTypes)) {
            if (scope.includes(rule)) {
                yield* settle(rule, described(rule, ["description"], "the rule"));
            }
        }
        // AWS fixes a default group's text, and it must hold no rules.
        const standard = graph.ofType(TypeToken.DefaultSecurityGroup);
        for (const group of standard.filter((resource) => scope.includes(resource))) {
            yield notApplicable(group);
        }
    },
};

function inlineRules(
    graph: GraphIndex,
    group: RegisteredResource,
    direction: "ingress" | "egress",
): readonly Observation[] {
    const list = readElements(group.properties, [direction]);
    if (list.kind === "open") {
        return [undecided(group, [direction], `${direction} ${list.why}`)];
    }
    return (list.kind === "known" ? list.value : []).flatMap((path) =>
        described(group, [...path, "description"], "the rule", subjectOf(graph, group, path)),
    );
}

/** What a rule inside a group opens tells it from the others. */
function subjectOf(
    graph: GraphIndex,
    group: RegisteredResource,
    path: PropertyPath,
): string | undefined {
    const rule = (trafficRulesOf(graph).byGroup.get(group) ?? []).find(
        (one) => one.resource === group && formatPath(one.path) === formatPath(path),
    );
    return rule === undefined
        ? undefined
        : openingOf(rule, rule.peers.map(peerName).sort().join(","));
}

function described(
    resource: RegisteredResource,
    path: PropertyPath,
    what: string,
    subject?: string,
): readonly Observation[] {
    const text = readText(resource.properties, path);
    const place = formatPath(path);
    if (text.kind === "open") {
        return [undecided(resource, path, `${place} ${text.why}`, subject)];
    }
    if (text.kind === "absent" || text.value.trim() === "") {
        return [failed(resource, path, `${place} is empty: say what ${what} is for`, subject)];
    }
    return text.value.trim() === providersText
        ? [
              failed(
                  resource,
                  path,
                  `${place} is ${show(text.value)}, the provider's own text: say what ${what} is for`,
                  subject,
              ),
          ]
        : [];
}

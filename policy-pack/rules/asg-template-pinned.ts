import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { failed, settle, undecided } from "../reading/observations";
import { readAny, readElements, readNumber, readText, show } from "../reading/values";
import type { Observation, Rule } from "./rule";

const secondsPerDay = 86_400;
const specification = ["mixedInstancesPolicy", "launchTemplate"];

/** An Auto Scaling group of key servers names its template's version, renews its servers and uses no launch configuration. */
export const asgTemplatePinned: Rule = {
    name: "asg-template-pinned",
    reads: [TypeToken.AutoScalingGroup, TypeToken.LaunchTemplate, TypeToken.LaunchConfiguration],
    *judge(context) {
        const { graph, scope } = context;
        const longest = context.parameter<number>("instanceLifetimeDays");
        for (const group of graph.ofType(TypeToken.AutoScalingGroup)) {
            if (scope.includes(group)) {
                yield* settle(group, [
                    ...judgeSource(graph, group),
                    ...judgeLifetime(group, longest),
                    ...judgeRefresh(group),
                ]);
            }
        }
    },
};

function judgeSource(graph: GraphIndex, group: RegisteredResource): readonly Observation[] {
    const configuration = readAny(group.properties, ["launchConfiguration"]);
    if (configuration.kind !== "absent") {
        return [
            failed(
                group,
                ["launchConfiguration"],
                "launchConfiguration is set: it has no versions and none of the newer settings, use a launch template",
            ),
        ];
    }
    const overrides = readElements(group.properties, [...specification, "overrides"]);
    const named: PropertyPath[] = [
        ["launchTemplate"],
        [...specification, "launchTemplateSpecification"],
        ...(overrides.kind === "known" ? overrides.value : []).map((path) => [
            ...path,
            "launchTemplateSpecification",
        ]),
    ];
    const used = named.filter((path) => readAny(group.properties, path).kind !== "absent");
    const open =
        overrides.kind === "open"
            ? [
                  undecided(
                      group,
                      [...specification, "overrides"],
                      `${formatPath([...specification, "overrides"])} ${overrides.why}`,
                  ),
              ]
            : [];
    return [...used.flatMap((path) => judgeVersion(graph, group, [...path, "version"])), ...open];
}

/** A version that a template of this stack computes is a number by the time it is used. */
function judgeVersion(
    graph: GraphIndex,
    group: RegisteredResource,
    path: PropertyPath,
): readonly Observation[] {
    const version = readText(group.properties, path);
    const place = formatPath(path);
    if (version.kind === "open") {
        return graph.reference(group, path, [TypeToken.LaunchTemplate]).kind === "resources"
            ? []
            : [undecided(group, path, `${place} ${version.why}`)];
    }
    const found = version.kind === "known" ? `is ${show(version.value)}` : "is not set ($Default)";
    return version.kind === "known" && /^[1-9]\d*$/.test(version.value)
        ? []
        : [
              failed(
                  group,
                  path,
                  `${place} ${found}, so an edit of the template reaches the servers untested: name a number`,
              ),
          ];
}

function judgeLifetime(group: RegisteredResource, longestDays: number): readonly Observation[] {
    const path = ["maxInstanceLifetime"];
    const lifetime = readNumber(group.properties, path);
    if (lifetime.kind === "open") {
        return [undecided(group, path, `maxInstanceLifetime ${lifetime.why}`)];
    }
    const seconds = lifetime.kind === "known" ? lifetime.value : 0;
    if (seconds > 0 && seconds <= longestDays * secondsPerDay) {
        return [];
    }
    const found = seconds > 0 ? `is ${seconds / secondsPerDay} days` : "is not set";
    return [
        failed(
            group,
            path,
            `maxInstanceLifetime ${found}: servers must be renewed after ${longestDays} days at most`,
        ),
    ];
}

function judgeRefresh(group: RegisteredResource): readonly Observation[] {
    const path = ["instanceRefresh"];
    const refresh = readAny(group.properties, path);
    const strategy = readText(group.properties, [...path, "strategy"]);
    if (refresh.kind === "open") {
        return [undecided(group, path, `instanceRefresh ${refresh.why}`)];
    }
    // The provider may fill in preferences; only the strategy says that somebody asked for a refresh.
    return refresh.kind === "absent" || strategy.kind === "absent"
        ? [
              failed(
                  group,
                  path,
                  "instanceRefresh is not set, so a new template reaches no running server",
              ),
          ]
        : [];
}

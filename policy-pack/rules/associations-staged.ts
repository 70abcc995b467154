import { TypeToken } from "../../aws/type-tokens";
import { serversAtOnce } from "../../patching/quotas";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { isCompute } from "../graph/type-families";
import { patchedServers } from "../patch-plan/read-plan";
import { scansOf } from "../patch-plan/scans";
import { failed, settle, undecided } from "../reading/observations";
import { longestGapHours } from "../reading/schedules";
import { serverReads } from "../reading/servers";
import { reaches, some } from "../reading/targets";
import { readBoolean, readElements, readText, show, type Reading } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/**
 * What State Manager runs on key servers names them, recurs, counts when it fails, and changes one server after the other, at the time and in the
 * version that somebody decided on. Scans change nothing.
 */
export const associationsStaged: Rule = {
    name: "associations-staged",
    reads: [...serverReads, TypeToken.SsmAssociation, TypeToken.SsmDocument],
    *judge(context) {
        const { graph, scope } = context;
        const servers = patchedServers(graph, scope);
        const scans = scansOf(graph);
        // In a stack with no other machines an association is for key servers.
        const hasOthers = graph.resources.some(
            (one) => isCompute(one.type) && !scope.keyServers.includes(one),
        );
        for (const association of graph.ofType(TypeToken.SsmAssociation)) {
            if (servers.length > 0 && scope.includes(association)) {
                yield* settle(association, [
                    ...judgeTargets(graph, association, servers, hasOthers),
                    ...demand(association, "complianceSeverity", (value) => value !== unspecified, {
                        why: "a failure then weighs nothing in the compliance of the servers",
                    }),
                    ...(scans.includes(association)
                        ? judgeScan(context, association, servers.length)
                        : judgeChange(context, association, servers.length)),
                ]);
            }
        }
    },
};

const unspecified = "UNSPECIFIED";

function judgeTargets(
    graph: RuleContext["graph"],
    association: RegisteredResource,
    servers: readonly RegisteredResource[],
    hasOthers: boolean,
): readonly Observation[] {
    const path = ["targets"];
    const targets = readElements(association.properties, path);
    if (targets.kind === "absent") {
        return readText(association.properties, ["instanceId"]).kind === "absent"
            ? [failed(association, path, "targets is not set, so nothing runs anywhere")]
            : [];
    }
    const reach = some(servers.map((server) => reaches(graph, association, path, server)));
    return hasOthers || reach === "yes"
        ? []
        : reach === "open"
          ? [
                undecided(
                    association,
                    path,
                    "whether targets reaches a key server is not known before deployment",
                ),
            ]
          : [failed(association, path, "targets reaches none of the key servers")];
}

/** A patch document whose operation is not known may install as well. */
function judgeScan(
    context: RuleContext,
    association: RegisteredResource,
    servers: number,
): readonly Observation[] {
    const path = ["parameters", "Operation"];
    const operation = readText(association.properties, path);
    return operation.kind === "open" && judgeChange(context, association, servers).length > 0
        ? [
              undecided(
                  association,
                  path,
                  `${formatPath(path)} ${operation.why}: what installs must do so on one server after the other`,
              ),
          ]
        : [];
}

/** How it changes servers. */
function judgeChange(
    context: RuleContext,
    association: RegisteredResource,
    servers: number,
): readonly Observation[] {
    const canLose = Math.max(1, Math.floor((servers - 1) / 2));
    return [
        ...demand(
            association,
            "maxConcurrency",
            (value) => serversAtOnce(value, servers) <= canLose,
            { why: `of ${servers} servers ${canLose} may be changed at once` },
        ),
        ...demand(association, "maxErrors", (value) => serversAtOnce(value, servers) < 1, {
            why: "after a failed server no further one may be changed",
        }),
        ...judgeSchedule(context, association),
        ...judgeVersion(context, association),
    ];
}

function judgeSchedule(
    context: RuleContext,
    association: RegisteredResource,
): readonly Observation[] {
    const most = context.parameter<number>("hostAuditIntervalHours");
    const schedule = readText(association.properties, ["scheduleExpression"]);
    const onlyThen = readBoolean(association.properties, ["applyOnlyAtCronInterval"]);
    return [
        ...demand(
            association,
            "scheduleExpression",
            (value) => recursWithin(value, most, context.asOf),
            { why: `servers must be brought back to what they should be every ${most} hours` },
        ),
        ...(onlyThen.kind === "open"
            ? [
                  undecided(
                      association,
                      ["applyOnlyAtCronInterval"],
                      `applyOnlyAtCronInterval ${onlyThen.why}`,
                  ),
              ]
            : schedule.kind === "known" &&
                schedule.value.startsWith("cron") &&
                !(onlyThen.kind === "known" && onlyThen.value)
              ? [
                    failed(
                        association,
                        ["applyOnlyAtCronInterval"],
                        "applyOnlyAtCronInterval is not on: every edit runs on all servers at once, whatever the schedule says",
                    ),
                ]
              : []),
    ];
}

function recursWithin(schedule: string, hours: number, asOf: Date): boolean {
    try {
        return longestGapHours(schedule, asOf) <= hours;
    } catch {
        return false;
    }
}

/** A document of this stack must not change under the association; Amazon's own have a version that nobody else makes. */
function judgeVersion(
    { graph }: RuleContext,
    association: RegisteredResource,
): readonly Observation[] {
    const path = ["documentVersion"];
    const isOurs =
        graph.reference(association, ["name"], [TypeToken.SsmDocument]).kind === "resources";
    const version = graph.reference(association, path, [TypeToken.SsmDocument]);
    const written = readText(association.properties, path);
    const isPinned =
        version.kind === "resources" || (written.kind === "known" && /^\d+$/.test(written.value));
    return !isOurs || isPinned
        ? []
        : written.kind === "open"
          ? [undecided(association, path, `documentVersion ${written.why}`)]
          : [
                failed(
                    association,
                    path,
                    `documentVersion is ${written.kind === "known" ? show(written.value) : "not set"}: when the document's default moves, all servers run it at once`,
                ),
            ];
}

function demand(
    association: RegisteredResource,
    property: string,
    isSound: (value: string) => boolean,
    { why }: { readonly why: string },
): readonly Observation[] {
    const path = [property];
    const found: Reading<string> = readText(association.properties, path);
    if (found.kind === "open") {
        return [undecided(association, path, `${formatPath(path)} ${found.why}`)];
    }
    return found.kind === "known" && isSound(found.value)
        ? []
        : [
              failed(
                  association,
                  path,
                  `${property} is ${found.kind === "known" ? show(found.value) : "not set"}: ${why}`,
              ),
          ];
}

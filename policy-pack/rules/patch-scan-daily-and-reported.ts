import { TypeToken } from "../../aws/type-tokens";
import type { RegisteredResource } from "../graph/resource";
import { patchedServers } from "../patch-plan/read-plan";
import { scansOf } from "../patch-plan/scans";
import { failed, passed, settle, undecided } from "../reading/observations";
import { longestGapHours } from "../reading/schedules";
import { reaches } from "../reading/targets";
import { serverReads } from "../reading/servers";
import { readText } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/** Every key server is scanned at least daily by exactly one association, and changes of compliance reach people. */
export const patchScanDailyAndReported: Rule = {
    name: "patch-scan-daily-and-reported",
    reads: [
        ...serverReads,
        TypeToken.SsmAssociation,
        TypeToken.SsmDocument,
        TypeToken.EventRule,
        TypeToken.EventTarget,
        TypeToken.ResourceDataSync,
    ],
    *judge(context) {
        const { graph, scope } = context;
        const scans = scansOf(graph).filter((scan) => scope.includes(scan));
        const servers = patchedServers(graph, scope);
        for (const server of servers) {
            yield judgeServer(context, server, scans);
        }
        for (const scan of scans) {
            yield* settle(scan, judgeScan(scan, context));
        }
        if (servers.length > 0) {
            yield judgeReporting(context);
        }
    },
};

function judgeServer(
    { graph }: RuleContext,
    server: RegisteredResource,
    scans: readonly RegisteredResource[],
): Observation {
    const reached = scans.map((scan) => reaches(graph, scan, ["targets"], server));
    const sure = reached.filter((verdict) => verdict === "yes").length;
    if (sure > 1) {
        return failed(
            server,
            [],
            `${sure} associations scan the server: each overwrites the other's results`,
            "several",
        );
    }
    if (reached.includes("open")) {
        return undecided(
            server,
            [],
            "whether an association scans the server is not known: its targets are not",
        );
    }
    return sure === 1
        ? passed(server)
        : failed(
              server,
              [],
              "no association of this stack scans the server for missing patches",
              "none",
          );
}

function judgeScan(scan: RegisteredResource, context: RuleContext): readonly Observation[] {
    const path = ["scheduleExpression"];
    const most = context.parameter<number>("patchScanIntervalHours");
    const text = readText(scan.properties, path);
    const operation = readText(scan.properties, ["parameters", "Operation"]);
    if (operation.kind === "open" || text.kind === "open") {
        return [
            undecided(
                scan,
                path,
                "what the association does, or when, is not known before deployment",
            ),
        ];
    }
    if (text.kind === "absent") {
        return [failed(scan, path, "scheduleExpression is not set: the scan runs once")];
    }
    try {
        const gap = longestGapHours(text.value, context.asOf);
        return gap <= most
            ? []
            : [
                  failed(
                      scan,
                      path,
                      `scheduleExpression ${text.value} leaves up to ${Math.round(gap)} hours between two scans, at most ${most} are allowed`,
                  ),
              ];
    } catch (error) {
        return [
            failed(scan, path, `scheduleExpression cannot be read: ${(error as Error).message}`),
        ];
    }
}

/** A rule for changes of patch compliance with a target, or a data sync. */
function judgeReporting({ graph }: RuleContext): Observation {
    const rules = graph.ofType(TypeToken.EventRule).map((rule) => ({
        rule,
        pattern: readText(rule.properties, ["eventPattern"]),
    }));
    const targeted = (rule: RegisteredResource): boolean =>
        graph
            .ofType(TypeToken.EventTarget)
            .some((target) =>
                graph.reference(target, ["rule"], [TypeToken.EventRule]).resources.includes(rule),
            );
    const told = rules.some(
        ({ rule, pattern }) =>
            pattern.kind === "known" &&
            pattern.value.includes("Configuration Compliance State Change") &&
            targeted(rule),
    );
    if (told || graph.ofType(TypeToken.ResourceDataSync).length > 0) {
        return { verdict: "pass" };
    }
    const why =
        "no event rule with a target tells anybody that patches are missing, and no resource data sync collects it";
    return rules.some(({ pattern }) => pattern.kind === "open")
        ? {
              verdict: "indeterminate",
              message:
                  "whether anybody is told of missing patches is not known: an event pattern is not",
              subject: "reporting",
          }
        : { verdict: "fail", message: why, subject: "reporting" };
}

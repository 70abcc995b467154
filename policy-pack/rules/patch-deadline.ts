import { worstCaseLatency } from "../../patching/latency";
import {
    approvalDelayDays,
    patchSeverities,
    type PatchSeverity,
} from "../patch-plan/approval-delay";
import { patchedServers, readPlan, type PlanReading } from "../patch-plan/read-plan";
import { planReads, stuck } from "../patch-plan/stuck";
import { failed, passed, undecided } from "../reading/observations";
import { patchTasksOf, taskReaches } from "../reading/patch-tasks";
import type { Observation, Rule, RuleContext } from "./rule";

const deadlines: Readonly<Record<PatchSeverity, string>> = {
    Critical: "patchDeadlineCriticalDays",
    Important: "patchDeadlineHighDays",
    Medium: "patchDeadlineMediumDays",
    Low: "patchDeadlineLowDays",
};

/** The longest time from a patch's release to the last server lies within the deadline of its severity. */
export const patchDeadline: Rule = {
    name: "patch-deadline",
    reads: planReads,
    *judge(context) {
        const reading = readPlan(context.graph, context.scope, context.asOf);
        if (reading.kind === "plan") {
            yield* patchSeverities.map((severity) => judgeSeverity(reading, severity, context));
        } else if (reading.kind === "none") {
            yield* openTasks(context);
        } else {
            yield stuck(reading);
        }
    },
};

/** Tasks that may patch the servers after all; that none does is told by `maintenance-window-patches-servers`. */
function openTasks({ graph, scope }: RuleContext): readonly Observation[] {
    const servers = patchedServers(graph, scope);
    return patchTasksOf(graph)
        .filter(
            (task) =>
                servers.length > 0 &&
                (task.windows.length === 0 ||
                    task.document.kind === "open" ||
                    servers.some((server) => taskReaches(graph, task, server) === "open")),
        )
        .map(({ task }) =>
            undecided(
                task,
                [],
                "whether and when the task patches the servers cannot be told before deployment, so the time to the last server cannot either",
            ),
        );
}

function judgeSeverity(
    { plan, rings }: Extract<PlanReading, { kind: "plan" }>,
    severity: PatchSeverity,
    context: RuleContext,
): Observation {
    const last = rings.at(-1)?.window;
    if (last === undefined) {
        return { verdict: "not-applicable" };
    }
    const limitDays = context.parameter<number>(deadlines[severity]);
    const delay = approvalDelayDays(context.graph, severity);
    const what = severity.toLowerCase();
    if (delay === undefined) {
        return undecided(
            last,
            ["schedule"],
            `when ${what} patches are approved is not known before deployment`,
            what,
        );
    }
    const worst = worstCaseLatency({ ...plan, approvalDelayDays: delay }, context.asOf);
    if (worst.kind === "unbounded") {
        return failed(
            last,
            ["schedule"],
            `${what} patches released after ${show(worst.released)} never reach the last server: ${worst.reason}`,
            what,
        );
    }
    const days = worst.hours / 24;
    return days <= limitDays
        ? passed(last)
        : failed(
              last,
              ["schedule"],
              `a ${what} patch released on ${show(worst.released)} reaches the last server after ${days.toFixed(1)} days, at most ${limitDays} are allowed: approval takes ${delay} days, the canary's window begins ${show(worst.rollout.canaryStarts)}, the promotion comes ${show(worst.rollout.promoted)}`,
              what,
          );
}

function show(moment: number): string {
    return new Date(moment).toISOString().slice(0, 16) + "Z";
}

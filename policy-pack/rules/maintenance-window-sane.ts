import { occurrences } from "../../aws/schedule/occurrences";
import { TypeToken } from "../../aws/type-tokens";
import type { RegisteredResource } from "../graph/resource";
import { readDate, readWindow } from "../patch-plan/read-window";
import { failed, settle, undecided } from "../reading/observations";
import { patchTaskReads } from "../reading/patch-tasks";
import { readBoolean, readText } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

const day = 86_400_000;
/** How far ahead intervals are looked at. */
const checkedDays = 400;

/** Windows are enabled, come often enough in a named zone, end their tasks in time, and run on registered targets only. */
export const maintenanceWindowSane: Rule = {
    name: "maintenance-window-sane",
    reads: patchTaskReads,
    *judge(context) {
        for (const window of context.graph.ofType(TypeToken.MaintenanceWindow)) {
            if (context.scope.includes(window)) {
                yield* settle(window, judgeWindow(window, context));
            }
        }
    },
};

function judgeWindow(window: RegisteredResource, context: RuleContext): readonly Observation[] {
    return [
        ...flag(window, "enabled", true, "the window never opens"),
        ...flag(
            window,
            "allowUnassociatedTargets",
            false,
            "tasks may run on servers that nobody registered",
        ),
        ...zone(window),
        ...end(window, context.asOf),
        ...times(window, context),
    ];
}

function flag(
    window: RegisteredResource,
    property: string,
    wanted: boolean,
    otherwise: string,
): readonly Observation[] {
    const found = readBoolean(window.properties, [property]);
    if (found.kind === "open") {
        return [undecided(window, [property], `${property} ${found.why}`)];
    }
    return found.kind === "absent" || found.value === wanted
        ? []
        : [failed(window, [property], `${property} is ${String(found.value)}, so ${otherwise}`)];
}

function zone(window: RegisteredResource): readonly Observation[] {
    const path = ["scheduleTimezone"];
    return readText(window.properties, path).kind === "absent"
        ? [
              failed(
                  window,
                  path,
                  "scheduleTimezone is not set: people and machines must mean the same hour",
              ),
          ]
        : [];
}

function end(window: RegisteredResource, asOf: Date): readonly Observation[] {
    const date = readDate(window.properties, ["endDate"]);
    return date.kind === "known" && date.value <= asOf
        ? [
              failed(
                  window,
                  ["endDate"],
                  `endDate is ${date.value.toISOString().slice(0, 10)}, which has passed: the window never opens again`,
              ),
          ]
        : [];
}

function times(window: RegisteredResource, context: RuleContext): readonly Observation[] {
    const reading = readWindow(window);
    if (reading.kind !== "known") {
        const message = `${reading.path.join(".")} ${reading.why}`;
        return [
            reading.kind === "open"
                ? undecided(window, reading.path, message)
                : failed(window, reading.path, message),
        ];
    }
    const { durationHours, cutoffHours, schedule } = reading.window;
    const leastCutoff = context.parameter<number>("patchWindowCutoffHours");
    const mostDays = context.parameter<number>("patchWindowIntervalDays");
    const gap = longestGapDays(schedule, context.asOf);
    return [
        ...(cutoffHours >= leastCutoff && cutoffHours < durationHours
            ? []
            : [
                  failed(
                      window,
                      ["cutoff"],
                      `cutoff is ${cutoffHours}: it must be from ${leastCutoff} to below duration (${durationHours})`,
                  ),
              ]),
        ...(gap <= mostDays
            ? []
            : [
                  failed(
                      window,
                      ["schedule"],
                      Number.isFinite(gap)
                          ? `schedule ${schedule.text} leaves up to ${Math.round(gap)} days between two windows, at most ${mostDays} are allowed`
                          : `schedule ${schedule.text} never comes`,
                  ),
              ]),
    ];
}

/** Longest wait for a window within the days looked at; Infinity when none comes. */
function longestGapDays(schedule: Parameters<typeof occurrences>[0], asOf: Date): number {
    const until = asOf.getTime() + checkedDays * day;
    let last = asOf.getTime();
    let longest = 0;
    let count = 0;
    for (const { at } of occurrences(schedule, asOf, new Date(until))) {
        longest = Math.max(longest, at - last);
        last = at;
        count++;
    }
    const tail = schedule.endsAt !== undefined && last > asOf.getTime() ? 0 : until - last;
    return count === 0 ? Infinity : Math.max(longest, tail) / day;
}

import { readSchedule } from "../../aws/schedule/occurrences";
import { parameter } from "../../catalog/parameters";
import { valueSources } from "../../catalog/value-sources";
import type { PatchingPlan, Ring } from "../../patching/patching-plan";
import { promotionAllowanceMinutes, scanAllowanceMinutes } from "../../patching/patching-plan";
import { validatePatchingPlan } from "../../patching/validate-plan";
import type { KeyServerPatchingArgs } from "../key-server-patching";
import { problemsOfRange } from "../validation/numbers";
import { known, type Problem, show } from "../validation/problems";
import {
    defaultScanSchedule,
    defaultSchedules,
    defaultTimeZone,
    defaultWindowHours,
} from "./rings";
import { problemsOfSchedule } from "./validate-schedule";

/** Problems of the rings: each by itself, then all together as a plan over the next two years. */
export function problemsOfRings(args: KeyServerPatchingArgs): readonly Problem[] {
    const { rings } = args;
    if (rings === undefined) {
        return [];
    }
    const cutoffHours = parameter("patchWindowCutoffHours").value;
    const names = rings.map(({ name }) => name);
    const problems = [
        ...required("listKeyArn", args.listKeyArn),
        ...required("logKeyArn", args.logKeyArn),
        ...(args.installSchedule === undefined
            ? []
            : [
                  {
                      propertyPath: "installSchedule",
                      reason: "installSchedule must not be given together with rings, which have schedules of their own",
                  },
              ]),
        ...rings.flatMap((ring, index): readonly Problem[] => {
            const path = `rings[${index}]`;
            const isGood = /^[a-z][a-z0-9-]{0,30}$/.test(ring.name);
            return [
                ...(isGood && names.indexOf(ring.name) === index
                    ? []
                    : [
                          {
                              propertyPath: `${path}.name`,
                              reason: `${path}.name must be lower case letters, digits and hyphens, and no other ring's, got ${show(ring.name)} (${valueSources.ringName})`,
                          },
                      ]),
                ...(ring.schedule !== undefined || defaultSchedules[index] !== undefined
                    ? problemsOfSchedule(`${path}.schedule`, known(ring.schedule))
                    : [
                          {
                              propertyPath: `${path}.schedule`,
                              reason: `${path}.schedule must be given: only the first ${defaultSchedules.length} rings have a default`,
                          },
                      ]),
                ...problemsOfRange(
                    `${path}.windowHours`,
                    ring.windowHours,
                    "maintenanceWindowHours",
                    { from: cutoffHours + 1 },
                ),
            ];
        }),
    ];
    return problems.length > 0 ? problems : problemsOfPlan(args);
}

function required(propertyPath: string, value: unknown): readonly Problem[] {
    return value === undefined
        ? [{ propertyPath, reason: `${propertyPath} must be given together with rings` }]
        : [];
}

/** Problems of the plan that the rings make; none when a schedule is not known yet, which the policy pack judges then. */
function problemsOfPlan(args: KeyServerPatchingArgs): readonly Problem[] {
    const plan = planOf(args);
    return plan === undefined
        ? []
        : validatePatchingPlan(plan, new Date()).map(({ propertyPath, reason }) => ({
              propertyPath: argumentOf(propertyPath),
              reason,
          }));
}

function planOf(args: KeyServerPatchingArgs): PatchingPlan | undefined {
    const timeZone = known(args.timeZone ?? defaultTimeZone);
    const scan = known(args.scanSchedule ?? defaultScanSchedule);
    const rings = (args.rings ?? []).map((ring, index): Ring | undefined => {
        const schedule = known(ring.schedule ?? defaultSchedules[index] ?? "");
        const isReadable =
            schedule !== undefined &&
            timeZone !== undefined &&
            problemsOfSchedule("", schedule).length === 0;
        return isReadable && isTimeZone(timeZone)
            ? {
                  name: ring.name,
                  servers: ring.servers,
                  window: {
                      schedule: readSchedule(schedule, timeZone),
                      durationHours: ring.windowHours ?? args.windowHours ?? defaultWindowHours,
                      cutoffHours: parameter("patchWindowCutoffHours").value,
                  },
              }
            : undefined;
    });
    const [canary, ...production] = rings.filter((ring) => ring !== undefined);
    if (
        scan === undefined ||
        problemsOfSchedule("", scan).length > 0 ||
        canary === undefined ||
        production.length + 1 < rings.length
    ) {
        return undefined;
    }
    return {
        approvalDelayDays: parameter("patchApprovalDelayDays").value,
        canary,
        production,
        soakHours: args.soakHours ?? parameter("patchSoakHours").value,
        scan: readSchedule(scan),
        scanAllowanceMinutes,
        promotionAllowanceMinutes,
    };
}

function isTimeZone(name: string): boolean {
    try {
        new Intl.DateTimeFormat("en", { timeZone: name });
        return true;
    } catch {
        return false;
    }
}

/** `canary` and `production[1].window.schedule` are `rings[0]` and `rings[2].schedule` of the arguments. */
function argumentOf(path: string): string {
    return path
        .replace(/^canary/, "rings[0]")
        .replace(/^production\[(\d+)\]/, (_, index: string) => `rings[${Number(index) + 1}]`)
        .replace(/^production$/, "rings")
        .replace(".window.schedule", ".schedule")
        .replace(".window.durationHours", ".windowHours");
}

import { occurrences, readSchedule, type Schedule } from "../aws/schedule/occurrences";
import type { PatchPlan, PatchRing, PatchStep, PatchWindow } from "../catalog/records/judged-stack";
import { worstCaseLatency, type Unbounded, type WorstCase } from "./latency";
import type { PatchingPlan, Ring } from "./patching-plan";

const hour = 3_600_000;
const day = 24 * hour;

/** The schedule of a stack that nothing scans. */
export const noScan: Schedule = { ...readSchedule("at(1970-01-01T00:00:00)"), text: "" };

/** How many days of windows a report shows. */
const calendarDays = 90;

/** A ring as it was read from a stack, with what the bound does not need. */
export interface RingDetails {
    readonly ring: Ring;
    readonly maxConcurrency: string;
    readonly maxErrors: string;
}

/** A plan with what reports say beside it. */
export interface DescribedPlan {
    readonly plan: PatchingPlan;
    /** The canary first, then production in order. */
    readonly rings: readonly RingDetails[];
    readonly promotionGated: boolean;
    readonly deadlineDays: number;
}

/** The record of a plan for a report: the worst case from `asOf` on, and the windows of the next 90 days. */
export function recordPatchPlan(described: DescribedPlan, asOf: Date): PatchPlan {
    const { plan, deadlineDays, promotionGated } = described;
    const worst = worstCaseLatency(plan, asOf);
    return {
        deadlineDays,
        worstCaseHours: worst.kind === "bounded" ? worst.hours : null,
        worstCase: worst.kind === "bounded" ? explainWorstCase(plan, worst) : explainNever(worst),
        promotionGated,
        approvalDelayDays: plan.approvalDelayDays,
        soakHours: plan.soakHours,
        scanSchedule: plan.scan.text,
        scanAllowanceMinutes: plan.scanAllowanceMinutes,
        promotionAllowanceMinutes: plan.promotionAllowanceMinutes,
        rings: described.rings.map((details) => recordRing(details, plan)),
        calendar: patchCalendar(plan, asOf, calendarDays),
    };
}

/**
 * The plan that a report records.
 *
 * @throws ScheduleError when a schedule of the record cannot be read.
 */
export function readPatchPlan(record: PatchPlan): PatchingPlan {
    const [canary, ...production] = record.rings.map(readRing);
    if (canary === undefined) {
        throw new Error("the report's patch plan has no ring");
    }
    return {
        approvalDelayDays: record.approvalDelayDays,
        canary,
        production,
        soakHours: record.soakHours,
        scan: record.scanSchedule === "" ? noScan : readSchedule(record.scanSchedule),
        scanAllowanceMinutes: record.scanAllowanceMinutes,
        promotionAllowanceMinutes: record.promotionAllowanceMinutes,
    };
}

/** Every window that opens within so many days, in the order of time. */
export function patchCalendar(plan: PatchingPlan, from: Date, days: number): PatchWindow[] {
    const until = new Date(from.getTime() + days * day);
    return [plan.canary, ...plan.production]
        .flatMap((ring) =>
            [...occurrences(ring.window.schedule, from, until)].map(({ at }) => ({
                ring: ring.name,
                starts: show(at),
                ends: show(at + ring.window.durationHours * hour),
            })),
        )
        .sort((a, b) => (a.starts < b.starts ? -1 : a.starts > b.starts ? 1 : 0));
}

function explainWorstCase(plan: PatchingPlan, worst: WorstCase): PatchStep[] {
    const { released, approved, rollout } = worst;
    const steps: [number, string][] = [
        [released, "the patch is released, just too late for the canary's window before"],
    ];
    if (plan.approvalDelayDays > 0) {
        steps.push([approved, `the baseline approves it, after ${plan.approvalDelayDays} days`]);
    }
    steps.push(
        [rollout.canaryStarts, `the window of ring ${plan.canary.name} begins`],
        [rollout.canaryEnds, `the window of ring ${plan.canary.name} ends`],
    );
    if (rollout.production.length > 0) {
        steps.push(
            [rollout.scanned, "a scan that began after the window can be read"],
            [rollout.soaked, `the canary has been healthy for ${plan.soakHours} hours`],
            [rollout.promoted, "the promotion has written the list for production"],
        );
    }
    for (const { ring, starts, ends } of rollout.production) {
        steps.push(
            [starts, `the window of ring ${ring.name} begins`],
            [ends, `the window of ring ${ring.name} ends`],
        );
    }
    return steps.sort(([a], [b]) => a - b).map(([at, what]) => ({ at: show(at), what }));
}

function explainNever(worst: Unbounded): PatchStep[] {
    return [
        { at: show(worst.released), what: "a patch is released after this moment" },
        { at: "", what: `it never reaches the last server: ${worst.reason}` },
    ];
}

function recordRing(
    { ring, maxConcurrency, maxErrors }: RingDetails,
    plan: PatchingPlan,
): PatchRing {
    const { schedule, durationHours, cutoffHours } = ring.window;
    return {
        name: ring.name,
        role: ring === plan.canary && plan.production.length > 0 ? "canary" : "production",
        servers: ring.servers,
        schedule: schedule.text,
        timeZone: schedule.timeZone,
        offsetDays: schedule.offsetDays,
        startsAt: schedule.startsAt?.toISOString() ?? "",
        endsAt: schedule.endsAt?.toISOString() ?? "",
        durationHours,
        cutoffHours,
        maxConcurrency,
        maxErrors,
    };
}

function readRing(record: PatchRing): Ring {
    const { startsAt, endsAt, offsetDays } = record;
    return {
        name: record.name,
        servers: record.servers,
        window: {
            schedule: readSchedule(record.schedule, record.timeZone, {
                offsetDays,
                ...(startsAt === "" ? {} : { startsAt: new Date(startsAt) }),
                ...(endsAt === "" ? {} : { endsAt: new Date(endsAt) }),
            }),
            durationHours: record.durationHours,
            cutoffHours: record.cutoffHours,
        },
    };
}

function show(moment: number): string {
    return new Date(moment).toISOString();
}

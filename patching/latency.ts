import { occurrences, type Schedule } from "../aws/schedule/occurrences";
import { nextRunFrom } from "./next-run";
import type { PatchingPlan } from "./patching-plan";
import { rollOut, type Rollout } from "./rollout";

const hour = 3_600_000;
const day = 24 * hour;

/**
 * The Gregorian calendar, with its weekdays, repeats after 28 years until 2100: a schedule of Systems Manager shows all its
 * patterns in that time, daylight saving by today's rules included.
 */
const defaultHorizonDays = 28 * 365.25;

/** Ten weeks show all that schedules by the day of the week can do where clocks never change. */
const weeklyHorizonDays = 70;

/** How far ahead a plan must be followed until its pattern repeats. */
function horizonDaysOf(plan: PatchingPlan): number {
    const windows = [plan.canary, ...plan.production].map(({ window }) => window.schedule);
    return [...windows, plan.scan].every(repeatsWeekly) ? weeklyHorizonDays : defaultHorizonDays;
}

function repeatsWeekly({ text, timeZone, startsAt, endsAt, expression }: Schedule): boolean {
    const fields = text
        .replace(/^cron\(|\)$/g, "")
        .split(/\s+/)
        .slice(-4);
    const [dayOfMonth = "", month, dayOfWeek = "", year] = fields;
    return (
        expression.kind === "cron" &&
        /^(Etc\/)?UTC$/.test(timeZone) &&
        startsAt === undefined &&
        endsAt === undefined &&
        "?*".includes(dayOfMonth) &&
        month === "*" &&
        year === "*" &&
        !/[#L]/.test(dayOfWeek)
    );
}

/** The latest that a patch can be. */
export interface WorstCase {
    readonly kind: "bounded";
    /** From release to the end of the last production window. */
    readonly hours: number;
    /** A patch released just after this moment, milliseconds since 1970, is the latest. */
    readonly released: number;
    /** When the baseline approves it; the canary's window just before is missed. */
    readonly approved: number;
    readonly rollout: Rollout;
}

/** Patches of some moment never arrive. */
export interface Unbounded {
    readonly kind: "unbounded";
    /** A patch released after this moment never reaches the last server. */
    readonly released: number;
    readonly reason: string;
}

/**
 * The worst time from a patch's release to the last production server, when every gate opens: exact for the plan's schedules over the
 * horizon. Windows count to their end, because a window may use all of it.
 */
export function worstCaseLatency(
    plan: PatchingPlan,
    from: Date,
    horizonDays: number = horizonDaysOf(plan),
): WorstCase | Unbounded {
    const until = new Date(from.getTime() + horizonDays * day);
    let worst: WorstCase | undefined;
    let missed: number | undefined;
    const next = nextRunFrom(from);
    for (const { at } of occurrences(plan.canary.window.schedule, from, until)) {
        if (missed !== undefined) {
            const { released, approved } = earliestRelease(plan, missed);
            const rollout = rollOut(plan, at, next);
            if ("waitingFor" in rollout) {
                return {
                    kind: "unbounded",
                    released: missed,
                    reason: `${rollout.waitingFor} never comes`,
                };
            }
            const hours = (lastEnd(rollout) - released) / hour;
            if (approved <= at && hours > (worst?.hours ?? 0)) {
                worst = { kind: "bounded", hours, released, approved, rollout };
            }
        }
        missed = at;
    }
    const last = missed ?? from.getTime();
    if (worst === undefined || plan.canary.window.schedule.endsAt !== undefined) {
        return {
            kind: "unbounded",
            released: last,
            reason: "the canary's window does not come again",
        };
    }
    return worst;
}

/** The earliest release that the window at `missed` is too early for, and when the baseline approves it. */
function earliestRelease(
    plan: PatchingPlan,
    missed: number,
): { readonly released: number; readonly approved: number } {
    if (plan.approvalDelayDays === 0) {
        return { released: missed, approved: missed };
    }
    // Patch Manager counts the days in UTC: a patch is approved when the UTC day of its release, and the delay, have passed.
    const approved = (Math.floor(missed / day) + 1) * day;
    return { released: approved - (plan.approvalDelayDays + 1) * day, approved };
}

/** When the last production server is done. */
function lastEnd(rollout: Rollout): number {
    return rollout.production.at(-1)?.ends ?? rollout.canaryEnds;
}

import { occurrences, type Schedule } from "../aws/schedule/occurrences";
import type { PatchingPlan, Ring } from "./patching-plan";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How far ahead the next run of a schedule is looked for: leap days can be eight years apart. */
const searchDays = 8 * 366 + 1;

/** One patch's way from the canary's window to the last production server. Moments are milliseconds since 1970. */
export interface Rollout {
    readonly canaryStarts: number;
    readonly canaryEnds: number;
    /** A scan that began after the canary's window is readable. */
    readonly scanned: number;
    readonly soaked: number;
    /** The list may be installed from here on. */
    readonly promoted: number;
    readonly production: readonly RingRun[];
}

export interface RingRun {
    readonly ring: Ring;
    readonly starts: number;
    readonly ends: number;
}

/** Why a patch never arrives. */
export interface Stranded {
    readonly canaryStarts: number;
    /** What has no further run. */
    readonly waitingFor: string;
}

/** Follows the patches that the canary's window at this moment installs, when every gate opens. */
export function rollOut(plan: PatchingPlan, canaryStarts: number): Rollout | Stranded {
    const canaryEnds = canaryStarts + plan.canary.window.durationHours * hour;
    if (plan.production.length === 0) {
        const done = canaryEnds;
        return {
            canaryStarts,
            canaryEnds,
            scanned: done,
            soaked: done,
            promoted: done,
            production: [],
        };
    }
    const scan = nextRun(plan.scan, canaryEnds);
    if (scan === undefined) {
        return { canaryStarts, waitingFor: "a patch scan after the canary's window" };
    }
    const scanned = scan + plan.scanAllowanceMinutes * minute;
    const soaked = canaryEnds + plan.soakHours * hour;
    const promoted = Math.max(scanned, soaked) + plan.promotionAllowanceMinutes * minute;
    const production: RingRun[] = [];
    let ready = promoted;
    for (const ring of plan.production) {
        const starts = nextRun(ring.window.schedule, ready);
        if (starts === undefined) {
            return { canaryStarts, waitingFor: `a window of ring ${ring.name}` };
        }
        ready = starts + ring.window.durationHours * hour;
        production.push({ ring, starts, ends: ready });
    }
    return { canaryStarts, canaryEnds, scanned, soaked, promoted, production };
}

/** First run of a schedule at or after a moment; undefined when there is none. */
export function nextRun(schedule: Schedule, from: number): number | undefined {
    const until = new Date(from + searchDays * day);
    for (const { at } of occurrences(schedule, new Date(from), until)) {
        return at;
    }
    return undefined;
}

import { nextRun, type NextRun } from "./next-run";
import type { PatchingPlan, Ring } from "./patching-plan";

const minute = 60_000;
const hour = 60 * minute;

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
export function rollOut(
    plan: PatchingPlan,
    canaryStarts: number,
    next: NextRun = nextRun,
): Rollout | Stranded {
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
    const scan = next(plan.scan, canaryEnds);
    if (scan === undefined) {
        return { canaryStarts, waitingFor: "a patch scan after the canary's window" };
    }
    const scanned = scan + plan.scanAllowanceMinutes * minute;
    const soaked = canaryEnds + plan.soakHours * hour;
    const promoted = Math.max(scanned, soaked) + plan.promotionAllowanceMinutes * minute;
    const production: RingRun[] = [];
    let ready = promoted;
    for (const ring of plan.production) {
        const starts = next(ring.window.schedule, ready);
        if (starts === undefined) {
            return { canaryStarts, waitingFor: `a window of ring ${ring.name}` };
        }
        ready = starts + ring.window.durationHours * hour;
        production.push({ ring, starts, ends: ready });
    }
    return { canaryStarts, canaryEnds, scanned, soaked, promoted, production };
}

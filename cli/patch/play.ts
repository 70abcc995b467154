import type { PatchPlan } from "../../catalog/records/judged-stack";
import { InputError } from "../../catalog/records/input-error";
import { readPatchPlan } from "../../patching/plan-record";
import { quotaWarnings } from "../../patching/simulation/quotas";
import { simulate } from "../../patching/simulation/simulate";
import type { SimulationResult } from "../../patching/simulation/scenario";

/** How a plan is played. */
export interface Play {
    readonly from: Date;
    readonly to: Date;
    /** Days between two patches. */
    readonly releaseEvery: number;
    /** Percentage of installations that fail. */
    readonly failing: number;
    readonly seed: number;
}

export interface Played {
    readonly result: SimulationResult;
    readonly summary: readonly string[];
    /** Whether nothing untested reached production and quorum was kept. */
    readonly sound: boolean;
}

const day = 86_400_000;
/** A usual installation with its restart. */
const installMinutes = 20;

/**
 * Plays patch days; the same numbers play the same.
 *
 * @throws InputError when the last day is not after the first.
 */
export function playPlan(record: PatchPlan, play: Play): Played {
    const from = play.from.getTime();
    const until = play.to.getTime();
    if (until <= from) {
        throw new InputError(["--to must be after --from"]);
    }
    const plan = readPatchPlan(record);
    const rings = [plan.canary, ...plan.production];
    const servers = rings.reduce((sum, ring) => sum + ring.servers.length, 0);
    const random = numbers(play.seed);
    const releases = [];
    for (let at = from; at < until; at += play.releaseEvery * day) {
        releases.push({ id: `patch-${releases.length + 1}`, at });
    }
    const result = simulate({
        plan,
        from,
        until,
        releases,
        quorum: servers < 3 ? 0 : Math.floor(servers / 2) + 1,
        install: () => ({ minutes: installMinutes, succeeds: random() * 100 >= play.failing }),
        missed: () => false,
        healthyThroughSoak: () => random() * 100 >= play.failing,
    });
    const latest = Math.max(
        0,
        ...releases.flatMap(({ id, at }) => {
            const arrived = result.arrived.get(id);
            return arrived === undefined ? [] : [(arrived - at) / day];
        }),
    );
    return {
        result,
        sound: result.untested.length === 0 && result.quorumLost.length === 0,
        summary: [
            `${releases.length} patches released, ${result.arrived.size} on all production servers, the latest after ${latest.toFixed(1)} days.`,
            `Untested patches in production: ${result.untested.length}. Moments without quorum: ${result.quorumLost.length}.`,
            ...quotaWarnings(rings, installMinutes),
        ],
    };
}

/** Numbers from 0 to 1 (a linear congruential generator: the same seed, the same numbers). */
function numbers(seed: number): () => number {
    let state = seed >>> 0;
    return () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state / 2 ** 32;
    };
}

import type { PatchPlan } from "../../catalog/records/judged-stack";
import { InputError } from "../../catalog/records/input-error";
import { readPatchPlan } from "../../patching/plan-record";
import { cannotFinish, minutesPerServer, planWarnings, serversAtOnce } from "../../patching/quotas";
import { simulate } from "../../patching/simulation/simulate";
import type { SimulationResult } from "../../patching/simulation/scenario";

/** How a plan is played. */
export interface Play {
    readonly from: Date;
    readonly to: Date;
    /** Days between two patches. */
    readonly releaseEvery: number;
    /** Percentage of installations, and of soaks, that fail. */
    readonly failing: number;
    /** Percentage of windows that do not open. */
    readonly missed: number;
    /** Percentage of installations for which a mirror is slow. */
    readonly slow: number;
    readonly seed: number;
}

export interface Played {
    readonly result: SimulationResult;
    readonly summary: readonly string[];
    /** Whether nothing untested reached production, quorum was kept, and every window has time for its servers. */
    readonly sound: boolean;
}

const day = 86_400_000;
/** How many times as long an installation takes from a slow mirror. */
const slowdown = 6;

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
    const rates = rings.map((ring, index) => ({
        ring,
        maxConcurrency: record.rings[index]?.maxConcurrency ?? "",
    }));
    // A task without a readable rate is taken to work on one server at a time.
    const atOnce = new Map(
        rates.map(({ ring, maxConcurrency }) => {
            const count = serversAtOnce(maxConcurrency, ring.servers.length);
            return [ring.name, count >= 1 ? count : 1];
        }),
    );
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
        atOnce: (ring) => atOnce.get(ring) ?? 1,
        install: () => ({
            minutes: minutesPerServer * (random() * 100 < play.slow ? slowdown : 1),
            succeeds: random() * 100 >= play.failing,
        }),
        missed: () => random() * 100 < play.missed,
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
        sound:
            result.untested.length === 0 &&
            result.quorumLost.length === 0 &&
            rings.every((ring) => cannotFinish(ring, atOnce.get(ring.name) ?? 1) === undefined),
        summary: [
            `${releases.length} patches released, ${result.arrived.size} on all production servers, the latest after ${latest.toFixed(1)} days.`,
            `Untested patches in production: ${result.untested.length}. Moments without quorum: ${result.quorumLost.length}.`,
            ...unfinished(result),
            ...planWarnings(rates, play.from).map(
                (warning) => `${warning[0]?.toUpperCase() ?? ""}${warning.slice(1)}.`,
            ),
        ],
    };
}

/** Rings whose windows did not open, or ended before every server had its turn, with how many such windows. */
function unfinished({ events }: SimulationResult): readonly string[] {
    const opened = new Map<string, number>();
    const windows = {
        "window-missed": new Map<string, Set<number>>(),
        "window-out-of-time": new Map<string, Set<number>>(),
    };
    for (const { kind, ring, at } of events) {
        if (kind === "window-opened") {
            opened.set(ring, at);
        } else if (kind === "window-missed" || kind === "window-out-of-time") {
            const own = windows[kind];
            const begun = kind === "window-missed" ? at : (opened.get(ring) ?? at);
            own.set(ring, (own.get(ring) ?? new Set<number>()).add(begun));
        }
    }
    const lines = (of: Map<string, Set<number>>, what: string): readonly string[] =>
        [...of].map(([ring, { size }]) => `Windows of ring ${ring} that ${what}: ${size}.`);
    return [
        ...lines(windows["window-missed"], "did not open"),
        ...lines(windows["window-out-of-time"], "ended before every server had its turn"),
    ];
}

/** Numbers from 0 to 1 (a linear congruential generator: the same seed, the same numbers). */
function numbers(seed: number): () => number {
    let state = seed >>> 0;
    return () => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state / 2 ** 32;
    };
}

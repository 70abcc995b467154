import type { PatchingPlan } from "../patching-plan";

/** What a simulated patch period is played with. Moments are milliseconds since 1970. */
export interface Scenario {
    readonly plan: PatchingPlan;
    readonly from: number;
    readonly until: number;
    readonly releases: readonly Release[];
    /** How many servers of the cluster must stay up; a majority for raft. */
    readonly quorum: number;
    /** How many servers a ring's task works on at a time. Defaults to one. */
    readonly atOnce?: (ring: string) => number;
    /** Asked for each server of each window. */
    readonly install: (run: ServerRun) => InstallOutcome;
    /** Runs of maintenance windows that do not happen, asked by ring and moment. */
    readonly missed: (ring: string, startsAt: number) => boolean;
    /** Whether the canary is healthy through its soak after the window that started then. */
    readonly healthyThroughSoak: (windowStartedAt: number) => boolean;
}

/** A patch that became available in the repository. */
export interface Release {
    readonly id: string;
    readonly at: number;
}

/** One server's turn in one window. */
export interface ServerRun {
    readonly ring: string;
    readonly server: string;
    readonly startsAt: number;
    /** Position within the ring, from 0. */
    readonly position: number;
}

/** How an installation goes: the server is down for all of it. */
export interface InstallOutcome {
    readonly minutes: number;
    /** False when the patches fail, or the server is not healthy afterwards. */
    readonly succeeds: boolean;
}

/** One line of the timeline. */
export interface SimulatedEvent {
    readonly at: number;
    readonly kind:
        | "released"
        | "window-opened"
        | "window-missed"
        | "server-patched"
        | "server-failed"
        | "window-out-of-time"
        | "promoted"
        | "held"
        | "nothing-to-do";
    /** Name of the ring, or "". */
    readonly ring: string;
    readonly server: string;
    /** Ids of the releases that it is about. */
    readonly releases: readonly string[];
}

/** What a simulation shows. */
export interface SimulationResult {
    readonly events: readonly SimulatedEvent[];
    /** Release → moment at which the last production server had it; absent when it has not arrived. */
    readonly arrived: ReadonlyMap<string, number>;
    /** Releases that a production server got without the canary having proved them: must be empty. */
    readonly untested: readonly string[];
    /** Moments at which fewer servers than the quorum were up: must be empty. */
    readonly quorumLost: readonly number[];
}

import type { Schedule } from "../aws/schedule/occurrences";

/** Servers that are patched together, in one maintenance window. */
export interface Ring {
    readonly name: string;
    /** Names or ids of the servers. */
    readonly servers: readonly string[];
    readonly window: MaintenanceWindow;
}

/** A recurring time in which patches are installed. */
export interface MaintenanceWindow {
    readonly schedule: Schedule;
    /** 1 to 24. */
    readonly durationHours: number;
    /** No server is begun this long before the end; below the duration. */
    readonly cutoffHours: number;
}

/**
 * How patches reach a cluster: the canary ring installs what the baseline approves; when it has proved itself, the production
 * rings install exactly that, one after the other.
 */
export interface PatchingPlan {
    /** `approveAfterDays` of the baseline: whole days, counted in UTC. */
    readonly approvalDelayDays: number;
    readonly canary: Ring;
    /** In the order in which they are patched. */
    readonly production: readonly Ring[];
    /** How long the canary must stay healthy after its window ends. */
    readonly soakHours: number;
    /** The patch scan; promotion waits for one that begins after the canary's window. */
    readonly scan: Schedule;
    /** Time allowed for a scan to end and be readable. */
    readonly scanAllowanceMinutes: number;
    /** Time allowed for the promotion to decide and write the list. */
    readonly promotionAllowanceMinutes: number;
}

/** Something wrong with a plan. */
export interface PlanProblem {
    /** Path of the input: `production[0].window.schedule`. */
    readonly propertyPath: string;
    /** Complete by itself: what is wrong, the value, what is allowed. */
    readonly reason: string;
}

/** How long a scan of a ring may take until its result can be read. */
export const scanAllowanceMinutes = 60;

/** How long the promotion may take to decide and write the list: it asks again every hour. */
export const promotionAllowanceMinutes = 90;

/**
 * What was read of one canary before a promotion. A part that could not be read is `undefined`: it holds the promotion. Moments are
 * milliseconds since 1970.
 */
export interface CanaryReading {
    /** Instance id. */
    readonly server: string;
    /** From `ssm:DescribeInstanceInformation`. */
    readonly agent?: { readonly pingStatus: string; readonly lastPingAt: number };
    /** From `ssm:DescribeInstancePatchStates`. */
    readonly patchState?: PatchState;
    /** From `ssm:DescribeInstancePatches`, every page of it. */
    readonly patches?: readonly InstalledPatch[];
    /** Lines of the scan's output that say a repository could not be reached. */
    readonly repositoryWarnings?: readonly string[];
    /** The host audit's closing counts. */
    readonly hostAudit?: { readonly at: number; readonly checks: number; readonly failed: number };
    /** Answers of the workload's health check, asked on the server through the soak, in the order of time. */
    readonly health?: readonly { readonly at: number; readonly healthy: boolean }[];
}

/** Counts of the newest scan. */
export interface PatchState {
    /** `Scan` or `Install`. */
    readonly operation: string;
    readonly startedAt: number;
    readonly endedAt: number;
    readonly installed: number;
    readonly installedOther: number;
    readonly installedPendingReboot: number;
    readonly installedRejected: number;
    readonly missing: number;
    readonly failed: number;
}

/** One patch as Patch Manager lists it. */
export interface InstalledPatch {
    /** `name.arch` on Linux. */
    readonly id: string;
    /** dnf: `name.arch:epoch:version-release`; apt: `name.arch:version`. */
    readonly title: string;
    /** `Installed`, `InstalledOther`, `InstalledPendingReboot`, `InstalledRejected`, `Missing`, `Failed`, `NotApplicable`, … */
    readonly state: string;
}

/** What the gate demands. */
export interface GateDemands {
    readonly windowStartedAt: number;
    readonly windowEndedAt: number;
    readonly now: number;
    readonly soakHours: number;
    /** How often the workload's health is asked through the soak. */
    readonly healthIntervalMinutes: number;
    /** An agent that was silent for longer is not online. */
    readonly agentSilenceMinutes: number;
    /** Ids of the canary's servers: each must have been read. */
    readonly canaries: readonly string[];
    /** A reason to hold that a person gave, or "". */
    readonly manualHold: string;
}

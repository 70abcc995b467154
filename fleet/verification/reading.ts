import type { PatchState } from "../../patching/gate/reading";

/**
 * What was read of one server in AWS. A part that could not be read, or that AWS has nothing of, is `undefined`, and `problems` says
 * why it could not be read. Moments are milliseconds since 1970.
 */
export interface ServerReading {
    readonly instanceId: string;
    readonly instance?: {
        readonly account: string;
        readonly state: string;
        readonly launchedAt: number;
    };
    readonly agent?: { readonly pingStatus: string; readonly lastPingAt: number };
    /** Associations that apply the host profile, by their name. */
    readonly profileAssociations?: readonly {
        readonly name: string;
        readonly status: string;
        readonly ranAt: number;
    }[];
    /** Published items of the host audit. */
    readonly hostAudit?: {
        readonly at: number;
        readonly compliant: number;
        /** Ids of the checks that fail. */
        readonly failing: readonly string[];
    };
    readonly patchState?: PatchState;
    /** Newest event of each log group, in the server's own streams. */
    readonly logs?: readonly { readonly group: string; readonly lastEventAt?: number }[];
    /** Messages of calls that failed, each with the name of its API call. */
    readonly problems: readonly string[];
}

/** What was read of the log archive; `undefined` parts as in {@link ServerReading}. */
export interface ArchiveReading {
    readonly bucket: string;
    /** The newest object below the prefix. */
    readonly newest?: {
        readonly key: string;
        readonly at: number;
        readonly lockMode: string;
        readonly retainUntil: number;
    };
    readonly problems: readonly string[];
}

/** What verification demands. */
export interface VerificationDemands {
    readonly now: number;
    /** Account that the servers must belong to: the caller's. */
    readonly account: string;
    readonly agentSilenceMinutes: number;
    readonly auditAgeHours: number;
    readonly scanAgeHours: number;
    readonly logSilenceMinutes: number;
    readonly archiveRetentionDays: number;
    readonly archiveAgeHours: number;
    /** Log groups that must receive events of every server. */
    readonly logGroups: readonly string[];
}

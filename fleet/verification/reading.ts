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
    /** Log groups that could be read, with the newest event in the server's own streams. */
    readonly logs?: readonly {
        readonly group: string;
        readonly lastEventAt?: number;
        /** Names of those streams without the instance id: `journal`, `audit` … */
        readonly streams?: readonly string[];
    }[];
    /** Messages of calls that failed, each with the name of its API call. */
    readonly problems: readonly string[];
}

/** Where the servers' logs are archived. */
export interface Archive {
    readonly bucket: string;
    readonly prefix: string;
    /** Account that must own the bucket; "" for the servers' own. */
    readonly account: string;
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
    readonly logs: LogDemands;
}

/** Which logs must arrive. */
export interface LogDemands {
    /** Groups that never fall silent. */
    readonly steady: readonly string[];
    /** Groups that are written to when something happens, such as a session: they must exist. */
    readonly occasional: readonly string[];
    /** Group of the key-management software, which must have written since the server was launched. */
    readonly application?: {
        readonly group: string;
        /** Stream of the audit log, which begins with the first initialisation; undefined for software without such a file. */
        readonly auditStream?: string;
        /** Whether a server that waits for its initialisation fails. */
        readonly initialised: boolean;
    };
}

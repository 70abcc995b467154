import type { ServerReading, VerificationDemands } from "../../fleet/verification/reading";

const minute = 60_000;
const hour = 60 * minute;

/** The moment at which the tests verify. */
export const now = Date.parse("2026-11-24T12:00:00Z");

/** Demands with the catalog's usual values. */
export function verificationDemands(
    changes: Partial<VerificationDemands> = {},
): VerificationDemands {
    return {
        now,
        account: "111122223333",
        agentSilenceMinutes: 15,
        auditAgeHours: 26,
        scanAgeHours: 26,
        logSilenceMinutes: 15,
        archiveRetentionDays: 365,
        archiveAgeHours: 26,
        logs: {
            steady: ["/keyward/vault/system", "/keyward/vault/security"],
            occasional: ["/keyward/vault/session"],
            application: {
                group: "/keyward/vault/application",
                auditStream: "audit",
                initialised: false,
            },
        },
        ...changes,
    };
}

/** A server that passes every check. */
export function cleanServer(changes: Partial<ServerReading> = {}): ServerReading {
    return {
        instanceId: "i-0a",
        instance: { account: "111122223333", state: "running", launchedAt: now - 3 * hour },
        agent: { pingStatus: "Online", lastPingAt: now - minute },
        profileAssociations: [
            { name: "keyward-host-profile-vault", status: "Success", ranAt: now - 2 * hour },
        ],
        hostAudit: { at: now - hour, compliant: 180, failing: [] },
        patchState: {
            operation: "Scan",
            startedAt: now - 1.1 * hour,
            endedAt: now - hour,
            installed: 3,
            installedOther: 300,
            installedPendingReboot: 0,
            installedRejected: 0,
            missing: 0,
            failed: 0,
        },
        logs: [
            { group: "/keyward/vault/system", lastEventAt: now - minute },
            { group: "/keyward/vault/security", lastEventAt: now - 2 * minute },
            { group: "/keyward/vault/session" },
            {
                group: "/keyward/vault/application",
                lastEventAt: now - 2 * hour,
                streams: ["journal", "audit"],
            },
        ],
        problems: [],
        ...changes,
    };
}

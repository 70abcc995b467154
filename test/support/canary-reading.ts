import type { CanaryReading, GateDemands } from "../../patching/gate/reading";

const hour = 3_600_000;
const windowEndedAt = Date.parse("2026-11-24T05:00:00Z");
const now = windowEndedAt + 25 * hour;

/** Demands of a gate that decides 25 hours after its window, with 24 hours of soak. */
export function gateDemands(changes: Partial<GateDemands> = {}): GateDemands {
    return {
        windowStartedAt: windowEndedAt - 2 * hour,
        windowEndedAt,
        now,
        soakHours: 24,
        healthIntervalMinutes: 60,
        agentSilenceMinutes: 15,
        canaries: ["i-0a"],
        manualHold: "",
        ...changes,
    };
}

/** A canary that nothing speaks against. */
export function cleanReading(changes: Partial<CanaryReading> = {}): CanaryReading {
    return {
        server: "i-0a",
        agent: { pingStatus: "Online", lastPingAt: now - 60_000 },
        patchState: {
            operation: "Scan",
            startedAt: windowEndedAt + hour,
            endedAt: windowEndedAt + 1.1 * hour,
            installed: 2,
            installedOther: 300,
            installedPendingReboot: 0,
            installedRejected: 0,
            missing: 0,
            failed: 0,
        },
        patches: [
            {
                id: "openssl-libs.x86_64",
                title: "openssl-libs.x86_64:1:3.0.8-1.amzn2023.0.20",
                state: "Installed",
            },
            {
                id: "curl-minimal.x86_64",
                title: "curl-minimal.x86_64:0:8.5.0-1.amzn2023.0.5",
                state: "Installed",
            },
            {
                id: "bash.x86_64",
                title: "bash.x86_64:0:5.2.15-1.amzn2023",
                state: "InstalledOther",
            },
        ],
        repositoryWarnings: [],
        hostAudit: { at: windowEndedAt + 2 * hour, checks: 180, failed: 0 },
        health: Array.from({ length: 25 }, (_, index) => ({
            at: windowEndedAt + index * hour,
            healthy: true,
        })),
        ...changes,
    };
}

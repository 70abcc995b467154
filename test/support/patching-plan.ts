import { readSchedule } from "../../aws/schedule/occurrences";
import type { PatchingPlan, Ring } from "../../patching/patching-plan";

/** A ring with one window; by default a Tuesday night in Berlin. */
export function ring(
    name: string,
    servers: readonly string[],
    text: string,
    window: Partial<{ timeZone: string; durationHours: number; cutoffHours: number }> = {},
): Ring {
    const { timeZone = "Europe/Berlin", durationHours = 3, cutoffHours = 1 } = window;
    return {
        name,
        servers,
        window: { schedule: readSchedule(text, timeZone), durationHours, cutoffHours },
    };
}

/** Canary on Tuesday, production on Thursday, a day of soak, a scan each night. */
export function weeklyPlan(changes: Partial<PatchingPlan> = {}): PatchingPlan {
    return {
        approvalDelayDays: 0,
        canary: ring("canary", ["vault-0"], "cron(0 4 ? * TUE *)", { durationHours: 2 }),
        production: [ring("production", ["vault-1", "vault-2"], "cron(0 4 ? * THU *)")],
        soakHours: 24,
        scan: readSchedule("cron(0 1 * * ? *)"),
        scanAllowanceMinutes: 60,
        promotionAllowanceMinutes: 30,
        ...changes,
    };
}

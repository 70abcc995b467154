import type { PatchPlan, PatchRing, PatchWindow } from "../../../catalog/records/judged-stack";
import { urns } from "./urns";

const dayMs = 24 * 60 * 60 * 1000;

/** Weekly windows of two hours for 90 days. */
function windows(ring: string, first: string): PatchWindow[] {
    const iso = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;
    return Array.from({ length: 13 }, (_, week) => {
        const starts = Date.parse(first) + week * 7 * dayMs;
        return { ring, starts: iso(starts), ends: iso(starts + dayMs / 12) };
    });
}

function ring(
    name: string,
    role: PatchRing["role"],
    servers: readonly string[],
    weekday: string,
): PatchRing {
    return {
        name,
        role,
        servers,
        schedule: `cron(0 2 ? * ${weekday} *)`,
        timeZone: "Europe/Berlin",
        offsetDays: 0,
        startsAt: "",
        endsAt: "",
        durationHours: 2,
        cutoffHours: 1,
        maxConcurrency: "1",
        maxErrors: "0",
    };
}

/** A canary on Tuesdays, production on Saturdays, and a worst case of 18 days and 8 hours. */
export const samplePatchPlan: PatchPlan = {
    deadlineDays: 30,
    worstCaseHours: 440,
    worstCase: [
        { at: "2026-11-24T02:00:01Z", what: "patch released just after the canary's window" },
        { at: "2026-12-01T02:00:00Z", what: "canary window opens: patch not approved yet" },
        { at: "2026-12-08T02:00:00Z", what: "canary window installs the patch" },
        { at: "2026-12-08T06:00:00Z", what: "promotion writes the tested list" },
        { at: "2026-12-12T02:00:00Z", what: "production window installs the list" },
        { at: "2026-12-12T10:00:00Z", what: "last server of production restarted and verified" },
    ],
    promotionGated: true,
    approvalDelayDays: 7,
    soakHours: 24,
    scanSchedule: "cron(0 1 * * ? *)",
    scanAllowanceMinutes: 60,
    promotionAllowanceMinutes: 30,
    rings: [
        ring("canary", "canary", urns.servers.slice(0, 1), "TUE"),
        ring("production", "production", urns.servers.slice(1), "SAT"),
    ],
    calendar: [
        ...windows("canary", "2026-11-24T01:00:00Z"),
        ...windows("production", "2026-11-28T01:00:00Z"),
    ].sort((a, b) => (a.starts < b.starts ? -1 : 1)),
};

import type { PatchPlan } from "../catalog/records/judged-stack";
import { formatDuration } from "./duration";

/** Says when patches arrive at the latest, and whether that is inside the deadline. */
export function latencySentence({ worstCaseHours, deadlineDays }: PatchPlan): string {
    if (worstCaseHours === null) {
        return `Patches released at some moments never reach every server; the deadline is ${deadlineDays} days.`;
    }
    const inTime = worstCaseHours <= deadlineDays * 24;
    return `Patches reach every server ${formatDuration(worstCaseHours)} after their release at the latest, ${inTime ? "inside" : "after"} the deadline of ${deadlineDays} days.`;
}

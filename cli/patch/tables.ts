import Table from "cli-table3";
import type { PatchPlan } from "../../catalog/records/judged-stack";
import { patchCalendar, readPatchPlan } from "../../patching/plan-record";
import type { SimulationResult } from "../../patching/simulation/scenario";

/** Width of every table. */
const columns = 80;

/** The worst case step by step, and whether it meets the deadline. */
export function latencyLines(plan: PatchPlan): readonly string[] {
    const { worstCaseHours, deadlineDays } = plan;
    const days = worstCaseHours === null ? undefined : worstCaseHours / 24;
    return [
        ...table(
            ["when (UTC)", "what"],
            [20, 60],
            plan.worstCase.map(({ at, what }) => [minute(at), what]),
        ),
        "",
        days === undefined
            ? `Never: some patches do not reach the last server; the deadline is ${deadlineDays} days.`
            : `At worst ${days.toFixed(1)} days from release to the last server, of ${deadlineDays}: ${days <= deadlineDays ? "met" : "NOT MET"}.`,
        plan.promotionGated
            ? "Production installs only what the canary proved."
            : "NOT GATED: production installs what is approved by then.",
    ];
}

/** Every window of the next days. */
export function calendarLines(plan: PatchPlan, days: number): readonly string[] {
    const windows = patchCalendar(readPatchPlan(plan), new Date(), days);
    return table(
        ["begins (UTC)", "ends (UTC)", "ring"],
        [20, 20, 40],
        windows.map(({ starts, ends, ring }) => [minute(starts), minute(ends), ring]),
    );
}

/** What happened in a simulation, in the order of time. */
export function eventLines({ events }: SimulationResult): readonly string[] {
    return table(
        ["when (UTC)", "what", "ring", "about"],
        [19, 17, 19, 20],
        events.map(({ at, kind, ring, server, releases }) => [
            minute(new Date(at).toISOString()),
            kind,
            ring,
            [lastPart(server), shorten(releases)].filter(Boolean).join(" "),
        ]),
    );
}

/** A URN's name; other names as they are. */
function lastPart(server: string): string {
    return server.split("::").at(-1) ?? server;
}

function shorten(releases: readonly string[]): string {
    return releases.length > 2 ? `${releases.length} patches` : releases.join(" ");
}

function minute(iso: string): string {
    return iso === "" ? "never" : iso.slice(0, 16).replace("T", " ");
}

function table(
    head: readonly string[],
    widths: readonly number[],
    rows: readonly (readonly string[])[],
): readonly string[] {
    const inner = columns - head.length - 1;
    const total = widths.reduce((sum, width) => sum + width, 0);
    const made = new Table({
        head: [...head],
        colWidths: widths.map((width) => Math.floor((width * inner) / total)),
        wordWrap: true,
        style: { head: [], border: [], compact: true },
    });
    made.push(...rows.map((row) => [...row]));
    return made.toString().split("\n");
}

import type { InstalledPatch, PatchState } from "./reading";

/** Type of the compliance items that `keyward-patch scan` publishes, one a package and one with the counts. */
export const patchComplianceType = "Custom:KeywardPatches";

/** An item's text and its detail `state`: `Installed`, `Missing`, `Failed` or `Summary`. */
export interface PatchItem {
    readonly title: string;
    readonly state: string;
}

/** What a scan says of one server. */
export interface ScannedPatches {
    /** Undefined when the counts are missing or cannot be read. */
    readonly state?: PatchState;
    readonly patches: readonly InstalledPatch[];
}

const counts =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) installed (\d+) missing (\d+) failed (\d+) restart ([01])$/;

/** Reads the items of a scan that was published at a moment, milliseconds since 1970. */
export function readPatchItems(items: readonly PatchItem[], publishedAt: number): ScannedPatches {
    const summaries = items.filter(({ state }) => state === "Summary");
    const match = summaries.length === 1 ? counts.exec(summaries[0]?.title ?? "") : null;
    const patches = items
        .filter(({ state }) => state !== "Summary")
        .map(({ title, state }) => ({ id: title.split(":")[0] ?? "", title, state }));
    if (match === null) {
        return { patches };
    }
    const [, startedAt = "", installed, missing, failed, restart] = match;
    return {
        patches,
        state: {
            operation: "Scan",
            startedAt: Date.parse(startedAt),
            endedAt: publishedAt,
            installed: Number(installed),
            installedOther: 0,
            installedPendingReboot: Number(restart),
            installedRejected: 0,
            missing: Number(missing),
            failed: Number(failed),
        },
    };
}

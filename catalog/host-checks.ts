import { controlsOfHostCheck } from "./controls";
import { severities, type Severity } from "./severity";

/** The check that judges exemptions; it allows none. */
export const exemptionCheck = "host-exemptions-sound";

/** What the catalog says of a host check. */
export interface HostCheckDescription {
    /** That of the worst control. */
    readonly severity: Severity;
    /** Ids, in the catalog's order; at least one. */
    readonly controls: readonly string[];
}

/** Controls that a host check enforces, and how much they matter. Throws for a check that belongs to no control. */
export function describeHostCheck(id: string): HostCheckDescription {
    const controls = controlsOfHostCheck(id);
    const severity = severities.find((level) => controls.some((known) => known.severity === level));
    if (severity === undefined) {
        throw new Error(`no control of the catalog names the host check "${id}"`);
    }
    return { severity, controls: controls.map((known) => known.id) };
}

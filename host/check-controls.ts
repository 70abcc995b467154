import { controlsOfHostCheck } from "../catalog/controls";
import { severities, type Severity } from "../catalog/severity";

/** What the catalog says of a host check. */
export interface CheckDescription {
    /** That of the worst control. */
    readonly severity: Severity;
    /** Ids, in the catalog's order; at least one. */
    readonly controls: readonly string[];
}

/** Controls that a host check enforces, and how much they matter. Throws for a check that belongs to no control. */
export function describeCheck(id: string): CheckDescription {
    const controls = controlsOfHostCheck(id);
    const severity = severities.find((level) => controls.some((known) => known.severity === level));
    if (severity === undefined) {
        throw new Error(`no control of the catalog names the host check "${id}"`);
    }
    return { severity, controls: controls.map((known) => known.id) };
}

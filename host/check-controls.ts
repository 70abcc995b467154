import type { Severity } from "../catalog/severity";

/** Controls that a host check enforces, and how much they matter. */
export function describeCheck(id: string): { severity: Severity; controls: readonly string[] } {
    return { severity: "medium", controls: [id] };
}

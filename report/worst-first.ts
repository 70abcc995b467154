import type { Finding } from "../catalog/records/finding";
import type { FindingVerdict } from "../catalog/records/verdict";
import { severities } from "../catalog/severity";

const verdicts: readonly FindingVerdict[] = ["fail", "indeterminate", "exempt"];

/**
 * Sorts findings as people need them: what blocks, then advice, then granted exceptions; in each by severity, failures before
 * doubts; the rest by policy, resource and place, so that the order never depends on the input's.
 */
export function worstFirst(findings: readonly Finding[]): Finding[] {
    return [...findings].sort(
        (a, b) =>
            urgency(a) - urgency(b) ||
            severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
            verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict) ||
            compare(a.policy, b.policy) ||
            compare(a.urn, b.urn) ||
            compare(a.path, b.path) ||
            compare(a.fingerprint, b.fingerprint),
    );
}

function urgency({ level, verdict }: Finding): number {
    return verdict === "exempt" ? 2 : level === "mandatory" ? 0 : 1;
}

function compare(a: string, b: string): number {
    return a < b ? -1 : a > b ? 1 : 0;
}

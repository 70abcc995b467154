import { InputError } from "../catalog/records/input-error";
import type { JudgedStack } from "../catalog/records/judged-stack";
import type { FindingVerdict } from "../catalog/records/verdict";
import { severities, type Severity } from "../catalog/severity";

/** What a stack must not have besides findings that block: findings as bad as this or worse. */
export interface Demand {
    readonly verdict: FindingVerdict;
    readonly severity: Severity;
}

/** Worst first: a demand about one includes those before it. */
const verdicts: readonly FindingVerdict[] = ["fail", "indeterminate", "exempt"];

/**
 * Reads `VERDICT[:SEVERITY]`, such as `fail:high` or `indeterminate`. Without a severity every one counts.
 *
 * @throws InputError for other words.
 */
export function parseDemand(text: string): Demand {
    const [verdictText = "", severityText = "low", ...rest] = text.split(":");
    const verdict = verdicts.find((known) => known === verdictText);
    const severity = severities.find((known) => known === severityText);
    if (verdict === undefined || severity === undefined || rest.length > 0) {
        throw new InputError([
            `--fail-on is "${text}"; it must be VERDICT or VERDICT:SEVERITY with a verdict of ${verdicts.join(", ")} and a severity of ${severities.join(", ")}, such as fail:high`,
        ]);
    }
    return { verdict, severity };
}

/** Whether a stack meets the demand: nothing blocks it, and no finding is as bad as the demand names. */
export function meetsDemand(report: JudgedStack, demand?: Demand): boolean {
    if (report.blocked || demand === undefined) {
        return !report.blocked;
    }
    return !report.findings.some(
        ({ verdict, severity }) =>
            verdicts.indexOf(verdict) <= verdicts.indexOf(demand.verdict) &&
            severities.indexOf(severity) <= severities.indexOf(demand.severity),
    );
}

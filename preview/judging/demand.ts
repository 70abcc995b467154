import { InputError } from "../../catalog/records/input-error";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import { severities, type Severity } from "../../catalog/severity";

/** What a command demands of a report: exit status 1 says that it is not met. */
export type Demand = (report: JudgedStack) => boolean;

/** The verdicts of findings, worst first: a demand on one covers those before it. */
const order = ["fail", "indeterminate", "exempt"] as const;

/**
 * Reads `--fail-on VERDICT[:SEVERITY]`: no finding of this verdict or a worse one, of this severity or a worse one. `blocked`, the
 * default, asks what the engine asks: no mandatory finding. `never` asks for nothing. Throws `InputError`.
 */
export function parseDemand(written: string): Demand {
    if (written === "blocked") {
        return (report) => !report.blocked;
    }
    if (written === "never") {
        return () => true;
    }
    const [verdict = "", severity = "low", ...rest] = written.split(":");
    const verdictRank = order.findIndex((each) => each === verdict);
    const severityRank = severities.findIndex((each) => each === severity);
    if (verdictRank < 0 || severityRank < 0 || rest.length > 0) {
        throw new InputError([
            `--fail-on must be blocked, never, or VERDICT[:SEVERITY] with a verdict of ${order.join(", ")} and a severity of ${severities.join(", ")}, got "${written}"`,
        ]);
    }
    const rankOf = (each: Severity): number => severities.indexOf(each);
    return (report) =>
        !report.findings.some(
            (finding) =>
                order.indexOf(finding.verdict) <= verdictRank &&
                rankOf(finding.severity) <= severityRank,
        );
}

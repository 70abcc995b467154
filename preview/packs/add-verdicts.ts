import type { JudgedStack, PolicyResult } from "../../catalog/records/judged-stack";
import { compareFindings } from "../../policy-pack/judging/findings";
import { compareBy } from "../../policy-pack/judging/order";
import { summaryOf } from "../../policy-pack/judging/results";
import type { PackVerdicts } from "./pack-verdicts";

/** Puts what other packs say into a report: findings the worst first, policies by name. */
export function addVerdicts(report: JudgedStack, packs: readonly PackVerdicts[]): JudgedStack {
    if (packs.length === 0) {
        return report;
    }
    const findings = [...report.findings, ...packs.flatMap((pack) => pack.findings)].sort(
        compareFindings,
    );
    return {
        ...report,
        blocked: findings.some(({ level }) => level === "mandatory"),
        summary: summaryOf(findings),
        findings,
        policies: [...report.policies, ...packs.flatMap((pack) => pack.policies)].sort(
            compareBy<PolicyResult>(({ name }) => name),
        ),
    };
}

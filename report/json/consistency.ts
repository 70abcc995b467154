import type { JudgedStack } from "../../catalog/records/judged-stack";
import { severities } from "../../catalog/severity";

/**
 * Finds where a report contradicts itself. A report that was cut, merged or edited by hand must not pass for a clean one, and a
 * report in which no policy judged anything says nothing at all.
 */
export function findContradictions(report: JudgedStack): string[] {
    return [...withoutPolicyData(report), ...wrongBlocked(report), ...wrongSummary(report)];
}

function withoutPolicyData({ policies }: JudgedStack): string[] {
    if (policies.length === 0) {
        return ["the report holds no policy data: policies is empty, so nothing was judged"];
    }
    const verdicts = policies.flatMap(({ counts }) => Object.values(counts));
    return verdicts.every((count) => count === 0)
        ? [
              `the report holds no policy data: none of its ${policies.length} policies gave a verdict, so nothing was judged`,
          ]
        : [];
}

function wrongBlocked({ blocked, findings }: JudgedStack): string[] {
    const mandatory = findings.filter(({ level }) => level === "mandatory").length;
    return blocked === mandatory > 0
        ? []
        : [`blocked is ${blocked}, but findings holds ${mandatory} of level "mandatory"`];
}

function wrongSummary({ findings, summary }: JudgedStack): string[] {
    return (["fail", "indeterminate", "exempt"] as const).flatMap((verdict) =>
        severities.flatMap((severity) => {
            const stated = summary[verdict][severity];
            const counted = findings.filter(
                (finding) => finding.verdict === verdict && finding.severity === severity,
            ).length;
            return stated === counted
                ? []
                : [`summary.${verdict}.${severity} is ${stated}, but findings holds ${counted}`];
        }),
    );
}

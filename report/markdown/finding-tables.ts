import type { Finding } from "../../catalog/records/finding";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import { nameOf } from "../urn";
import { worstFirst } from "../worst-first";
import { codeSpan } from "./code-span";

/** Longer texts are cut: the JSON report has them whole. */
const longest = { name: 120, path: 120, message: 600 } as const;

/** The tables of findings, worst first, in at most `budget` characters; what does not fit is counted. */
export function writeFindingTables(report: JudgedStack, budget: number): string {
    const findings = worstFirst(report.findings);
    const expiries = new Map(report.exemptions.map(({ id, expires }) => [id, expires]));
    const lines: string[] = [];
    let spent = 0;
    let shown = 0;
    for (const finding of findings) {
        const heading = shown === 0 || groupOf(findings[shown - 1]) !== groupOf(finding);
        const row = [
            ...(heading ? headingOf(groupOf(finding)) : []),
            rowOf(finding, expiries.get(finding.exemption ?? "")),
        ].join("\n");
        if (spent + row.length + 1 > budget) {
            break;
        }
        lines.push(row);
        spent += row.length + 1;
        shown += 1;
    }
    const left = findings.slice(shown);
    return [...lines, ...(left.length > 0 ? ["", cutNote(left)] : [])].join("\n");
}

type Group = "Blocking" | "Advisory" | "Exempt";

function groupOf(finding: Finding | undefined): Group {
    return finding?.verdict === "exempt"
        ? "Exempt"
        : finding?.level === "mandatory"
          ? "Blocking"
          : "Advisory";
}

function headingOf(group: Group): string[] {
    const last = group === "Exempt" ? "Exempt until" : "Verdict";
    return [
        "",
        `### ${group}`,
        "",
        `| Severity | Policy | Resource | What was found | ${last} |`,
        "| --- | --- | --- | --- | --- |",
    ];
}

function rowOf(finding: Finding, expires: string | undefined): string {
    const place = [
        codeSpan(nameOf(finding.urn), longest.name),
        codeSpan(finding.path, longest.path),
    ].filter((part) => part !== "");
    const cells = [
        finding.severity,
        codeSpan(finding.policy, longest.name),
        place.join("<br>"),
        codeSpan(finding.message, longest.message),
        finding.verdict === "exempt" ? codeSpan(expires ?? "unknown", 20) : finding.verdict,
    ];
    return `| ${cells.join(" | ")} |`;
}

function cutNote(left: readonly Finding[]): string {
    const counts = (["Blocking", "Advisory", "Exempt"] as const)
        .map((group) => ({
            group,
            count: left.filter((finding) => groupOf(finding) === group).length,
        }))
        .filter(({ count }) => count > 0)
        .map(({ group, count }) => `${count} ${group.toLowerCase()}`);
    return `**${left.length} more findings do not fit here** (${counts.join(", ")}): see the JSON, SARIF or HTML report.`;
}

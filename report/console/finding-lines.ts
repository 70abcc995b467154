import type { Colors } from "picocolors/types";
import type { Finding } from "../../catalog/records/finding";
import { nameOf } from "../urn";
import { worstFirst } from "../worst-first";
import { printable, wrap } from "./text";

/** Findings that are printed; all of them are in the other forms of the report. */
const mostFindings = 50;

const marks = { fail: "✗", indeterminate: "?", exempt: "~" } as const;
const words = {
    fail: "",
    indeterminate: "cannot be decided",
    exempt: "exempt",
} as const;

/** Lists the findings, worst first: what was found, where, and what to write instead. */
export function listFindings(
    findings: readonly Finding[],
    width: number,
    colors: Colors,
): string[] {
    const sorted = worstFirst(findings);
    const lines = sorted
        .slice(0, mostFindings)
        .flatMap((finding) => [...describe(finding, width, colors), ""]);
    const left = sorted.length - mostFindings;
    return left > 0
        ? [...lines, colors.dim(`… and ${left} more; --json FILE or --html FILE has them all`), ""]
        : lines;
}

function describe(finding: Finding, width: number, colors: Colors): string[] {
    const colour =
        finding.verdict === "exempt"
            ? colors.dim
            : finding.level === "mandatory"
              ? colors.red
              : colors.yellow;
    const notes = [
        finding.level === "mandatory" ? "blocks" : "advisory",
        words[finding.verdict],
        finding.exemption ?? "",
    ].filter((note) => note !== "");
    const where = `${printable(nameOf(finding.urn))}${finding.path === "" ? "" : `, ${printable(finding.path)}`}`;
    return [
        `${colour(`${marks[finding.verdict]} ${finding.severity}`)} ${colors.bold(printable(finding.policy))} ${colors.dim(`(${notes.join(", ")})`)}`,
        ...wrap(`${where} — ${printable(finding.type)}`, width, "    ").map(colors.dim),
        ...wrap(printable(finding.message), width, "    "),
        ...(finding.verdict === "exempt" || finding.remediation === ""
            ? []
            : wrap(`→ ${printable(finding.remediation)}`, width, "    ").map(colors.cyan)),
    ];
}

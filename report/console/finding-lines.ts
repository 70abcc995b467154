import type { Colors, Formatter } from "picocolors/types";
import type { Finding } from "../../catalog/records/finding";
import { nameOf } from "../urn";
import { worstFirst } from "../worst-first";
import { counted, printable, wrap } from "./text";

/** Groups and places of a group that are printed; all of them are in the other forms of the report. */
const mostGroups = 40;
const mostPlaces = 5;

const marks = { fail: "✗", indeterminate: "?", exempt: "~" } as const;
const indent = "    ";

/**
 * Lists the findings, worst first: what was found, where, and what to write instead. Findings of one policy and verdict stand
 * together, so that what to write is said once.
 */
export function listFindings(
    findings: readonly Finding[],
    width: number,
    colors: Colors,
): string[] {
    const groups = groupByPolicy(worstFirst(findings));
    const lines = groups
        .slice(0, mostGroups)
        .flatMap((group, index) => [
            ...(index === 0 ? [] : [""]),
            ...describe(group, width, colors),
        ]);
    const left = groups.slice(mostGroups).reduce((sum, group) => sum + group.length, 0);
    return left > 0 ? [...lines, "", colors.dim(`… and ${left} more ${elsewhere}`)] : lines;
}

const elsewhere = "(--json FILE has them all)";

type Group = readonly [Finding, ...Finding[]];

function groupByPolicy(findings: readonly Finding[]): Group[] {
    const groups = new Map<string, [Finding, ...Finding[]]>();
    for (const finding of findings) {
        const key = [finding.policy, finding.verdict, finding.level, finding.severity].join(" ");
        const group = groups.get(key);
        if (group === undefined) {
            groups.set(key, [finding]);
        } else {
            group.push(finding);
        }
    }
    return [...groups.values()];
}

function describe(group: Group, width: number, colors: Colors): string[] {
    const [first] = group;
    const places = group.slice(0, mostPlaces);
    const left = group.length - places.length;
    return [
        heading(group, colors),
        ...places.flatMap((finding) => [
            ...wrap(placeOf(finding), width, indent).map(colors.bold),
            ...wrap(printable(finding.message), width, indent),
        ]),
        ...(left > 0 ? [colors.dim(`${indent}… and ${left} more ${elsewhere}`)] : []),
        ...(first.verdict === "exempt" || first.remediation === ""
            ? []
            : wrap(`→ ${printable(first.remediation)}`, width, indent).map(colors.cyan)),
    ];
}

function heading(group: Group, colors: Colors): string {
    const [{ verdict, level, severity, policy }] = group;
    const notes = [
        level === "mandatory" ? "blocks" : "advisory",
        ...(verdict === "indeterminate" ? ["cannot be decided"] : []),
        ...(verdict === "exempt" ? ["exempt"] : []),
        ...(group.length > 1 ? [counted(group.length, "finding")] : []),
    ];
    const mark = colourOf(group[0], colors)(`${marks[verdict]} ${severity}`);
    return `${mark} ${colors.bold(printable(policy))} ${colors.dim(`(${notes.join(", ")})`)}`;
}

function colourOf({ verdict, level }: Finding, colors: Colors): Formatter {
    if (verdict === "exempt") {
        return colors.dim;
    }
    return level === "mandatory" ? colors.red : colors.yellow;
}

function placeOf({ urn, path, type, exemption }: Finding): string {
    const property = path === "" ? "" : `, ${path}`;
    const granted = exemption === undefined ? "" : ` [exemption ${exemption}]`;
    return printable(`${nameOf(urn)}${property} (${type})${granted}`);
}

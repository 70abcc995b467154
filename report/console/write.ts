import Table from "cli-table3";
import picocolors from "picocolors";
import type { Colors } from "picocolors/types";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import { severities } from "../../catalog/severity";
import { headline } from "../headline";
import { listFindings } from "./finding-lines";
import { listRemediations } from "./remediation-lines";
import { drawResources, type ListedResource } from "./resource-tree";
import { counted, printable, wrap } from "./text";

/** How the report is printed. */
export interface ConsoleOptions {
    /** Columns of the terminal. */
    readonly width: number;
    readonly colors: boolean;
    /** What was judged, where it is at hand: a report alone does not list it. */
    readonly resources?: readonly ListedResource[];
}

/** Types without a policy that are named; the rest is counted. */
const mostTypes = 6;

/** Writes a report for a terminal. The last line says what it comes to. */
export function writeConsole(report: JudgedStack, options: ConsoleOptions): string {
    const colors = picocolors.createColors(options.colors);
    const width = Math.min(Math.max(options.width, 40), 120);
    const title = (text: string): string => colors.bold(text);
    const sections: readonly (readonly string[])[] = [
        [
            `${title(printable(report.project))} ${colors.dim("·")} stack ${title(printable(report.stack))} ${colors.dim(`· as of ${report.evaluatedAt}`)}`,
        ],
        options.resources === undefined
            ? []
            : drawResources(options.resources, report.findings, width, colors),
        listFindings(report.findings, width, colors),
        listRemediations(report, width),
        [summaryTable(report, colors)],
        [...coverageLines(report, width), ...assumptionLines(report, width)],
        [lastLine(report, colors)],
    ];
    return `${sections
        .filter((section) => section.length > 0)
        .map((section) => section.join("\n"))
        .join("\n\n")}\n`;
}

function summaryTable({ summary }: JudgedStack, colors: Colors): string {
    const table = new Table({
        head: ["", ...severities],
        colAligns: ["left", "right", "right", "right", "right"],
        style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 2 },
        chars: Object.fromEntries(
            [
                "top",
                "top-mid",
                "top-left",
                "top-right",
                "bottom",
                "bottom-mid",
                "bottom-left",
                "bottom-right",
                "left",
                "left-mid",
                "mid",
                "mid-mid",
                "right",
                "right-mid",
                "middle",
            ].map((name) => [name, ""]),
        ),
    });
    const rows = {
        fail: ["✗ fail", colors.red],
        indeterminate: ["? indeterminate", colors.yellow],
        exempt: ["~ exempt", colors.dim],
    } as const;
    for (const verdict of ["fail", "indeterminate", "exempt"] as const) {
        const [label, colour] = rows[verdict];
        table.push([
            label,
            ...severities.map((severity) => {
                const count = summary[verdict][severity];
                return count === 0 ? colors.dim("0") : colour(String(count));
            }),
        ]);
    }
    return table
        .toString()
        .split("\n")
        .map((line) => line.trimEnd())
        .join("\n");
}

function coverageLines({ coverage, resources, policies }: JudgedStack, width: number): string[] {
    const passes = policies.reduce((sum, { counts }) => sum + counts.pass, 0);
    const types = coverage.typesNotRead.map(({ type, count }) => `${printable(type)} (${count})`);
    const more = types.length - mostTypes;
    const named = [
        ...types.slice(0, mostTypes),
        ...(more > 0 ? [`and ${counted(more, "other type")}`] : []),
    ];
    return [
        ...wrap(
            `${counted(resources, "resource")}: ${coverage.judged} judged, ${coverage.outOfScope} out of scope. ${counted(coverage.keyServers.length, "key server")}. ${counted(policies.length, "policy").replace("policys", "policies")}, ${counted(passes, "check")} passed.`,
            width,
            "",
        ),
        ...(named.length === 0 ? [] : wrap(`Read by no policy: ${named.join(", ")}.`, width, "")),
    ];
}

function assumptionLines({ assumptions }: JudgedStack, width: number): string[] {
    if (assumptions.length === 0) {
        return [];
    }
    const unknown = assumptions.filter(({ value }) => value === "").length;
    return wrap(
        `${counted(assumptions.length, "assumption")} (${unknown} left unknown): the JSON report lists them with the way to replace each by a fact.`,
        width,
        "",
    );
}

function lastLine(report: JudgedStack, colors: Colors): string {
    const { state, title, sentence } = headline(report);
    const colour = { blocked: colors.red, open: colors.yellow, clean: colors.green }[state];
    return `${colors.bold(colour(title.toUpperCase()))} — ${sentence}`;
}

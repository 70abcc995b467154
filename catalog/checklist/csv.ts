import { stringify } from "csv-stringify/sync";
import { standards } from "../references";
import type { Checklist, ChecklistEntry } from "./checklist";
import { stateText, systemsText, valueText } from "./texts";

/** Columns, in order: the heading, and the cell of one control. */
const columns: readonly (readonly [string, (entry: ChecklistEntry) => string])[] = [
    ["control", ({ control }) => control.id],
    ["title", ({ control }) => control.title],
    ["requirement", ({ control }) => control.requirement],
    ["severity", ({ control }) => control.severity],
    [
        "values",
        ({ parameters }) =>
            parameters.map((known) => `${known.title}: ${valueText(known)}`).join("\n"),
    ],
    ...standards.map(
        ({ field, title }) =>
            [
                title,
                ({ control }: ChecklistEntry): string => control.references[field].join(", "),
            ] as const,
    ),
    ["operating systems", ({ control }) => systemsText(control)],
    ["components", ({ control }) => control.enforcement.components.join(", ")],
    ["policies", ({ control }) => control.enforcement.policies.join(", ")],
    ["host checks", ({ control }) => control.enforcement.hostChecks.join(", ")],
    ["period in days", ({ control }) => String(control.enforcement.manual?.periodDays ?? "")],
    ["evidence", ({ control }) => control.enforcement.manual?.evidence ?? ""],
    ["planned", ({ control }) => control.enforcement.planned ?? ""],
    ["state", ({ state }) => stateText(state)],
];

/** Writes the checklist as CSV: one header, one line a control. RFC 4180; cells that a spreadsheet would compute are disarmed. */
export function renderCsv(checklist: Checklist): string {
    const rows = checklist.sections.flatMap(({ paragraph, controls }) =>
        controls.map((entry) => [
            paragraph.id,
            paragraph.title,
            ...columns.map(([, cell]) => cell(entry)),
        ]),
    );
    const header = ["paragraph", "paragraph title", ...columns.map(([heading]) => heading)];
    return stringify([header, ...rows], { record_delimiter: "\r\n", escape_formulas: true });
}

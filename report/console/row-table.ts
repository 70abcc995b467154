import { printable, shorten, wrap } from "./text";

/** One line of a table, and what is said under it. */
export interface TableRow {
    readonly cells: readonly string[];
    readonly note: string;
}

const indent = "  ";
const noteIndent = "      ";

/** Writes a table in which no line is wider than `width`: the widest columns are shortened, notes wrapped. */
export function rowTable(
    head: readonly string[],
    rows: readonly TableRow[],
    width: number,
): readonly string[] {
    const lines = [head, ...rows.map(({ cells }) => cells)].map((cells) => cells.map(printable));
    const room = width - indent.length * (head.length || 1);
    const widths = fitted(
        head.map((_, column) => Math.max(...lines.map((cells) => (cells[column] ?? "").length))),
        room,
    );
    const write = (cells: readonly string[]): string =>
        cells
            .map((cell, column) => {
                const most = widths[column] ?? 0;
                return `${indent}${shorten(printable(cell), most).padEnd(most)}`;
            })
            .join("")
            .trimEnd();
    return [
        write(head),
        ...rows.flatMap(({ cells, note }) => [
            write(cells),
            ...wrap(printable(note), width, noteIndent),
        ]),
    ];
}

/** Takes from the widest columns what is too much. */
function fitted(widths: readonly number[], room: number): readonly number[] {
    const fitting = [...widths];
    while (fitting.reduce((sum, each) => sum + each, 0) > room) {
        const widest = fitting.indexOf(Math.max(...fitting));
        fitting[widest] = (fitting[widest] ?? 1) - 1;
    }
    return fitting;
}

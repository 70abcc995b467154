/** Text in which nothing is markup, on one line. */
export function markdownText(plain: string): string {
    return plain.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>()#!|~&]/g, "\\$&");
}

/** A table of GitHub's markdown; each cell is a list of lines. */
export function markdownTable(
    headings: readonly string[],
    rows: readonly (readonly (readonly string[])[])[],
): string {
    const line = (texts: readonly string[]): string => `| ${texts.join(" | ")} |`;
    return [
        line(headings),
        line(headings.map(() => "---")),
        ...rows.map((row) => line(row.map((lines) => lines.join("<br>")))),
    ].join("\n");
}

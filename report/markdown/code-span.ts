/**
 * Writes a text of a program as a code span: the one place in GitHub's markdown where nothing is markup, a mention, a reference to an
 * issue or a link. Line breaks become spaces, characters that cannot be seen are written as escapes, a pipe does not end the cell
 * of a table.
 */
export function codeSpan(text: string, longest = Number.POSITIVE_INFINITY): string {
    const visible = shorten(withoutInvisible(text), longest).replaceAll("|", "\\|");
    if (visible.trim() === "") {
        return "";
    }
    const fence = "`".repeat(longestRun(visible) + 1);
    const padding = visible.startsWith("`") || visible.endsWith("`") ? " " : "";
    return `${fence}${padding}${visible}${padding}${fence}`;
}

/** Writes texts of a program as a fenced block of code, with a fence that none of them holds. */
export function codeBlock(text: string, language: string, longest: number): string {
    const lines = text.split(/\r\n|[\r\n\u2028\u2029]/).map(withoutInvisible);
    const visible = shorten(lines.join("\n"), longest);
    const fence = "`".repeat(Math.max(3, longestRun(visible) + 1));
    return `${fence}${language}\n${visible}\n${fence}`;
}

const lineBreaks = /\s*[\r\n\u2028\u2029]\s*/g;
/** Control characters, marks that change the direction of text, and what has no width. */
const invisible = /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}]/gu;

function withoutInvisible(text: string): string {
    return text
        .replace(lineBreaks, " ")
        .replace(invisible, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

function shorten(text: string, longest: number): string {
    return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

function longestRun(text: string): number {
    return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

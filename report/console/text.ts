/** Makes text safe for a terminal: control characters, which could move the cursor or forge lines, are shown as escapes. */
export function printable(text: string): string {
    return text.replace(
        // Also the marks that turn the direction of writing around.
        /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu,
        (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
    );
}

/** Breaks text into lines of at most `width` characters, at spaces where there are any, each indented by `indent`. */
export function wrap(text: string, width: number, indent: string): string[] {
    const room = Math.max(width - indent.length, 10);
    const lines: string[] = [];
    let line = "";
    for (const word of text.split(/\s+/).filter((each) => each !== "")) {
        let rest = word;
        if (line !== "" && line.length + 1 + rest.length > room) {
            lines.push(line);
            line = "";
        }
        while (rest.length > room) {
            lines.push(rest.slice(0, room));
            rest = rest.slice(room);
        }
        line = line === "" ? rest : `${line} ${rest}`;
    }
    return [...lines, ...(line === "" ? [] : [line])].map((each) => `${indent}${each}`);
}

/** Cuts text in the middle, where names and type tokens say least. */
export function shorten(text: string, width: number): string {
    if (text.length <= width) {
        return text;
    }
    const head = Math.ceil((width - 1) / 2);
    return `${text.slice(0, head)}…${text.slice(text.length - (width - 1 - head))}`;
}

/** `1 finding`, `2 findings`. */
export function counted(count: number, noun: string): string {
    return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/**
 * Whether a URN matches a pattern in which `*` stands for any run of characters except `::`. Everything else is literal, so a pattern
 * cannot run long on a hostile URN.
 */
export function matchesUrn(pattern: string, urn: string): boolean {
    const wanted = pattern.split("::");
    const found = urn.split("::");
    return (
        wanted.length === found.length &&
        wanted.every((part, index) => matchesPart(part, found[index] ?? ""))
    );
}

/** Finds the literal pieces from left to right: the first fit of each is always good enough. */
function matchesPart(pattern: string, text: string): boolean {
    const pieces = pattern.split("*");
    const [first = ""] = pieces;
    if (pieces.length === 1) {
        return pattern === text;
    }
    const last = pieces[pieces.length - 1] ?? "";
    if (!text.startsWith(first) || !text.endsWith(last)) {
        return false;
    }
    let from = first.length;
    for (const piece of pieces.slice(1, -1)) {
        const at = text.indexOf(piece, from);
        if (at < 0) {
            return false;
        }
        from = at + piece.length;
    }
    return from <= text.length - last.length;
}

/**
 * Whether an IAM pattern matches the name of an action: `*` stands for any run of characters, `?` for one, case does not matter.
 * Takes time in proportion to the product of the two lengths at most.
 */
export function matchesPattern(pattern: string, name: string): boolean {
    return matchesExactly(pattern.toLowerCase(), name.toLowerCase());
}

/** The same for what IAM compares by case: ARNs, and the values of conditions. */
export function matchesExactly(pattern: string, text: string): boolean {
    let position = 0;
    let star = -1;
    let resume = 0;
    for (let index = 0; index < text.length;) {
        const next = pattern[position];
        if (next === "*") {
            star = position++;
            resume = index;
        } else if (next !== undefined && (next === "?" || next === text[index])) {
            position++;
            index++;
        } else if (star >= 0) {
            position = star + 1;
            index = ++resume;
        } else {
            return false;
        }
    }
    while (pattern[position] === "*") {
        position++;
    }
    return position === pattern.length;
}

/** Whether an action pattern stands for every action of a service, or of all: `*`, `s3:*`, `*:*`, `s3:**`. */
export function matchesWholeService(pattern: string): boolean {
    const separator = pattern.indexOf(":");
    const action = separator < 0 ? pattern : pattern.slice(separator + 1);
    return /^[*?]*\*[*?]*$/.test(action);
}

/** Three-valued answer. `maybe`: something that is not known decides. */
export type Match = "yes" | "maybe" | "no";

/** Whether all of several demands are met. */
export function allOf(matches: readonly Match[]): Match {
    return matches.includes("no") ? "no" : matches.includes("maybe") ? "maybe" : "yes";
}

/** Whether one of several ways is open. */
export function oneOf(matches: readonly Match[]): Match {
    return matches.includes("yes") ? "yes" : matches.includes("maybe") ? "maybe" : "no";
}

/** The contrary. */
export function unless(match: Match): Match {
    return match === "yes" ? "no" : match === "maybe" ? "maybe" : "yes";
}

/** A certain answer. */
export function certainly(holds: boolean): Match {
    return holds ? "yes" : "no";
}

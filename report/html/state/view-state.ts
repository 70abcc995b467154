/**
 * What the page shows: filters, the chosen resource, pages of lists. It lives in the fragment of the page's address and nowhere
 * else, so that a link to the page is a link to what one sees.
 */
export type ViewState = Readonly<Partial<Record<StateKey, string>>>;

/** Parts that say which findings are listed. */
const findingKeys = [
    "text",
    "verdict",
    "severity",
    "policy",
    "paragraph",
    "reference",
    "on",
    "page",
] as const;

/** Every part of the state, in the order of the address. Lists are separated by commas. */
export const stateKeys = [
    /** Section to go to. */
    "at",
    /** Chosen resource of the drawing, a URN. */
    "resource",
    ...findingKeys,
    /** Filters of the resources. */
    "name",
    "kind",
    "row",
    /** State of controls to show. */
    "control",
    /** Kinds of lines to show in the drawing. */
    "lines",
] as const;
export type StateKey = (typeof stateKeys)[number];

/** Reads a fragment, with or without its `#`. Unknown parts are left out. */
export function parseState(fragment: string): ViewState {
    const parameters = new URLSearchParams(fragment.replace(/^#/, ""));
    return Object.fromEntries(
        stateKeys.flatMap((key) => {
            const value = parameters.get(key) ?? "";
            return value === "" ? [] : [[key, value]];
        }),
    );
}

/** Writes a state as a fragment with its `#`; parts that are empty are left out. */
export function formatState(state: ViewState): string {
    const parameters = new URLSearchParams();
    for (const key of stateKeys) {
        const value = state[key] ?? "";
        if (value !== "") {
            parameters.set(key, value);
        }
    }
    return `#${parameters.toString()}`;
}

/** The state with every finding listed again. */
export function withoutFindingFilters(state: ViewState): ViewState {
    return Object.fromEntries(
        Object.entries(state).filter(([key]) => !findingKeys.some((filter) => filter === key)),
    );
}

/** The elements of a part that is a list. */
export function listOf(state: ViewState, key: StateKey): string[] {
    return (state[key] ?? "").split(",").filter((item) => item !== "");
}

/** Adds an element to a part that is a list, or removes it. */
export function toggle(state: ViewState, key: StateKey, item: string): ViewState {
    const items = listOf(state, key);
    const changed = items.includes(item)
        ? items.filter((other) => other !== item)
        : [...items, item];
    return { ...state, [key]: changed.join(",") };
}

/** The page of a list, from 1; nonsense is the first. */
export function pageOf(state: ViewState, key: "page" | "row"): number {
    const page = Number.parseInt(state[key] ?? "1", 10);
    return Number.isSafeInteger(page) && page > 0 ? page : 1;
}

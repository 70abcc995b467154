import type { Item } from "./item";

/** One host check: what `audit` gives a verdict on and `apply` sets. Controls and severity are the catalog's. */
export interface HostCheck {
    /** Lower case words joined by hyphens. */
    readonly id: string;
    /** In order: later items may build on earlier ones. */
    readonly items: readonly Item[];
}

export function check(id: string, ...items: readonly Item[]): HostCheck {
    return { id, items };
}

/**
 * A value that a control, component, policy or host check uses, with the source of that value. Organisations may tighten it
 * freely and loosen it up to `loosest`.
 */
export interface Parameter<
    T extends number | string | boolean | readonly (number | string)[] = ParameterValue,
> {
    /** camelCase with its unit: `logRetentionDays`. */
    readonly id: string;
    readonly title: string;
    readonly value: T;
    /** Such as "days", "seconds", "characters"; "" for none. */
    readonly unit: string;
    /** Standard and id, or AWS page, that the value comes from. */
    readonly source: string;
    /** Which direction is stricter. `fixed` values cannot be changed; `subset`: a list may lose elements; `superset`: it may gain some. */
    readonly stricter: "lower" | "higher" | "subset" | "superset" | "fixed" | "either";
    /** The weakest value that is still accepted (numbers only). Defaults to `value`. */
    readonly loosest?: number;
    /** Bounds of sense, both inclusive (numbers only). */
    readonly minimum?: number;
    readonly maximum?: number;
    /** The only words accepted (strings only). */
    readonly allowed?: readonly string[];
}

export type ParameterValue = number | string | boolean | readonly (number | string)[];

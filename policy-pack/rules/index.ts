import type { Rule } from "./rule";

/** Every rule of the pack, sorted by name. */
export const rules: readonly Rule[] = [];

import type { PolicyRecord } from "../policy";

/** Sessions, passwords, parameters and secrets. */
export const accessPolicies: readonly PolicyRecord[] = [];

import type { ParameterValue } from "../../catalog/parameter";
import type { PolicyLevel } from "../judging/levels";

/** What an organisation set for one policy. */
export interface PolicySettings {
    readonly level?: PolicyLevel;
    /** Parameter id → value, within the bounds that the catalog allows. */
    readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** Policy name → settings. Policies that are missing have the catalog's values. */
export type PolicyConfiguration = ReadonlyMap<string, PolicySettings>;

export const noConfiguration: PolicyConfiguration = new Map();

import type { Control } from "../catalog/control";
import { controls } from "../catalog/controls";
import { parameterById } from "../catalog/parameters";
import type { Parameter } from "../catalog/parameter";
import { policyRecords } from "../catalog/policies";
import type { PolicyRecord } from "../catalog/policy";
import { rules } from "./rules";
import type { Rule } from "./rules/rule";

/** What a judgement is made of: the rules, and what the catalog says of them. */
export interface Pack {
    readonly rules: readonly Rule[];
    /** Records of all policies that the pack answers for. */
    readonly policies: readonly PolicyRecord[];
    readonly controls: readonly Control[];
    /** Throws for an id that the catalog does not hold. */
    parameter(id: string): Parameter;
}

/** Policies that the pack decides itself, because they are about the judgement and not about a resource alone. */
export const ownPolicies = {
    exemptions: "exemptions-sound",
    levels: "enforcement-levels-sound",
    unknownTypes: "provider-and-stack-guard",
} as const;

const decided = new Set<string>([...Object.values(ownPolicies), ...rules.map((rule) => rule.name)]);

/** Keyward's own pack: every rule with its record, and the policies that the pack decides itself. */
export const keywardPack: Pack = {
    rules,
    policies: policyRecords.filter((record) => decided.has(record.name)),
    controls,
    parameter: parameterById,
};

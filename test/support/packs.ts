import { parameterById } from "../../catalog/parameters";
import { policyRecord } from "../../catalog/policies";
import type { PolicyRecord } from "../../catalog/policy";
import { ownPolicies, type Pack } from "../../policy-pack/pack";
import type { Rule } from "../../policy-pack/rules/rule";

/** A record with the values of a policy that nobody has an opinion on. */
export function sketchPolicy(
    fields: Partial<PolicyRecord> & { readonly name: string },
): PolicyRecord {
    return {
        displayName: fields.name,
        description: `What ${fields.name} asks for.`,
        rationale: "Why it matters.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: { text: "Write this instead.", example: "const fixed = true;" },
        remediable: false,
        parameters: [],
        ...fields,
    };
}

/** A pack of these rules, whose records are sketches unless given, together with the policies that every pack decides itself. */
export function packOf(
    rules: readonly (Pick<Rule, "name" | "judge"> & Partial<Rule>)[],
    records: readonly PolicyRecord[] = [],
): Pack {
    const named = new Map(records.map((record) => [record.name, record]));
    return {
        rules: rules.map((rule) => ({ reads: [], ...rule })),
        policies: [
            ...rules.map(({ name }) => named.get(name) ?? sketchPolicy({ name })),
            ...Object.values(ownPolicies).map(policyRecord),
        ],
        controls: [],
        parameter: parameterById,
    };
}

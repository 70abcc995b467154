import { referenceLines } from "../../catalog/checklist/texts";
import { longestSpanDays } from "../../catalog/exemptions/problems";
import type { Control } from "../../catalog/control";
import type { Parameter } from "../../catalog/parameter";
import type { PolicyRecord } from "../../catalog/policy";
import { policyProperties } from "../configuration/policy-schema";
import type { JsonSchema } from "../configuration/parameter-schema";
import { keywardPack, ownPolicies, type Pack } from "../pack";
import { parametersOf } from "../judging/policy-settings";
import { noConfiguration } from "../configuration/policy-configuration";
import { messageExamples } from "./message-examples";

/** Everything that is to be known of one policy. */
export interface PolicyReference extends PolicyRecord {
    /** Days that an exemption may last at most; undefined where none is granted. */
    readonly exemptionDays: number | undefined;
    /** Type tokens that the rule reads; empty for a policy about the judgement as a whole. */
    readonly reads: readonly string[];
    readonly controls: readonly {
        readonly id: string;
        readonly title: string;
        /** Ids of standards, one line for each. */
        readonly standards: readonly string[];
    }[];
    readonly values: readonly Parameter[];
    /** JSON schemas of what may be configured besides the level, by property. */
    readonly configuration: Readonly<Record<string, JsonSchema>>;
    /** What the policy said of a stack that was weakened; undefined where no test weakens one. */
    readonly messageExample: string | undefined;
}

/** What a pack's policies are, from the metadata that the judgement itself goes by. */
export function policyReference(pack: Pack = keywardPack): readonly PolicyReference[] {
    const limits = parametersOf(pack, policyOf(pack, ownPolicies.exemptions), noConfiguration);
    return pack.policies.map((record) => ({
        ...record,
        exemptionDays: record.exemptable
            ? longestSpanDays(record.severity, (id) => limits.parameter(id))
            : undefined,
        reads: [...(pack.rules.find(({ name }) => name === record.name)?.reads ?? [])].sort(),
        controls: controlsOf(pack.controls, record),
        values: record.parameters.map((id) => pack.parameter(id)),
        configuration: policyProperties(record, pack),
        messageExample: messageExamples[record.name],
    }));
}

function policyOf({ policies }: Pack, name: string): PolicyRecord {
    const found = policies.find((record) => record.name === name);
    if (found === undefined) {
        throw new Error(`the pack has no policy ${name}`);
    }
    return found;
}

function controlsOf(
    controls: readonly Control[],
    { name }: PolicyRecord,
): PolicyReference["controls"] {
    return controls
        .filter(({ enforcement }) => enforcement.policies.includes(name))
        .map((control) => ({
            id: control.id,
            title: control.title,
            standards: referenceLines(control),
        }));
}

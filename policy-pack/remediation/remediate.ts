import type { PolicyRecord } from "../../catalog/policy";
import type { Remediation } from "../../catalog/records/judged-stack";
import type { PolicyConfiguration } from "../configuration/policy-configuration";
import { isCertainlyInScope } from "../graph/certain-scope";
import { GraphIndex } from "../graph/graph-index";
import type { ScopeOptions } from "../graph/scope";
import { readWireResource, stackOf, type WireResource } from "../graph/wire-resource";
import { failuresAlone } from "../judging/judge-alone";
import { levelAfter, parametersOf } from "../judging/policy-settings";
import type { Pack } from "../pack";
import type { PropertyChange, Rule } from "../rules/rule";
import { applyChanges } from "./apply-changes";

export interface RemediationInput {
    readonly configuration: PolicyConfiguration;
    readonly scope: ScopeOptions;
    readonly asOf: Date;
}

/** What one policy changed in one resource. */
export interface RemediatedResource {
    readonly policy: PolicyRecord;
    /** All inputs after this policy's changes, in the engine's wire format. */
    readonly inputs: unknown;
    readonly remediations: readonly Remediation[];
}

/**
 * Lets every policy at level `remediate` change the inputs of one resource, each on top of the one before. Only what the policy fails is
 * changed. In scope `marked`, resources that do not say themselves that they are a key server's are left alone.
 */
export function remediateResource(
    resource: WireResource,
    pack: Pack,
    input: RemediationInput,
): readonly RemediatedResource[] {
    const records = new Map(pack.policies.map((record) => [record.name, record]));
    const done: RemediatedResource[] = [];
    let { inputs } = resource;
    for (const rule of pack.rules) {
        const policy = records.get(rule.name);
        if (
            policy?.remediable !== true ||
            levelAfter(input.configuration, policy) !== "remediate"
        ) {
            continue;
        }
        const wanted = changesOf(rule, policy, { ...resource, inputs }, pack, input);
        const { properties, changes } = applyChanges(inputs, wanted);
        if (changes.length > 0) {
            inputs = properties;
            done.push({
                policy,
                inputs,
                remediations: changes.map((change) => ({
                    policy: policy.name,
                    urn: resource.urn,
                    ...change,
                })),
            });
        }
    }
    return done;
}

/** A rule that throws changes nothing: its policy then judges what is there. */
function changesOf(
    rule: Rule,
    policy: PolicyRecord,
    wire: WireResource,
    pack: Pack,
    { configuration, scope, asOf }: RemediationInput,
): readonly PropertyChange[] {
    const resource = readWireResource(wire);
    if (rule.remediate === undefined || !rule.reads.includes(resource.type)) {
        return [];
    }
    const { project, stack } = stackOf(resource.urn);
    const graph = new GraphIndex([resource], project, stack);
    if (scope.mode === "marked" && !isCertainlyInScope(resource, graph, scope)) {
        return [];
    }
    const failures = failuresAlone(
        resource,
        graph,
        { ...pack, rules: [rule] },
        { configuration, asOf },
    );
    if (failures.length === 0) {
        return [];
    }
    try {
        return rule.remediate(resource, parametersOf(pack, policy, configuration));
    } catch {
        return [];
    }
}

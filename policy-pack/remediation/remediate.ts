import type { PolicyRecord } from "../../catalog/policy";
import type { Remediation } from "../../catalog/records/judged-stack";
import type { PolicyConfiguration } from "../configuration/policy-configuration";
import { readWireResource, type WireResource } from "../graph/wire-resource";
import { levelAfter, parametersOf } from "../judging/policy-settings";
import type { Pack } from "../pack";
import { applyChanges } from "./apply-changes";

/** What one policy changed in one resource. */
export interface RemediatedResource {
    readonly policy: PolicyRecord;
    /** All inputs after this policy's changes, in the engine's wire format. */
    readonly inputs: unknown;
    readonly remediations: readonly Remediation[];
}

/**
 * Lets every policy at level `remediate` change the inputs of one resource, each on top of the one before. A rule that throws changes
 * nothing: its policy then judges what is there.
 */
export function remediateResource(
    resource: WireResource,
    pack: Pack,
    configuration: PolicyConfiguration,
): readonly RemediatedResource[] {
    const records = new Map(pack.policies.map((record) => [record.name, record]));
    const done: RemediatedResource[] = [];
    let { inputs } = resource;
    for (const rule of pack.rules) {
        const policy = records.get(rule.name);
        if (
            rule.remediate === undefined ||
            policy?.remediable !== true ||
            levelAfter(configuration, policy) !== "remediate"
        ) {
            continue;
        }
        const wanted = attempt(() =>
            rule.remediate?.(
                readWireResource({ ...resource, inputs }),
                parametersOf(pack, policy, configuration),
            ),
        );
        const { properties, changes } = applyChanges(inputs, wanted ?? []);
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

function attempt<T>(run: () => T): T | undefined {
    try {
        return run();
    } catch {
        return undefined;
    }
}

import type { Remediation } from "../../catalog/records/judged-stack";
import type { WireResource } from "../graph/wire-resource";
import { keywardPack, type Pack } from "../pack";
import { remediateResource, type RemediationInput } from "./remediate";

/** A stack as level `remediate` would make it. */
export interface RemediatedStack<R extends WireResource> {
    readonly resources: readonly R[];
    readonly remediations: readonly Remediation[];
}

/**
 * Does for registrations outside the engine what the engine does with each on its way to the provider: components, and what the stack only
 * reads, never get there.
 */
export function remediateStack<R extends WireResource>(
    resources: readonly R[],
    input: RemediationInput,
    pack: Pack = keywardPack,
): RemediatedStack<R> {
    const remediations: Remediation[] = [];
    const changed = resources.map((resource) => {
        if (resource.external === true || resource.custom === false) {
            return resource;
        }
        const done = remediateResource(resource, pack, input);
        remediations.push(...done.flatMap((each) => each.remediations));
        const last = done.at(-1);
        return last === undefined ? resource : { ...resource, inputs: last.inputs };
    });
    return { resources: changed, remediations };
}

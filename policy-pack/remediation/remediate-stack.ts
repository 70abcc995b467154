import type { Remediation } from "../../catalog/records/judged-stack";
import type { WireResource } from "../graph/wire-resource";
import { keywardPack, type Pack } from "../pack";
import { remediateResource, type RemediationInput } from "./remediate";

/** A stack as level `remediate` would make it. */
export interface RemediatedStack {
    readonly resources: readonly WireResource[];
    readonly remediations: readonly Remediation[];
}

/** Does for registrations outside the engine what the engine does with each on its way to the provider. */
export function remediateStack(
    resources: readonly WireResource[],
    input: RemediationInput,
    pack: Pack = keywardPack,
): RemediatedStack {
    const remediations: Remediation[] = [];
    const changed = resources.map((resource) => {
        const done = remediateResource(resource, pack, input);
        remediations.push(...done.flatMap((each) => each.remediations));
        const last = done.at(-1);
        return last === undefined ? resource : { ...resource, inputs: last.inputs };
    });
    return { resources: changed, remediations };
}

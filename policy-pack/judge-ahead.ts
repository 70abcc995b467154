import type { Finding } from "../catalog/records/finding";
import { applyExemptions } from "./exemptions/apply-exemptions";
import { isCertainlyInScope } from "./graph/certain-scope";
import { GraphIndex } from "./graph/graph-index";
import type { RegisteredResource } from "./graph/resource";
import type { JudgeInput } from "./judge";
import { exemptionInput } from "./judging/exemption-input";
import { controlsByPolicy, findingsOf } from "./judging/findings";
import { failuresAlone } from "./judging/judge-alone";
import { levelAfter } from "./judging/policy-settings";
import { Redactor } from "./judging/secrets";
import type { Pack } from "./pack";

export interface AheadInput extends Required<
    Pick<JudgeInput, "project" | "stack" | "asOf" | "scope" | "configuration" | "exemptions">
> {
    /** The resource that is about to be created or updated. */
    readonly resource: RegisteredResource;
    /** Its provider, where it is known: its default tags may hold the mark. */
    readonly provider: RegisteredResource | undefined;
}

/**
 * What is certainly wrong with one resource of an update before it exists: failures that no other resource can heal, of a resource that
 * is certainly a key server's. Doubts, and all that takes the whole graph, are left to the judgement of the stack.
 */
export function judgeAhead(input: AheadInput, pack: Pack): readonly Finding[] {
    const { resource, provider, configuration, asOf } = input;
    const rules = pack.rules.filter(({ certainAlone, reads }) =>
        (certainAlone === true ? reads : (certainAlone ?? [])).includes(resource.type),
    );
    const resources = provider === undefined ? [resource] : [provider, resource];
    const graph = new GraphIndex(resources, input.project, input.stack);
    if (rules.length === 0 || !isCertainlyInScope(resource, graph, input.scope)) {
        return [];
    }
    const redactor = new Redactor(resources);
    const failures = failuresAlone(resource, graph, { ...pack, rules }, { asOf, configuration });
    const { covers } = applyExemptions(failures, exemptionInput(input, pack));
    return findingsOf(
        failures.filter((failure) => !covers.has(failure)),
        {
            covers,
            controlsOf: controlsByPolicy(pack.controls),
            levelOf: (record) => levelAfter(configuration, record),
            redact: (text) => redactor.redact(text),
            daysLeft: () => undefined,
        },
    );
}

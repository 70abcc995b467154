import type { Finding } from "../catalog/records/finding";
import { applyExemptions } from "./exemptions/apply-exemptions";
import { GraphIndex } from "./graph/graph-index";
import { markOf, typeChain } from "./graph/marks";
import type { RegisteredResource } from "./graph/resource";
import { buildScope } from "./graph/scope";
import { matchesUrn } from "./graph/urn-pattern";
import type { JudgeInput } from "./judge";
import { exemptionInput } from "./judging/exemption-input";
import { controlsByPolicy, findingsOf } from "./judging/findings";
import { levelAfter } from "./judging/policy-settings";
import { runRules } from "./judging/run-rules";
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
    const rules = pack.rules.filter(
        (rule) => rule.certainAlone === true && rule.reads.includes(resource.type),
    );
    const resources = provider === undefined ? [resource] : [provider, resource];
    const graph = new GraphIndex(resources, input.project, input.stack);
    if (rules.length === 0 || !isCertainlyInScope(input, graph)) {
        return [];
    }
    const redactor = new Redactor(resources);
    const failures = runRules(
        { ...pack, rules },
        {
            graph,
            scope: buildScope(graph, { mode: "all", keyServers: [] }),
            asOf,
            configuration,
            describeError: () => "it threw an error",
        },
    ).filter(({ verdict, urn }) => verdict === "fail" && urn === resource.urn);
    const { covers } = applyExemptions(failures, exemptionInput(input, pack));
    return findingsOf(
        failures.filter((failure) => !covers.has(failure)),
        {
            covers,
            controlsOf: controlsByPolicy(pack.controls),
            levelOf: (record) => levelAfter(configuration, record),
            redact: (text) => redactor.redact(text),
        },
    );
}

/** Marks of other resources may still come, so the resource must speak for itself. */
function isCertainlyInScope({ resource, scope }: AheadInput, graph: GraphIndex): boolean {
    return (
        scope.mode === "all" ||
        typeChain(resource.urn).some((type) => type.startsWith("keyward:index:")) ||
        scope.keyServers.some((pattern) => matchesUrn(pattern, resource.urn)) ||
        markOf(resource, graph) === "marked"
    );
}

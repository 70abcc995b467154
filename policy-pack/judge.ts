import type { PolicyRecord } from "../catalog/policy";
import type { Assumption, Evidence, JudgedStack } from "../catalog/records/judged-stack";
import { noConfiguration, type PolicyConfiguration } from "./configuration/policy-configuration";
import { applyExemptions, compareExemptions } from "./exemptions/apply-exemptions";
import { judgeCarriedExemptions } from "./exemptions/carried-exemptions";
import { daysLeft } from "../catalog/exemptions/problems";
import { exposureOf } from "./exposure";
import { GraphIndex } from "./graph/graph-index";
import type { RegisteredResource } from "./graph/resource";
import { buildScope, defaultScope, type ScopeOptions } from "./graph/scope";
import { controlStates } from "./judging/control-states";
import { coverageOf } from "./judging/coverage";
import { exemptionInput } from "./judging/exemption-input";
import { controlsByPolicy, findingsOf, isFinding } from "./judging/findings";
import { placeObservation, type JudgedObservation } from "./judging/judged-observation";
import { compareBy } from "./judging/order";
import { observeLevels, observeScope } from "./judging/own-policies";
import { levelAfter } from "./judging/policy-settings";
import { resultsOf, summaryOf } from "./judging/results";
import { runRules } from "./judging/run-rules";
import { Redactor } from "./judging/secrets";
import { distinct } from "./judging/tell-apart";
import { observeUnknownTypes } from "./judging/unknown-types";
import { keywardPack, ownPolicies, type Pack } from "./pack";
import { patchPlanOf } from "./patch-plan";
import type { Observation } from "./rules/rule";
import { topologyOf } from "./topology";

/** All that a judgement depends on: the same input gives the same bytes, in whatever order the resources come. */
export interface JudgeInput {
    readonly resources: readonly RegisteredResource[];
    readonly project: string;
    readonly stack: string;
    /** The moment that dates are compared with. */
    readonly asOf: Date;
    readonly scope?: ScopeOptions;
    readonly configuration?: PolicyConfiguration;
    /** Exemption records as their file or configuration holds them: wrong ones become findings. */
    readonly exemptions?: readonly unknown[];
    readonly assumptions?: readonly Assumption[];
    readonly evidence?: readonly Evidence[];
    /** What level `remediate` changed before this judgement. */
    readonly remediations?: JudgedStack["remediations"];
    /** URNs of resources that another pack decided on. */
    readonly judgedElsewhere?: readonly string[];
}

/** Judges a stack by every rule of a pack. Pure: reads no file, no clock, no environment. */
export function judgeStack(input: JudgeInput, pack: Pack = keywardPack): JudgedStack {
    const { asOf, configuration = noConfiguration } = input;
    const resources = [...input.resources].sort(compareBy<RegisteredResource>(({ urn }) => urn));
    const graph = new GraphIndex(resources, input.project, input.stack);
    const scope = buildScope(graph, input.scope ?? defaultScope);
    const redactor = new Redactor(resources);
    const records = new Map(pack.policies.map((record) => [record.name, record]));
    const read = new Set(pack.rules.flatMap((rule) => rule.reads));
    const placed = (name: string, observations: Iterable<Observation>): JudgedObservation[] => {
        const record = records.get(name);
        return record === undefined || levelIn(configuration, record) === "disabled"
            ? []
            : [...observations].map((seen) => placeObservation(record, seen, graph));
    };

    const judged = distinct([
        ...runRules(pack, {
            graph,
            scope,
            asOf,
            configuration,
            describeError: (error) => describeError(error, redactor),
        }),
        ...placed(ownPolicies.unknownTypes, observeUnknownTypes(graph, scope, read)),
    ]);
    const granting = exemptionInput(
        { ...input, configuration, exemptions: input.exemptions ?? [] },
        pack,
    );
    const exemptions = applyExemptions(judged.filter(isFinding), granting);
    const carried = judgeCarriedExemptions(graph, exemptions.judged, granting, (seen) =>
        placed(ownPolicies.exemptions, seen),
    );
    const covers = new Map([...exemptions.covers, ...carried.covers]);
    const observations = [
        ...judged,
        ...distinct([
            ...placed(ownPolicies.exemptions, [...exemptions.observations, ...observeScope(scope)]),
            ...carried.observations,
            ...placed(
                ownPolicies.levels,
                observeLevels(pack.policies, (record) => levelAfter(configuration, record)),
            ),
        ]),
    ];
    const findings = findingsOf(observations, {
        covers,
        controlsOf: controlsByPolicy(pack.controls),
        levelOf: (record) => levelIn(configuration, record),
        redact: (text) => redactor.redact(text),
        daysLeft: (exemption) => daysLeft(exemption, (id) => granting.limits.parameter(id), asOf),
    });
    const policies = resultsOf(pack, observations, covers, (record) =>
        levelIn(configuration, record),
    );
    return {
        schemaVersion: "1",
        evaluatedAt: asOf.toISOString(),
        project: input.project,
        stack: input.stack,
        blocked: findings.some(({ level }) => level === "mandatory"),
        resources: resources.filter(({ type }) => type !== "pulumi:pulumi:Stack").length,
        summary: summaryOf(findings),
        findings,
        policies,
        coverage: coverageOf(graph, scope, judged, read, input.judgedElsewhere),
        assumptions: [...(input.assumptions ?? [])].sort(
            compareBy<Assumption>(
                ({ kind }) => kind,
                ({ subject }) => subject,
                ({ value }) => value,
            ),
        ),
        topology: topologyOf(graph, scope),
        exposure: exposureOf(graph, scope, (error) => describeError(error, redactor)),
        patchPlan: patchPlanOf(graph, scope, asOf),
        exemptions: [...exemptions.judged, ...carried.judged].sort(compareExemptions),
        controls: controlStates(pack.controls, policies, findings, input.evidence ?? [], asOf),
        remediations: input.remediations ?? [],
    };
}

/** The policy that watches over levels cannot be lowered itself. */
function levelIn(
    configuration: PolicyConfiguration,
    record: PolicyRecord,
): ReturnType<typeof levelAfter> {
    return record.name === ownPolicies.levels ? "mandatory" : levelAfter(configuration, record);
}

/** An error's message may quote a property, so it is told only where the stack has no secret. */
function describeError(error: unknown, redactor: Redactor): string {
    if (!(error instanceof Error)) {
        return "it threw something that is no error";
    }
    return redactor.holdsSecrets ? error.name : `${error.name}: ${error.message}`;
}

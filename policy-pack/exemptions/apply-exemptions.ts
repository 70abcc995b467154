import type { PolicyRecord } from "../../catalog/policy";
import type { Exemption, ExemptionState, JudgedExemption } from "../../catalog/records/exemption";
import { matchesUrn } from "../../catalog/exemptions/urn-pattern";
import type { JudgedObservation } from "../judging/judged-observation";
import { compareBy, compareTexts } from "../judging/order";
import type { Observation, RemediationContext } from "../rules/rule";
import { readExemption, type ReadExemption } from "./read-exemptions";
import { describeFault, faultOf } from "./record-fault";

export interface ExemptionInput {
    /** Records as their file or configuration holds them. */
    readonly records: readonly unknown[];
    readonly policies: ReadonlyMap<string, PolicyRecord>;
    /** Ids of host checks: the same file serves the host audit, so their records are none of ours. */
    readonly hostChecks: ReadonlySet<string>;
    readonly limits: RemediationContext;
    readonly asOf: Date;
    /** The stack and the project that are judged: records that name others are none of ours either. */
    readonly stack: string;
    readonly project: string;
}

export interface AppliedExemptions {
    readonly covers: ReadonlyMap<JudgedObservation, Exemption>;
    readonly judged: readonly JudgedExemption[];
    /** What is wrong with the records, one observation for each wrong one; or that all are sound. */
    readonly observations: readonly Observation[];
}

interface Judgement {
    readonly exemption: Exemption;
    readonly state: ExemptionState;
    readonly covered: readonly JudgedObservation[];
    /** What is wrong, a sentence for people; empty for an active record. */
    readonly problem: string;
}

/** The order of a report's exemptions. */
export const compareExemptions = compareBy<JudgedExemption>(
    ({ id }) => id,
    ({ policy }) => policy,
    ({ scope }) => JSON.stringify(scope),
);

/**
 * Judges every record, and finds which failures and doubts the live ones cover. Whatever is wrong with a record, it then covers
 * nothing. Where two cover one finding, the first in the file does, and the other is unused unless it covers more.
 */
export function applyExemptions(
    findings: readonly JudgedObservation[],
    input: ExemptionInput,
): AppliedExemptions {
    const ids = new Set<string>();
    const open = new Map<string, JudgedObservation[]>();
    for (const finding of findings) {
        const list = open.get(finding.policy.name) ?? [];
        list.push(finding);
        open.set(finding.policy.name, list);
    }
    const covers = new Map<JudgedObservation, Exemption>();
    const judgements: Judgement[] = [];
    for (const [index, record] of input.records.entries()) {
        const read = readExemption(record, `exemptions[${index}]`);
        if (isElsewhere(read, input)) {
            continue;
        }
        const matching = (open.get(read.exemption.policy) ?? []).filter(
            (finding) => !covers.has(finding) && matches(read.exemption, finding),
        );
        const judgement = judge(read, ids.has(read.exemption.id), matching, input);
        ids.add(read.exemption.id);
        judgement.covered.forEach((finding) => covers.set(finding, read.exemption));
        judgements.push(judgement);
    }
    return {
        covers,
        judged: judgements
            .map(({ exemption, state, covered }) => ({
                ...exemption,
                state,
                findings: covered.map(({ fingerprint }) => fingerprint).sort(compareTexts),
            }))
            .sort(compareExemptions),
        observations: observationsOf(judgements),
    };
}

function judge(
    read: ReadExemption,
    repeated: boolean,
    matching: readonly JudgedObservation[],
    input: ExemptionInput,
): Judgement {
    const { exemption } = read;
    const wrong = (state: ExemptionState, problem: string): Judgement => ({
        exemption,
        state,
        covered: [],
        problem,
    });
    const policy = input.policies.get(exemption.policy);
    const subject = policy === undefined ? undefined : { ...policy, kind: "policy" as const };
    const fault = faultOf(read, { kind: "policy", subject, repeated }, input);
    if (fault !== undefined) {
        return wrong(fault.state, fault.problem);
    }
    if (matching.length === 0) {
        return wrong("unused", "it covers no finding of this stack");
    }
    const several = ambiguous(exemption, matching);
    if (several.length > 0) {
        return wrong(
            "malformed",
            `its scope is too wide: it would cover several findings of one resource (fingerprints ${several.join(", ")}); write one record with a fingerprint for each`,
        );
    }
    return { exemption, state: "active", covered: matching, problem: "" };
}

/**
 * A record without a fingerprint covers one weakness of a resource. Were it to cover all, a new hole in the same resource would
 * be exempt before anybody saw it.
 */
function ambiguous(
    { scope }: Exemption,
    matching: readonly JudgedObservation[],
): readonly string[] {
    if (scope.fingerprint !== undefined) {
        return [];
    }
    const byUrn = new Map<string, string[]>();
    for (const { urn, fingerprint } of matching) {
        byUrn.set(urn, [...(byUrn.get(urn) ?? []), fingerprint]);
    }
    return [...byUrn.values()]
        .filter((fingerprints) => new Set(fingerprints).size > 1)
        .flat()
        .sort(compareTexts);
}

function matches({ scope }: Exemption, finding: JudgedObservation): boolean {
    return (
        (scope.urn !== undefined || scope.fingerprint !== undefined) &&
        (scope.urn === undefined || matchesUrn(scope.urn, finding.urn)) &&
        (scope.path === undefined || scope.path === finding.path) &&
        (scope.fingerprint === undefined || scope.fingerprint === finding.fingerprint)
    );
}

function isElsewhere({ exemption }: ReadExemption, input: ExemptionInput): boolean {
    if (input.hostChecks.has(exemption.policy)) {
        return true;
    }
    const [stack, project] = (exemption.scope.urn ?? "").split("::");
    return (
        stack !== undefined &&
        stack !== "" &&
        project !== undefined &&
        !matchesUrn(`${stack}::${project}`, `urn:pulumi:${input.stack}::${input.project}`)
    );
}

function observationsOf(judgements: readonly Judgement[]): readonly Observation[] {
    const wrong = judgements.filter(({ problem }) => problem !== "");
    if (wrong.length === 0) {
        return [{ verdict: judgements.length === 0 ? "not-applicable" : "pass" }];
    }
    return wrong.map(({ exemption, ...fault }) => describeFault(exemption, "policy", fault));
}

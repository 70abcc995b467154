import type { Control } from "../../catalog/control";
import type { Exemption } from "../../catalog/records/exemption";
import type { Finding } from "../../catalog/records/finding";
import type { FindingVerdict } from "../../catalog/records/verdict";
import { severities } from "../../catalog/severity";
import type { JudgedObservation } from "./judged-observation";
import { levelOf, type PolicyLevel } from "./levels";
import { compareBy, compareTexts } from "./order";

export interface FindingInput {
    readonly covers: ReadonlyMap<JudgedObservation, Exemption>;
    readonly controlsOf: (policy: string) => readonly string[];
    readonly levelOf: (policy: JudgedObservation["policy"]) => PolicyLevel;
    readonly redact: (text: string) => string;
    /** Days until an exemption ends, where people must be told. */
    readonly daysLeft: (exemption: Exemption) => number | undefined;
}

/** Whether an observation is a weakness or a doubt, that is, becomes a finding. */
export function isFinding(observation: JudgedObservation): boolean {
    return observation.verdict === "fail" || observation.verdict === "indeterminate";
}

/** Makes findings of failures and doubts: the worst first, then by policy, resource and place. */
export function findingsOf(
    observations: readonly JudgedObservation[],
    input: FindingInput,
): readonly Finding[] {
    return observations
        .filter(isFinding)
        .map((observation) => toFinding(observation, input))
        .sort(compareFindings);
}

/** The order of a report's findings: the worst first, then by policy, resource and place. */
export const compareFindings = compareBy<Finding>(
    ({ severity }) => severities.indexOf(severity),
    ({ policy }) => policy,
    ({ urn }) => urn,
    ({ path }) => path,
    ({ message }) => message,
    ({ fingerprint }) => fingerprint,
);

function toFinding(observation: JudgedObservation, input: FindingInput): Finding {
    const { policy, type, urn, path, fingerprint, hostCheck } = observation;
    const severity = hostCheck?.severity ?? policy.severity;
    const exemption = input.covers.get(observation);
    const verdict = (exemption === undefined ? observation.verdict : "exempt") as FindingVerdict;
    return {
        policy: policy.name,
        verdict,
        level: levelOf(verdict, severity, input.levelOf(policy)),
        severity,
        type,
        urn,
        path,
        message: input.redact(
            exemption === undefined
                ? observation.message
                : `${observation.message} (${grantOf(exemption, input.daysLeft(exemption))})`,
        ),
        remediation: `${policy.remediation.text} ${policy.remediation.example}`,
        controls: hostCheck?.controls ?? input.controlsOf(policy.name),
        fingerprint,
        ...(exemption === undefined ? {} : { exemption: exemption.id }),
    };
}

function grantOf({ id, ticket, expires }: Exemption, daysLeft: number | undefined): string {
    const notice = daysLeft === undefined ? "" : `, ends in ${daysLeft} days: mend it or renew it`;
    return `exempt until ${expires} by "${id}", ${ticket}${notice}`;
}

/** Control ids by policy name, sorted. */
export function controlsByPolicy(
    controls: readonly Control[],
): (policy: string) => readonly string[] {
    const found = new Map<string, string[]>();
    for (const control of controls) {
        for (const policy of control.enforcement.policies) {
            found.set(policy, [...(found.get(policy) ?? []), control.id]);
        }
    }
    return (policy) => [...(found.get(policy) ?? [])].sort(compareTexts);
}

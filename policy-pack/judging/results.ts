import type { Exemption } from "../../catalog/records/exemption";
import type { Finding } from "../../catalog/records/finding";
import type { JudgedStack, PolicyResult } from "../../catalog/records/judged-stack";
import type { PolicyRecord } from "../../catalog/policy";
import { verdicts, type FindingVerdict, type Verdict } from "../../catalog/records/verdict";
import { severities, type Severity } from "../../catalog/severity";
import type { Pack } from "../pack";
import { controlsByPolicy } from "./findings";
import type { JudgedObservation } from "./judged-observation";
import type { PolicyLevel } from "./levels";
import { compareBy } from "./order";

/** How every policy of the pack judged the stack, sorted by name; disabled ones too. */
export function resultsOf(
    pack: Pack,
    observations: readonly JudgedObservation[],
    covers: ReadonlyMap<JudgedObservation, Exemption>,
    levelOf: (record: PolicyRecord) => PolicyLevel,
): readonly PolicyResult[] {
    const counts = new Map(pack.policies.map(({ name }) => [name, countsOf(verdicts)]));
    for (const observation of observations) {
        const own = counts.get(observation.policy.name);
        if (own !== undefined) {
            own[covers.has(observation) ? "exempt" : observation.verdict]++;
        }
    }
    const controlsOf = controlsByPolicy(pack.controls);
    return pack.policies
        .map((record) => ({
            name: record.name,
            displayName: record.displayName,
            severity: record.severity,
            level: levelOf(record),
            controls: controlsOf(record.name),
            counts: counts.get(record.name) ?? countsOf(verdicts),
        }))
        .sort(compareBy<PolicyResult>(({ name }) => name));
}

/** Counts findings by verdict and severity. */
export function summaryOf(findings: readonly Finding[]): JudgedStack["summary"] {
    const summary: Record<FindingVerdict, Record<Severity, number>> = {
        fail: countsOf(severities),
        indeterminate: countsOf(severities),
        exempt: countsOf(severities),
    };
    for (const { verdict, severity } of findings) {
        summary[verdict][severity]++;
    }
    return summary;
}

function countsOf<Key extends Verdict | Severity>(keys: readonly Key[]): Record<Key, number> {
    return Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
}

import { policyRecord } from "../../catalog/policies";
import type { PolicyRecord } from "../../catalog/policy";
import type { Exemption } from "../../catalog/records/exemption";
import type { Finding } from "../../catalog/records/finding";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import { compareBy } from "../judging/order";
import { parametersOf } from "../judging/policy-settings";
import { keywardPack, ownPolicies, type Pack } from "../pack";
import type { PolicyConfiguration } from "../configuration/policy-configuration";
import { longestSpanDays } from "../../catalog/exemptions/problems";

/** Who answers for taking a stack as it is. */
export interface BaselineAuthority {
    readonly owner: string;
    readonly approver: string;
    readonly ticket: string;
}

export interface Baseline {
    readonly exemptions: readonly Exemption[];
    /** Findings that no record may cover: they go on failing. */
    readonly left: readonly Finding[];
}

/**
 * Exempts today's weaknesses of an existing stack one by one, so that only new ones block. Each record names a fingerprint and ends as
 * early as the severity of its policy demands: a baseline is a plan to mend, not a pardon.
 */
export function writeBaseline(
    judged: JudgedStack,
    authority: BaselineAuthority,
    configuration: PolicyConfiguration,
    pack: Pack = keywardPack,
): Baseline {
    const policies = new Map(pack.policies.map((record) => [record.name, record]));
    const limits = parametersOf(pack, policyRecord(ownPolicies.exemptions), configuration);
    const open = judged.findings.filter(({ verdict }) => verdict !== "exempt");
    const coverable = (finding: Finding): PolicyRecord | undefined => {
        const policy = policies.get(finding.policy);
        return policy?.exemptable === true ? policy : undefined;
    };
    const created = judged.evaluatedAt.slice(0, 10);
    const exemptions = new Map<string, Exemption>();
    for (const finding of open) {
        const policy = coverable(finding);
        if (policy !== undefined) {
            exemptions.set(finding.fingerprint, {
                id: `baseline-${finding.fingerprint}`,
                policy: policy.name,
                scope: { urn: finding.urn, fingerprint: finding.fingerprint },
                reason: `Present when the stack was first judged on ${created}: ${finding.verdict} at ${finding.path || "the whole resource"}.`,
                ...authority,
                created,
                expires: addDays(
                    created,
                    longestSpanDays(policy.severity, (id) => limits.parameter(id)),
                ),
            });
        }
    }
    return {
        exemptions: [...exemptions.values()].sort(
            compareBy<Exemption>(
                ({ policy }) => policy,
                ({ id }) => id,
            ),
        ),
        left: open.filter((finding) => coverable(finding) === undefined),
    };
}

function addDays(date: string, days: number): string {
    return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

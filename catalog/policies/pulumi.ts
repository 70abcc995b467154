import type { PolicyRecord } from "../policy";

/** The program's own options, its providers, and the pack's own configuration. */
export const pulumiPolicies: readonly PolicyRecord[] = [
    {
        name: "exemptions-sound",
        displayName: "Exemptions are sound",
        description:
            "Every exemption must be well formed, live, used, narrow and granted for no longer than its policy's severity allows.",
        rationale: "An exception that nobody ends is a hole that everybody forgot.",
        severity: "critical",
        level: "mandatory",
        exemptable: false,
        remediation: {
            text: "Correct, renew or remove the exemption record.",
            example:
                'const exemption = { id: "legacy-client-range", policy: "sg-service-ports-from-approved-sources", scope: { urn: "urn:pulumi:prod::vault::aws:ec2/securityGroup:SecurityGroup::clients" }, reason: "The legacy client cannot use a security group.", owner: "platform", approver: "security", ticket: "SEC-104", created: "2026-11-01", expires: "2026-12-01" };',
        },
        remediable: false,
        parameters: [
            "exemptionSpanCriticalDays",
            "exemptionSpanHighDays",
            "exemptionSpanMediumDays",
            "exemptionSpanLowDays",
            "exemptionReasonCharacters",
            "exemptionNoticeDays",
        ],
    },
    {
        name: "enforcement-levels-sound",
        displayName: "Critical policies stay mandatory",
        description: "No critical policy may be configured below mandatory.",
        rationale:
            "A policy that was switched off in a configuration file protects nobody and tells nobody.",
        severity: "critical",
        level: "mandatory",
        exemptable: false,
        remediation: {
            text: 'Configure the policy as "mandatory" or "remediate", and exempt what must be exempted by a record.',
            example:
                'const policyConfiguration = { "no-public-ip": { enforcementLevel: "mandatory" } };',
        },
        remediable: false,
        parameters: [],
    },
];

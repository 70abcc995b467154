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
    {
        name: "resource-options-safe",
        displayName: "Resource options do not undo the hardening",
        description:
            "Keys, archives and data volumes of key servers must be protected; ignoreChanges must name no security property, except the constant bootstrap of servers and their image; servers are not deleted before they are replaced.",
        rationale: "A property that Pulumi ignores is a property that anybody may change by hand.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Protect what cannot be restored, and ignore no security property.",
            example:
                'new aws.kms.Key("unseal", { deletionWindowInDays: 30, enableKeyRotation: true }, { protect: true });',
        },
        remediable: false,
        parameters: [],
    },
    {
        name: "provider-and-stack-guard",
        displayName: "Stacks go where they may, and hold only known types",
        description:
            "Providers must use allow-listed regions and accounts without static keys and give default tags, stacks must carry the required tags, and every type that can run, open or reach a key server must be one that the pack reads.",
        rationale:
            "A resource that no policy understands, or a stack in an account that nobody watches, can undo what all the others ask for.",
        severity: "critical",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Name region and allowed accounts, leave keys out of the program, and use types that the pack reads; an exemption says who examined another one.",
            example:
                'new aws.Provider("frankfurt", { region: "eu-central-1", allowedAccountIds: ["111122223333"], defaultTags: { tags: { "keyward:stack": "vault-prod" } } });',
        },
        remediable: false,
        parameters: ["allowedRegions", "allowedAccounts", "requiredTags"],
    },
];

import type { PolicyRecord } from "../policy";

/** Log groups, archive, trail, alarms, detection and backups. */
export const loggingPolicies: readonly PolicyRecord[] = [
    {
        name: "log-group-retention-and-cmk",
        displayName: "Log groups are kept, encrypted and protected",
        description:
            "Log groups must keep events long enough, be encrypted under a customer-managed key that CloudWatch Logs may use for them only, and survive the stack.",
        rationale: "Logs that are gone, or readable by everybody, prove nothing after an incident.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Set retentionInDays, kmsKeyId and deletion protection.",
            example:
                'new aws.cloudwatch.LogGroup("system", { name: "/keyward/prod/system", retentionInDays: 365, kmsKeyId: logKey.arn, deletionProtectionEnabled: true });',
        },
        remediable: true,
        parameters: ["logRetentionDays"],
    },
];

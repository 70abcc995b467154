import type { PolicyRecord } from "../policy";

/** Log groups, archive, trail, alarms, detection and backups. */
export const loggingPolicies: readonly PolicyRecord[] = [
    {
        name: "log-group-retention-and-cmk",
        displayName: "Log groups are kept, encrypted and protected",
        description:
            "Log groups must keep events long enough, be encrypted under a customer-managed key that CloudWatch Logs may use for them only, and survive the stack; delivery streams must be encrypted under a customer-managed key as well.",
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
    {
        name: "log-bucket-worm",
        displayName: "The archive is write-once",
        description:
            "The bucket that archives logs must be versioned and lock every object in compliance mode for long enough; it must not be emptied with the stack, and no lifecycle rule may undercut the lock.",
        rationale: "Logs that an administrator can delete prove nothing about that administrator.",
        severity: "critical",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Enable Object Lock with a default retention in compliance mode.",
            example:
                'new aws.s3.BucketObjectLockConfiguration("worm", { bucket: archive.id, rule: { defaultRetention: { mode: "COMPLIANCE", days: 365 } } });',
        },
        remediable: false,
        parameters: ["accountAttestations", "archiveRetentionDays", "attestationAgeDays"],
    },
    {
        name: "log-bucket-access",
        displayName: "The archive is closed",
        description:
            "The bucket that archives logs must block public access, own its objects, encrypt under a customer-managed key, refuse old TLS and admit services only for known sources.",
        rationale:
            "An archive that others can read tells an intruder what was noticed; one that others can write proves nothing.",
        severity: "critical",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Block public access in all four ways, and refuse requests without TLS.",
            example:
                'new aws.s3.BucketPublicAccessBlock("archive", { bucket: archive.id, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true });',
        },
        remediable: true,
        parameters: ["tlsMinimumVersion", "trustedServices"],
    },
    {
        name: "buckets-private",
        displayName: "No bucket may become public",
        description:
            "Every bucket must block public access in all four ways, by a block of its own or by the account's (made in the stack, or attested as bucket-block), and no policy or list of it may let everybody in.",
        rationale:
            "Scripts, patch lists and backups in a bucket tell strangers how the key servers are built, or let them change it.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Block public access to the bucket in all four ways.",
            example:
                'new aws.s3.BucketPublicAccessBlock("bundles", { bucket: bundles.id, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true });',
        },
        remediable: false,
        parameters: ["accountAttestations", "attestationAgeDays"],
    },
    {
        name: "cloudtrail-hardened",
        displayName: "The trail is complete and verifiable",
        description:
            "The trail must log in every region, validate its files, be encrypted under a customer-managed key, reach CloudWatch Logs, keep read and AWS KMS events, and record access to every bucket of the stack that logs reach.",
        rationale: "What the trail leaves out, nobody can reconstruct.",
        severity: "critical",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Switch on validation, all regions, encryption and CloudWatch Logs.",
            example:
                'new aws.cloudtrail.Trail("trail", { s3BucketName: archive.id, isMultiRegionTrail: true, includeGlobalServiceEvents: true, enableLogging: true, enableLogFileValidation: true, kmsKeyId: logKey.arn, cloudWatchLogsGroupArn: pulumi.interpolate`${logGroup.arn}:*`, cloudWatchLogsRoleArn: trailRole.arn, advancedEventSelectors: [{ name: "Management", fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] }] });',
        },
        remediable: true,
        parameters: ["accountAttestations", "attestationAgeDays"],
    },
    {
        name: "buckets-guarded",
        displayName: "Buckets of key servers are encrypted and closed",
        description:
            "Every bucket of a key-server stack that holds no logs must be encrypted with a customer-managed key, refuse requests without TLS or with an old version of it, and admit known principals and services only.",
        rationale:
            "Whoever changes the scripts and lists that key servers fetch, on the way or in the bucket, runs commands on them.",
        severity: "medium",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Encrypt the bucket with a key of your own, and deny requests without TLS in its policy.",
            example:
                'new aws.s3.BucketServerSideEncryptionConfiguration("bundles", { bucket: "keyward-bundles", rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: logKey.arn } }] });',
        },
        remediable: false,
        parameters: ["tlsMinimumVersion", "trustedServices"],
    },
    {
        name: "metric-filters-alarmed",
        displayName: "Counted events raise an alarm",
        description:
            "Every metric filter of a key-server stack must count events of a log group of the stack, and an alarm must go by its metric.",
        rationale:
            "A filter that looks at the wrong log group, or whose metric nobody watches, stays silent when a trail is stopped or a key disabled.",
        severity: "medium",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Name the log group, and give an alarm the filter's namespace and metric.",
            example:
                'new aws.cloudwatch.LogMetricFilter("trail-stopped", { logGroupName: logGroup.name, pattern: "{ $.eventName = StopLogging }", metricTransformation: { namespace: "Keyward", name: "TrailStopped", value: "1" } });',
        },
        remediable: false,
        parameters: [],
    },
    {
        name: "alarms-wired",
        displayName: "Alarms reach people",
        description:
            "Every key server must have an alarm that goes off when the server falls silent; the actions of alarms must be on and lead to an encrypted topic, to which nobody listens in clear text. Who subscribes to the topic is decided outside the stack.",
        rationale: "An alarm that reaches nobody is a log line.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Give the alarm an action, and treat missing data as breaching.",
            example:
                'new aws.cloudwatch.MetricAlarm("heartbeat", { namespace: "Keyward", metricName: "Heartbeat", comparisonOperator: "LessThanThreshold", threshold: 1, period: 300, evaluationPeriods: 3, statistic: "Sum", treatMissingData: "breaching", actionsEnabled: true, alarmActions: [alarmTopic.arn] });',
        },
        remediable: false,
        parameters: ["heartbeatSilenceMinutes"],
    },
    {
        name: "detection-enabled",
        displayName: "Intrusion and vulnerability detection is on",
        description:
            "GuardDuty with runtime and malware protection of EC2, and Inspector for EC2, must be on in the stack or attested.",
        rationale: "Hardening makes intrusion rare; detection makes it short.",
        severity: "medium",
        level: "advisory",
        exemptable: true,
        remediation: {
            text: "Switch GuardDuty and Inspector on, or attest that the account has them.",
            example:
                'new aws.inspector2.Enabler("ec2", { accountIds: ["111122223333"], resourceTypes: ["EC2"] });',
        },
        remediable: false,
        parameters: ["accountAttestations", "attestationAgeDays"],
    },
    {
        name: "backups-protected",
        displayName: "Backups exist and cannot be removed",
        description:
            "Data volumes of key servers must be in a backup plan whose vault has a customer-managed key and a lock; copies to other regions must be encrypted, and both keys must outlive the vault.",
        rationale:
            "Keys that are lost are gone with everything encrypted under them, and extortion starts by deleting backups.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Lock the vault, and select the volumes.",
            example:
                'new aws.backup.VaultLockConfiguration("lock", { backupVaultName: backupVault.name, minRetentionDays: 7, maxRetentionDays: 365, changeableForDays: 3 });',
        },
        remediable: false,
        parameters: ["backupRetentionDays", "backupIntervalHours", "backupLockMinimumDays"],
    },
];

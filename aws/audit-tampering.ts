/**
 * Actions that remove, shorten or stop an audit trail wherever it is, by the kind of resource that they change, as an ARN after its
 * partition. Source: service authorization reference of the services.
 */
export const trailTampering: Readonly<Record<string, readonly string[]>> = {
    "cloudtrail:*:*:trail/*": [
        "cloudtrail:DeleteTrail",
        "cloudtrail:PutEventSelectors",
        "cloudtrail:StopLogging",
        "cloudtrail:UpdateTrail",
    ],
    "logs:*:*:log-group:*": [
        "logs:DeleteLogGroup",
        "logs:DeleteLogStream",
        "logs:DeleteSubscriptionFilter",
        "logs:DisassociateKmsKey",
        "logs:PutRetentionPolicy",
    ],
    "kms:*:*:key/*": ["kms:DisableKey", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"],
    "ssm:*:*:document/*": [
        "ssm:DeleteDocument",
        "ssm:UpdateDocument",
        "ssm:UpdateDocumentDefaultVersion",
    ],
};

/** Actions that destroy what an archive in Amazon S3 holds, or let it be destroyed. Source: service authorization reference of Amazon S3. */
export const archiveTampering = {
    objects: ["s3:BypassGovernanceRetention", "s3:DeleteObject", "s3:DeleteObjectVersion"],
    bucket: ["s3:PutBucketPolicy", "s3:PutLifecycleConfiguration"],
} as const;

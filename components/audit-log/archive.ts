import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parameter } from "../../catalog/parameters";
import type { KeyServerAuditLogArgs } from "../key-server-audit-log";
import type { Location } from "../location";
import { createServiceRole, type Statement } from "../service-role";
import { type Bucket, createBucket } from "../storage/bucket";

/** Days for which the landing bucket keeps what has been replicated. */
const landingDays = 30;

/** Prefixes of the landing bucket, and so of the archive. */
export const archivePrefix = { logs: "logs/", trail: "trail" } as const;

export interface Archive {
    /** Where deliveries arrive: no page of AWS says that they may go to a locked bucket directly. */
    readonly landing: Bucket;
    /** Undefined for an archive that exists already. */
    readonly archive: Bucket | undefined;
    readonly archiveArn: pulumi.Output<string>;
}

/** The write-once archive and the way into it: landing bucket, replication, bucket with S3 Object Lock in compliance mode. */
export function createArchive(
    name: string,
    args: KeyServerAuditLogArgs,
    trailArn: pulumi.Output<string>,
    location: Location,
    parent: pulumi.Resource,
): Archive {
    const { disposable = false, region, tags } = args;
    const common = { keyArn: args.logKeyArn, disposable, region, tags };
    const archive =
        args.archive === undefined
            ? createBucket(`${name}-archive`, { ...common, objectLock: true }, location, parent)
            : undefined;
    if (archive !== undefined) {
        lock(`${name}-archive`, archive, args, parent);
    }
    const landing = createBucket(
        `${name}-landing`,
        {
            ...common,
            objectLock: false,
            statements: (arn) => [
                {
                    Sid: "TrailReadsAcl",
                    Effect: "Allow",
                    Principal: { Service: "cloudtrail.amazonaws.com" },
                    Action: "s3:GetBucketAcl",
                    Resource: arn,
                    Condition: { StringEquals: { "aws:SourceArn": trailArn } },
                },
                {
                    Sid: "TrailDelivers",
                    Effect: "Allow",
                    Principal: { Service: "cloudtrail.amazonaws.com" },
                    Action: "s3:PutObject",
                    Resource: pulumi.interpolate`${arn}/${archivePrefix.trail}/AWSLogs/${location.account}/*`,
                    Condition: {
                        StringEquals: {
                            "aws:SourceArn": trailArn,
                            "s3:x-amz-acl": "bucket-owner-full-control",
                        },
                    },
                },
            ],
        },
        location,
        parent,
    );
    new aws.s3.BucketLifecycleConfiguration(
        `${name}-landing`,
        {
            bucket: landing.bucket.bucket,
            rules: [
                {
                    id: "replicated",
                    status: "Enabled",
                    filter: {},
                    expiration: { days: landingDays },
                    noncurrentVersionExpiration: { noncurrentDays: landingDays },
                    abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
                },
            ],
            region,
        },
        { parent, dependsOn: landing.settings.slice(0, 1), retainOnDelete: !disposable },
    );
    const archiveArn = archive?.arn ?? pulumi.output(args.archive?.bucketArn ?? "");
    replicate(`${name}-archive`, args, landing, { archive, archiveArn }, location, parent);
    return { landing, archive, archiveArn };
}

/** Default retention in compliance mode: nobody, not even the account's root, can shorten or delete it. */
function lock(
    name: string,
    { bucket, settings }: Bucket,
    args: KeyServerAuditLogArgs,
    parent: pulumi.Resource,
): void {
    const retention = {
        mode: "COMPLIANCE",
        days: args.archiveRetentionDays ?? parameter("archiveRetentionDays").value,
    };
    new aws.s3.BucketObjectLockConfiguration(
        name,
        {
            bucket: bucket.bucket,
            objectLockEnabled: "Enabled",
            // A throw-away stack could never be destroyed.
            rule: args.disposable === true ? undefined : { defaultRetention: retention },
            region: args.region,
        },
        {
            parent,
            dependsOn: settings.slice(0, 1),
            retainOnDelete: args.disposable !== true,
        },
    );
}

function replicate(
    name: string,
    args: KeyServerAuditLogArgs,
    landing: Bucket,
    to: { readonly archive: Bucket | undefined; readonly archiveArn: pulumi.Output<string> },
    location: Location,
    parent: pulumi.Resource,
): void {
    const role = createServiceRole(
        `${name}-replication`,
        {
            service: "s3.amazonaws.com",
            description: "Copies delivered logs into the write-once archive",
            sourceArn: landing.arn,
            statements: replicationStatements(landing.arn, to.archiveArn, args.archive?.keyArn),
            permissionsBoundaryArn: args.permissionsBoundaryArn,
            tags: args.tags,
        },
        location,
        parent,
    );
    const foreign = args.archive?.accountId;
    new aws.s3.BucketReplicationConfig(
        name,
        {
            bucket: landing.bucket.bucket,
            role: role.role.arn,
            rules: [
                {
                    id: "archive",
                    status: "Enabled",
                    priority: 1,
                    filter: {},
                    // What is deleted in the landing bucket stays in the archive.
                    deleteMarkerReplication: { status: "Disabled" },
                    sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
                    destination: {
                        bucket: to.archiveArn,
                        storageClass: "STANDARD_IA",
                        account: foreign,
                        accessControlTranslation:
                            foreign === undefined ? undefined : { owner: "Destination" },
                        encryptionConfiguration: {
                            replicaKmsKeyId: args.archive?.keyArn ?? args.logKeyArn,
                        },
                        metrics: { status: "Enabled", eventThreshold: { minutes: 15 } },
                        replicationTime: { status: "Enabled", time: { minutes: 15 } },
                    },
                },
            ],
            region: args.region,
        },
        {
            parent,
            dependsOn: [role.policy, ...landing.settings, ...(to.archive?.settings ?? [])],
        },
    );
}

function replicationStatements(
    landing: pulumi.Output<string>,
    archive: pulumi.Output<string>,
    adoptedKeyArn: pulumi.Input<string> | undefined,
): readonly Statement[] {
    return [
        {
            Sid: "ReadLanding",
            Effect: "Allow",
            Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
            Resource: landing,
        },
        {
            Sid: "ReadDeliveries",
            Effect: "Allow",
            Action: [
                "s3:GetObjectVersionAcl",
                "s3:GetObjectVersionForReplication",
                "s3:GetObjectVersionTagging",
            ],
            Resource: pulumi.interpolate`${landing}/*`,
        },
        {
            Sid: "WriteArchive",
            Effect: "Allow",
            // Neither ReplicateDelete nor anything that changes a retention is among it.
            Action: [
                "s3:ObjectOwnerOverrideToBucketOwner",
                "s3:ReplicateObject",
                "s3:ReplicateTags",
            ],
            Resource: pulumi.interpolate`${archive}/*`,
        },
        // A key of another account takes the role's own policy besides the key's.
        ...(adoptedKeyArn === undefined
            ? []
            : [
                  {
                      Sid: "EncryptCopies",
                      Effect: "Allow" as const,
                      Action: ["kms:Encrypt", "kms:GenerateDataKey"],
                      Resource: adoptedKeyArn,
                      Condition: { StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } },
                  },
              ]),
    ];
}

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { logKey } from "./keys";
import { account, region, tags } from "./location";
import { trailLog } from "./logs";
import { archiver, trailWriter } from "./roles";

/** A private, versioned bucket under the log key that refuses requests without TLS 1.2. */
function bucket(
    name: string,
    statements: object[],
    objectLockEnabled: boolean,
): { bucket: aws.s3.Bucket; versioning: aws.s3.BucketVersioning; policy: aws.s3.BucketPolicy } {
    const made = new aws.s3.Bucket(
        name,
        {
            bucket: pulumi.interpolate`key-server-${name}-${account}-${region}`,
            objectLockEnabled,
            tags,
        },
        { protect: true },
    );
    const versioning = new aws.s3.BucketVersioning(name, {
        bucket: made.bucket,
        versioningConfiguration: { status: "Enabled" },
    });
    const block = new aws.s3.BucketPublicAccessBlock(name, {
        bucket: made.bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
    });
    new aws.s3.BucketOwnershipControls(name, {
        bucket: made.bucket,
        rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    new aws.s3.BucketServerSideEncryptionConfiguration(name, {
        bucket: made.bucket,
        rules: [
            {
                applyServerSideEncryptionByDefault: {
                    sseAlgorithm: "aws:kms",
                    kmsMasterKeyId: logKey.arn,
                },
                bucketKeyEnabled: true,
            },
        ],
    });
    const arn = pulumi.interpolate`arn:aws:s3:::${made.bucket}`;
    const refuse = (condition: object): object => ({
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, pulumi.interpolate`${arn}/*`],
        Condition: condition,
    });
    const policy = new aws.s3.BucketPolicy(
        name,
        {
            bucket: made.bucket,
            policy: pulumi.jsonStringify({
                Version: "2012-10-17",
                Statement: [
                    refuse({ Bool: { "aws:SecureTransport": "false" } }),
                    refuse({ NumericLessThan: { "s3:TlsVersion": "1.2" } }),
                    ...statements,
                ],
            }),
        },
        { dependsOn: [block] },
    );
    return { bucket: made, versioning, policy };
}

const trailName = "key-server";
const trailArn = pulumi.interpolate`arn:aws:cloudtrail:${region}:${account}:trail/${trailName}`;
const landingArn = pulumi.interpolate`arn:aws:s3:::key-server-landing-${account}-${region}`;

const archive = bucket("archive", [], true);
const lock = new aws.s3.BucketObjectLockConfiguration(
    "archive",
    {
        bucket: archive.bucket.bucket,
        rule: { defaultRetention: { mode: "COMPLIANCE", days: 400 } },
    },
    { dependsOn: [archive.versioning] },
);

const landing = bucket(
    "landing",
    [
        {
            Effect: "Allow",
            Principal: { Service: "cloudtrail.amazonaws.com" },
            Action: "s3:GetBucketAcl",
            Resource: landingArn,
            Condition: { StringEquals: { "aws:SourceArn": trailArn } },
        },
        {
            Effect: "Allow",
            Principal: { Service: "cloudtrail.amazonaws.com" },
            Action: "s3:PutObject",
            Resource: pulumi.interpolate`${landingArn}/AWSLogs/${account}/*`,
            Condition: { StringEquals: { "aws:SourceArn": trailArn } },
        },
    ],
    false,
);
new aws.s3.BucketReplicationConfig(
    "landing",
    {
        bucket: landing.bucket.bucket,
        role: archiver.role.arn,
        rules: [
            {
                id: "archive",
                status: "Enabled",
                priority: 1,
                filter: {},
                deleteMarkerReplication: { status: "Disabled" },
                sourceSelectionCriteria: { sseKmsEncryptedObjects: { status: "Enabled" } },
                destination: {
                    bucket: archive.bucket.arn,
                    encryptionConfiguration: { replicaKmsKeyId: logKey.arn },
                },
            },
        ],
    },
    { dependsOn: [archiver.policy, landing.versioning, lock] },
);

export const trail = new aws.cloudtrail.Trail(
    "trail",
    {
        name: trailName,
        s3BucketName: landing.bucket.bucket,
        isMultiRegionTrail: true,
        enableLogFileValidation: true,
        kmsKeyId: logKey.arn,
        cloudWatchLogsGroupArn: pulumi.interpolate`${trailLog.arn}:*`,
        cloudWatchLogsRoleArn: trailWriter.role.arn,
        advancedEventSelectors: [
            {
                name: "Management events",
                fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }],
            },
            {
                name: "Objects of the archive",
                fieldSelectors: [
                    { field: "eventCategory", equals: ["Data"] },
                    { field: "resources.type", equals: ["AWS::S3::Object"] },
                    {
                        field: "resources.ARN",
                        startsWiths: [
                            pulumi.interpolate`${landing.bucket.arn}/`,
                            pulumi.interpolate`${archive.bucket.arn}/`,
                        ],
                    },
                ],
            },
        ],
        tags,
    },
    { protect: true, dependsOn: [landing.policy, trailWriter.policy] },
);

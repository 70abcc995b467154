import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { KeyServerAuditLogArgs } from "../key-server-audit-log";
import type { Location } from "../location";
import { physicalName } from "../names";
import { createServiceRole } from "../service-role";
import { withName } from "../tags";
import { type Archive, archivePrefix } from "./archive";

/** Largest and longest batch before it is delivered. Source: Amazon Data Firehose developer guide, buffering hints. */
const batch = { megabytes: 5, seconds: 60 } as const;

/** Sends every event of the log groups to the landing bucket, compressed, within a minute or so. */
export function createDelivery(
    name: string,
    groups: Readonly<Record<string, aws.cloudwatch.LogGroup>>,
    { landing }: Archive,
    args: KeyServerAuditLogArgs,
    location: Location,
    parent: pulumi.Resource,
): aws.kinesis.FirehoseDeliveryStream {
    const { permissionsBoundaryArn, region, tags } = args;
    const streamName = physicalName(`${name}-archive`, "firehoseStream");
    const streamArn = pulumi.interpolate`arn:${location.partition}:firehose:${location.region}:${location.account}:deliverystream/${streamName}`;
    const writer = createServiceRole(
        `${name}-delivery`,
        {
            service: "firehose.amazonaws.com",
            description: "Writes batches of log events to the landing bucket",
            statements: [
                {
                    Sid: "FindLanding",
                    Effect: "Allow",
                    Action: [
                        "s3:GetBucketLocation",
                        "s3:ListBucket",
                        "s3:ListBucketMultipartUploads",
                    ],
                    Resource: landing.arn,
                },
                {
                    Sid: "WriteBatches",
                    Effect: "Allow",
                    Action: ["s3:AbortMultipartUpload", "s3:PutObject"],
                    Resource: pulumi.interpolate`${landing.arn}/${archivePrefix.logs}*`,
                },
            ],
            permissionsBoundaryArn,
            tags,
        },
        location,
        parent,
    );
    const stream = new aws.kinesis.FirehoseDeliveryStream(
        `${name}-archive`,
        {
            name: streamName,
            destination: "extended_s3",
            extendedS3Configuration: {
                bucketArn: landing.arn,
                roleArn: writer.role.arn,
                prefix: archivePrefix.logs,
                errorOutputPrefix: `${archivePrefix.logs}failed/`,
                bufferingSize: batch.megabytes,
                bufferingInterval: batch.seconds,
                compressionFormat: "GZIP",
                kmsKeyArn: args.logKeyArn,
            },
            serverSideEncryption: {
                enabled: true,
                keyType: "CUSTOMER_MANAGED_CMK",
                keyArn: args.logKeyArn,
            },
            region,
            tags: withName(tags, `${name}-archive`),
        },
        { parent, dependsOn: [writer.policy, ...landing.settings] },
    );
    const subscriber = createServiceRole(
        `${name}-subscription`,
        {
            service: "logs.amazonaws.com",
            description: "Hands log events to the delivery stream of the archive",
            statements: [
                {
                    Sid: "PutBatches",
                    Effect: "Allow",
                    Action: ["firehose:PutRecord", "firehose:PutRecordBatch"],
                    Resource: streamArn,
                },
            ],
            permissionsBoundaryArn,
            tags,
        },
        location,
        parent,
    );
    for (const [kind, group] of Object.entries(groups)) {
        new aws.cloudwatch.LogSubscriptionFilter(
            `${name}-${kind}`,
            {
                name: physicalName(`${name}-${kind}`, "alarm"),
                logGroup: group.name,
                // Everything.
                filterPattern: "",
                destinationArn: stream.arn,
                roleArn: subscriber.role.arn,
                region,
            },
            { parent, dependsOn: [subscriber.policy] },
        );
    }
    return stream;
}

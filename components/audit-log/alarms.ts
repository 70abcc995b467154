import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Location } from "../location";
import { physicalName } from "../names";
import { type Tags, withName } from "../tags";

/** CloudWatch namespace of what is counted in logs. */
const namespace = "Keyward/Audit";

interface Watch {
    readonly kind: string;
    /** Log group that is searched. */
    readonly group: "trail" | "security" | "application";
    /** Filter pattern of CloudWatch Logs. */
    readonly pattern: string;
    readonly description: string;
    /** Events within five minutes from which people are told. */
    readonly threshold: number;
}

const calls = (...names: readonly string[]): string =>
    `{ ${names.map((name) => `($.eventName = "${name}")`).join(" || ")} }`;

/** What people are told about, whatever servers there are. */
const watches: readonly Watch[] = [
    {
        kind: "trail-stopped",
        group: "trail",
        pattern: calls("StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors"),
        description: "Somebody stopped, deleted or changed a trail",
        threshold: 1,
    },
    {
        kind: "key-disabled",
        group: "trail",
        pattern: calls("DisableKey", "ScheduleKeyDeletion", "PutKeyPolicy", "DisableKeyRotation"),
        description: "Somebody disabled a key, scheduled its deletion or changed its policy",
        threshold: 1,
    },
    {
        kind: "log-removed",
        group: "trail",
        pattern: calls(
            "DeleteLogGroup",
            "DeleteLogStream",
            "DeleteSubscriptionFilter",
            "PutRetentionPolicy",
            "DeleteBucketReplication",
        ),
        description:
            "Somebody deleted logs, shortened their retention or cut their way to the archive",
        threshold: 1,
    },
    {
        kind: "authentication-failures",
        group: "security",
        pattern: '?"authentication failure" ?"Failed password" ?"res=failed"',
        description: "Logins to key servers fail repeatedly",
        threshold: 5,
    },
    {
        kind: "audit-failures",
        group: "security",
        pattern:
            '?"audit: backlog limit exceeded" ?"audit: error in" ?"Audit daemon is low on disk space" ?"Audit daemon has no space left"',
        description: "The audit daemon of a key server loses records",
        threshold: 1,
    },
    {
        kind: "application-denials",
        group: "application",
        pattern: '?"permission denied" ?"invalid token" ?"bad token"',
        description: "The key-management software refuses requests repeatedly",
        threshold: 20,
    },
];

const periodSeconds = 300;

/** A metric filter and an alarm for everything that is watched; every alarm goes to the topic. */
export function createAlarms(
    name: string,
    groupNames: Readonly<Record<Watch["group"], pulumi.Input<string> | undefined>>,
    topicArn: pulumi.Output<string>,
    { region, tags }: { readonly region?: pulumi.Input<string>; readonly tags?: Tags },
    parent: pulumi.Resource,
): readonly aws.cloudwatch.MetricAlarm[] {
    return watches.flatMap(({ kind, group, pattern, description, threshold }) => {
        const logGroupName = groupNames[group];
        if (logGroupName === undefined) {
            return [];
        }
        const resourceName = `${name}-${kind}`;
        const metricName = physicalName(resourceName, "alarm");
        const filter = new aws.cloudwatch.LogMetricFilter(
            resourceName,
            {
                name: metricName,
                logGroupName,
                pattern,
                metricTransformation: {
                    namespace,
                    name: metricName,
                    value: "1",
                    defaultValue: "0",
                },
                region,
            },
            { parent },
        );
        return [
            new aws.cloudwatch.MetricAlarm(
                resourceName,
                {
                    name: metricName,
                    alarmDescription: description,
                    namespace,
                    metricName: filter.metricTransformation.apply((made) => made.name),
                    statistic: "Sum",
                    period: periodSeconds,
                    evaluationPeriods: 1,
                    threshold,
                    comparisonOperator: "GreaterThanOrEqualToThreshold",
                    // No event, no data: silence is normal here. Silence of a server is the server's own alarm.
                    treatMissingData: "notBreaching",
                    actionsEnabled: true,
                    alarmActions: [topicArn],
                    region,
                    tags: withName(tags, resourceName),
                },
                { parent },
            ),
        ];
    });
}

/** An encrypted topic that alarms and events of this account publish to, over TLS only. */
export function createTopic(
    name: string,
    args: {
        readonly logKeyArn: pulumi.Input<string>;
        readonly region?: pulumi.Input<string>;
        readonly tags?: Tags;
    },
    { account, partition, region }: Location,
    parent: pulumi.Resource,
): { readonly topic: aws.sns.Topic; readonly arn: pulumi.Output<string> } {
    const topicName = physicalName(name, "topic");
    const arn = pulumi.interpolate`arn:${partition}:sns:${region}:${account}:${topicName}`;
    const topic = new aws.sns.Topic(
        name,
        {
            name: topicName,
            kmsMasterKeyId: args.logKeyArn,
            policy: pulumi.jsonStringify({
                Version: "2012-10-17",
                Statement: [
                    {
                        Sid: "AlarmsAndEvents",
                        Effect: "Allow",
                        Principal: {
                            Service: ["cloudwatch.amazonaws.com", "events.amazonaws.com"],
                        },
                        Action: "sns:Publish",
                        Resource: arn,
                        Condition: { StringEquals: { "aws:SourceAccount": account } },
                    },
                    {
                        Sid: "NoClearText",
                        Effect: "Deny",
                        Principal: "*",
                        Action: "sns:Publish",
                        Resource: arn,
                        Condition: { Bool: { "aws:SecureTransport": "false" } },
                    },
                ],
            }),
            region: args.region,
            tags: withName(args.tags, name),
        },
        { parent },
    );
    return { topic, arn };
}

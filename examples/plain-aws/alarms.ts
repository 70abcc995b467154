import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { logKey } from "./keys";
import { account, tags } from "./location";

const topic = new aws.sns.Topic("alarms", {
    kmsMasterKeyId: logKey.arn,
    tags,
});
new aws.sns.TopicPolicy("alarms", {
    arn: topic.arn,
    policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Principal: { Service: ["cloudwatch.amazonaws.com", "events.amazonaws.com"] },
                Action: "sns:Publish",
                Resource: topic.arn,
                Condition: { StringEquals: { "aws:SourceAccount": account } },
            },
        ],
    }),
});

const missingPatches = new aws.cloudwatch.EventRule("missing-patches", {
    description: "A server lacks patches",
    eventPattern: JSON.stringify({
        source: ["aws.ssm"],
        "detail-type": ["Configuration Compliance State Change"],
        detail: { "compliance-type": ["Patch"], "compliance-status": ["non_compliant"] },
    }),
    tags,
});
new aws.cloudwatch.EventTarget("missing-patches", { rule: missingPatches.name, arn: topic.arn });

/** An alarm that goes off when the server's agent has been silent for a quarter of an hour. */
export function heartbeat(instance: aws.ec2.Instance): aws.cloudwatch.MetricAlarm {
    return new aws.cloudwatch.MetricAlarm("heartbeat", {
        alarmDescription: "The key server is silent",
        namespace: "AWS/EC2",
        metricName: "StatusCheckFailed",
        dimensions: { InstanceId: instance.id },
        statistic: "Maximum",
        comparisonOperator: "GreaterThanThreshold",
        threshold: 0,
        period: 300,
        evaluationPeriods: 3,
        treatMissingData: "breaching",
        alarmActions: [topic.arn],
        tags,
    });
}

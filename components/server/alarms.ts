import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parameter } from "../../catalog/parameters";
import type { KeyServerArgs } from "../key-server";
import { physicalName } from "../names";
import { withName } from "../tags";
import { metricsNamespace } from "./cloudwatch-agent";

const minuteSeconds = 60;

/** Alarms of one server: its agent has fallen silent, or the hardware below it fails, which moves it to other hardware. */
export function createServerAlarms(
    name: string,
    args: KeyServerArgs,
    instance: aws.ec2.Instance,
    parent: pulumi.Resource,
): void {
    const alarm = (
        kind: string,
        watched: Omit<aws.cloudwatch.MetricAlarmArgs, "evaluationPeriods"> & {
            readonly evaluationPeriods: number;
        },
    ): aws.cloudwatch.MetricAlarm =>
        new aws.cloudwatch.MetricAlarm(
            `${name}-${kind}`,
            {
                name: physicalName(`${name}-${kind}`, "alarm"),
                dimensions: { InstanceId: instance.id },
                period: minuteSeconds,
                actionsEnabled: true,
                region: args.region,
                tags: withName(args.tags, `${name}-${kind}`),
                ...watched,
            },
            { parent },
        );
    alarm("heartbeat", {
        alarmDescription: "The agent of a key server is silent",
        namespace: metricsNamespace,
        metricName: "mem_used_percent",
        statistic: "SampleCount",
        comparisonOperator: "LessThanThreshold",
        threshold: 1,
        evaluationPeriods: parameter("heartbeatSilenceMinutes").value,
        // No data is the very thing that this alarm is for.
        treatMissingData: "breaching",
        alarmActions: [args.alarmTopicArn],
    });
    alarm("recovery", {
        alarmDescription: "The hardware below a key server fails; EC2 moves the server",
        namespace: "AWS/EC2",
        metricName: "StatusCheckFailed_System",
        statistic: "Maximum",
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        threshold: 1,
        evaluationPeriods: 2,
        treatMissingData: "missing",
        alarmActions: [recoverAction(args.alarmTopicArn), args.alarmTopicArn],
    });
}

/** ARN of EC2's own recovery action, in the region of the topic. */
function recoverAction(topicArn: pulumi.Input<string>): pulumi.Output<string> {
    return pulumi.output(topicArn).apply((arn) => {
        const [, partition = "", , region = ""] = arn.split(":");
        return `arn:${partition}:automate:${region}:ec2:recover`;
    });
}

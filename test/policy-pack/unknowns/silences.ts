/** Places where a policy rightly says nothing of a value that is not known, though some known value in its place would alarm it. */
export interface Silence {
    readonly reason: string;
    readonly policy: string;
    /** Type and path, without the indexes of lists; absent for every place. */
    readonly places?: readonly string[];
}

const presence = "only whether it is there counts, and a value that is not known yet is there";

/** The reviewed list. */
export const silences: readonly Silence[] = [
    {
        reason: presence,
        policy: "cloudtrail-hardened",
        places: [
            "aws:cloudtrail/trail:Trail cloudWatchLogsGroupArn",
            "aws:cloudtrail/trail:Trail cloudWatchLogsRoleArn",
        ],
    },
    {
        reason: presence,
        policy: "instance-profile-attached",
        places: ["aws:iam/instanceProfile:InstanceProfile role"],
    },
    {
        reason: presence,
        policy: "alarms-wired",
        places: ["aws:cloudwatch/metricAlarm:MetricAlarm alarmActions[]"],
    },
    {
        reason: presence,
        policy: "maintenance-window-patches-servers",
        places: ["aws:ssm/maintenanceWindowTask:MaintenanceWindowTask serviceRoleArn"],
    },
    {
        reason: "an ARN tells which account is the stack's own, beside which a key's owner may be foreign; unknown, it tells nothing",
        policy: "kms-policy-scoped",
        places: [
            "aws:cloudwatch/eventTarget:EventTarget arn",
            "aws:sns/topicPolicy:TopicPolicy arn",
        ],
    },
];

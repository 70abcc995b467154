import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parameter } from "../../catalog/parameters";
import type { KeyServerPatchingArgs } from "../key-server-patching";
import type { Location } from "../location";
import { logGroupNameOf } from "../log-group-arn";
import { physicalName } from "../names";
import { createServiceRole, type Statement } from "../service-role";
import { withName } from "../tags";

/** Sundays at 03:00. */
const defaultSchedule = "cron(0 3 ? * SUN *)";
const defaultWindowHours = 4;

/** Longest run of one patch command: a large update and its reboot on a small instance. */
const commandTimeoutSeconds = 3600;

/** The window in which one server after the other installs approved patches; it stops at the first that fails. */
export function createInstallWindow(
    name: string,
    group: string,
    args: KeyServerPatchingArgs,
    location: Location,
    parent: pulumi.Resource,
): aws.ssm.MaintenanceWindow {
    const { region, tags } = args;
    const resourceName = `${name}-install`;
    const window = new aws.ssm.MaintenanceWindow(
        resourceName,
        {
            name: physicalName(resourceName, "maintenanceWindow"),
            description: "Installs approved patches on key servers, one after the other",
            schedule: args.installSchedule ?? defaultSchedule,
            scheduleTimezone: args.timeZone ?? "Etc/UTC",
            duration: args.windowHours ?? defaultWindowHours,
            cutoff: parameter("patchWindowCutoffHours").value,
            allowUnassociatedTargets: false,
            enabled: true,
            region,
            tags: withName(tags, resourceName),
        },
        { parent },
    );
    const target = new aws.ssm.MaintenanceWindowTarget(
        resourceName,
        {
            windowId: window.id,
            name: "key-servers",
            description: "Key servers of one patch group",
            resourceType: "INSTANCE",
            targets: [{ key: "tag:PatchGroup", values: [group] }],
            region,
        },
        { parent },
    );
    const role = createServiceRole(
        resourceName,
        {
            service: "ssm.amazonaws.com",
            description: "Starts patch runs on key servers of one patch group",
            statements: buildWindowStatements(group, location),
            tags,
        },
        location,
        parent,
    );
    new aws.ssm.MaintenanceWindowTask(
        resourceName,
        {
            windowId: window.id,
            name: "install-patches",
            description: "Installs approved patches and restarts where needed",
            taskType: "RUN_COMMAND",
            taskArn: "AWS-RunPatchBaseline",
            targets: [{ key: "WindowTargetIds", values: [target.id] }],
            priority: 1,
            // One at a time, and no further one after a failure: a cluster keeps its quorum.
            maxConcurrency: "1",
            maxErrors: "0",
            cutoffBehavior: "CANCEL_TASK",
            serviceRoleArn: role.role.arn,
            taskInvocationParameters: {
                runCommandParameters: {
                    parameters: [
                        { name: "Operation", values: ["Install"] },
                        { name: "RebootOption", values: ["RebootIfNeeded"] },
                    ],
                    timeoutSeconds: commandTimeoutSeconds,
                    cloudwatchConfig: {
                        cloudwatchLogGroupName: logGroupNameOf(args.patchLogGroupArn),
                        cloudwatchOutputEnabled: true,
                    },
                },
            },
            region,
        },
        { parent, dependsOn: [role.policy] },
    );
    return window;
}

/** What the window's role may do: send one document to the servers of one patch group, and follow the runs. */
function buildWindowStatements(
    group: string,
    { account, partition, region }: Location,
): readonly Statement[] {
    return [
        {
            Sid: "PatchDocument",
            Effect: "Allow",
            Action: ["ssm:SendCommand"],
            Resource: pulumi.interpolate`arn:${partition}:ssm:${region}::document/AWS-RunPatchBaseline`,
        },
        {
            Sid: "ServersOfThePatchGroup",
            Effect: "Allow",
            Action: ["ssm:SendCommand"],
            Resource: pulumi.interpolate`arn:${partition}:ec2:${region}:${account}:instance/*`,
            Condition: { StringEquals: { "ssm:resourceTag/PatchGroup": group } },
        },
        {
            Sid: "FollowRuns",
            Effect: "Allow",
            // These know no narrower resource.
            Action: [
                "ssm:CancelCommand",
                "ssm:GetCommandInvocation",
                "ssm:ListCommandInvocations",
                "ssm:ListCommands",
            ],
            Resource: "*",
        },
    ];
}

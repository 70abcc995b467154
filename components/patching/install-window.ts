import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { parameter } from "../../catalog/parameters";
import type { KeyServerPatchingArgs } from "../key-server-patching";
import { logGroupNameOf } from "../log-group-arn";
import { physicalName } from "../names";
import type { ServiceRole } from "../service-role";
import { withName } from "../tags";
import { defaultTimeZone, type PatchRing } from "./rings";

/** Longest run of one patch command: a large update and its reboot on a small instance. */
const commandTimeoutSeconds = 3600;

/** The window of one ring, in which one server after the other is patched; it stops at the first that fails. */
export function createInstallWindow(
    ring: PatchRing,
    document: pulumi.Input<string>,
    /** Parameters of the document. */
    parameters: { name: string; values: string[] }[],
    args: KeyServerPatchingArgs,
    role: ServiceRole,
    parent: pulumi.Resource,
): aws.ssm.MaintenanceWindow {
    const { region, tags } = args;
    const { resourceName } = ring;
    const window = new aws.ssm.MaintenanceWindow(
        resourceName,
        {
            name: physicalName(resourceName, "maintenanceWindow"),
            description:
                ring.role === "production"
                    ? "Installs the promoted list of patches on key servers, one after the other"
                    : "Installs approved patches on key servers, one after the other",
            schedule: ring.schedule,
            scheduleTimezone: args.timeZone ?? defaultTimeZone,
            duration: ring.windowHours,
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
            name: physicalName(resourceName, "maintenanceWindow"),
            description: "Key servers of one patch group",
            resourceType: "INSTANCE",
            targets: [{ key: "tag:PatchGroup", values: [ring.group] }],
            region,
        },
        { parent },
    );
    new aws.ssm.MaintenanceWindowTask(
        resourceName,
        {
            windowId: window.id,
            name: physicalName(resourceName, "maintenanceWindow"),
            description: "Installs patches and restarts where needed",
            taskType: "RUN_COMMAND",
            taskArn: document,
            targets: [{ key: "WindowTargetIds", values: [target.id] }],
            priority: 1,
            // One at a time, and no further one after a failure: a cluster keeps its quorum.
            maxConcurrency: "1",
            maxErrors: "0",
            cutoffBehavior: "CANCEL_TASK",
            serviceRoleArn: role.role.arn,
            taskInvocationParameters: {
                runCommandParameters: {
                    parameters,
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

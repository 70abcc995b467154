import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { KeyServerPatchingArgs } from "../key-server-patching";
import { physicalName } from "../names";
import { withName } from "../tags";

/** Every day at 01:00 UTC. */
const defaultSchedule = "cron(0 1 ? * * *)";

/** The one scan that reports what servers lack; a second method would overwrite its results. */
export function createScan(
    name: string,
    group: string,
    args: KeyServerPatchingArgs,
    parent: pulumi.Resource,
): aws.ssm.Association {
    const resourceName = `${name}-scan`;
    return new aws.ssm.Association(
        resourceName,
        {
            associationName: physicalName(resourceName, "maintenanceWindow"),
            name: "AWS-RunPatchBaseline",
            parameters: { Operation: "Scan", RebootOption: "NoReboot" },
            targets: [{ key: "tag:PatchGroup", values: [group] }],
            scheduleExpression: args.scanSchedule ?? defaultSchedule,
            applyOnlyAtCronInterval: true,
            complianceSeverity: "CRITICAL",
            maxConcurrency: "100%",
            maxErrors: "100%",
            region: args.region,
            tags: withName(args.tags, resourceName),
        },
        { parent },
    );
}

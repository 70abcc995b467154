import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { KeyServerPatchingArgs } from "../key-server-patching";
import { physicalName } from "../names";
import { withName } from "../tags";
import { defaultScanSchedule } from "./rings";

/** The one scan that reports what servers lack; a second method would overwrite its results. */
export function createScan(
    name: string,
    groups: readonly string[],
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
            targets: [{ key: "tag:PatchGroup", values: [...groups] }],
            scheduleExpression: args.scanSchedule ?? defaultScanSchedule,
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

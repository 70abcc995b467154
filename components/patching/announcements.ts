import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { patchComplianceType } from "../../patching/gate/patch-items";
import type { PatchSource } from "../../patching/gate/promotion-request";
import { eventSource } from "../../patching/promotion-document";
import type { KeyServerPatchingArgs } from "../key-server-patching";
import type { Location } from "../location";
import { physicalName } from "../names";
import { createServiceRole } from "../service-role";
import { withName } from "../tags";
import { ssmArn } from "./roles";

interface Announced {
    readonly document: aws.ssm.Document;
    readonly emergency: aws.ssm.Document;
    readonly promotionName: string;
    readonly emergencyName: string;
    readonly roleArn: pulumi.Output<string>;
    readonly canaryWindow: aws.ssm.MaintenanceWindow;
}

/** Type of the compliance items that each source writes. */
const complianceTypes: Readonly<Record<PatchSource, string>> = {
    "patch-manager": "Patch",
    "keyward-patch": patchComplianceType,
};

/** Starts the promotion when the canary's window ends, and sends what it decides, or that it broke, to the topic. */
export function announce(
    name: string,
    announced: Announced,
    args: KeyServerPatchingArgs,
    location: Location,
    parent: pulumi.Resource,
): void {
    startAfterWindow(name, announced, args, location, parent);
    const topic = args.notificationTopicArn;
    if (topic === undefined) {
        return;
    }
    const { promotionName, emergencyName } = announced;
    tell(`${name}-decided`, topic, { source: [eventSource] }, args, parent);
    tell(
        `${name}-broken`,
        topic,
        {
            source: ["aws.ssm"],
            "detail-type": ["EC2 Automation Execution Status-change Notification"],
            detail: {
                Definition: [promotionName, emergencyName],
                Status: ["Failed", "TimedOut", "Cancelled"],
            },
        },
        args,
        parent,
    );
}

/** Sends to the topic that servers lack patches; nothing without a topic. */
export function announceMissingPatches(
    name: string,
    source: PatchSource,
    args: KeyServerPatchingArgs,
    parent: pulumi.Resource,
): void {
    if (args.notificationTopicArn === undefined) {
        return;
    }
    tell(
        `${name}-compliance`,
        args.notificationTopicArn,
        {
            source: ["aws.ssm"],
            "detail-type": ["Configuration Compliance State Change"],
            detail: {
                "compliance-type": [complianceTypes[source]],
                "compliance-status": ["non_compliant"],
            },
        },
        args,
        parent,
    );
}

function startAfterWindow(
    name: string,
    { document, promotionName, roleArn, canaryWindow }: Announced,
    { permissionsBoundaryArn, region, tags }: KeyServerPatchingArgs,
    location: Location,
    parent: pulumi.Resource,
): void {
    const resourceName = `${name}-window-ended`;
    const { account, partition, region: where } = location;
    const starter = createServiceRole(
        resourceName,
        {
            service: "events.amazonaws.com",
            description: "Starts the promotion when the canary's window ends",
            statements: [
                {
                    Sid: "StartThePromotion",
                    Effect: "Allow",
                    Action: ["ssm:StartAutomationExecution"],
                    Resource: [
                        pulumi.interpolate`${ssmArn("automation-definition", promotionName, location)}:*`,
                        ssmArn("automation-execution", "*", location),
                    ],
                },
                {
                    Sid: "HandOverTheRole",
                    Effect: "Allow",
                    Action: ["iam:PassRole"],
                    Resource: roleArn,
                    Condition: { StringEquals: { "iam:PassedToService": "ssm.amazonaws.com" } },
                },
            ],
            permissionsBoundaryArn,
            tags,
        },
        location,
        parent,
    );
    const rule = new aws.cloudwatch.EventRule(
        resourceName,
        {
            name: physicalName(resourceName, "eventRule"),
            description: "The canary ring's window has ended",
            eventPattern: canaryWindow.id.apply((id) =>
                JSON.stringify({
                    source: ["aws.ssm"],
                    "detail-type": ["Maintenance Window Execution State-change Notification"],
                    detail: {
                        "window-id": [id],
                        status: [
                            "SUCCESS",
                            "FAILED",
                            "TIMED_OUT",
                            "CANCELLED",
                            "SKIPPED_OVERLAPPING",
                        ],
                    },
                }),
            ),
            region,
            tags: withName(tags, resourceName),
        },
        { parent },
    );
    new aws.cloudwatch.EventTarget(
        resourceName,
        {
            rule: rule.name,
            arn: pulumi.interpolate`arn:${partition}:ssm:${where}:${account}:automation-definition/${document.name}:$DEFAULT`,
            roleArn: starter.role.arn,
            inputTransformer: {
                inputPaths: { started: "$.detail.start-time", ended: "$.detail.end-time" },
                inputTemplate: '{"WindowStartedAt":[<started>],"WindowEndedAt":[<ended>]}',
            },
            region,
        },
        { parent, dependsOn: [starter.policy] },
    );
}

function tell(
    resourceName: string,
    topic: pulumi.Input<string>,
    pattern: unknown,
    { region, tags }: KeyServerPatchingArgs,
    parent: pulumi.Resource,
): void {
    const rule = new aws.cloudwatch.EventRule(
        resourceName,
        {
            name: physicalName(resourceName, "eventRule"),
            description: "Tells people about patches of key servers",
            eventPattern: JSON.stringify(pattern),
            region,
            tags: withName(tags, resourceName),
        },
        { parent },
    );
    new aws.cloudwatch.EventTarget(
        resourceName,
        { rule: rule.name, arn: topic, region },
        { parent },
    );
}

import * as aws from "@pulumi/aws";
import { tags } from "./location";
import { patchLog } from "./logs";
import { patchWindow } from "./roles";

const product = { key: "PRODUCT", values: ["AmazonLinux2023"] };
const security = { key: "CLASSIFICATION", values: ["Security"] };

const baseline = new aws.ssm.PatchBaseline("key-server", {
    description: "Patches of the key server",
    operatingSystem: "AMAZON_LINUX_2023",
    approvalRules: [
        {
            approveAfterDays: 3,
            complianceLevel: "CRITICAL",
            patchFilters: [product, security, { key: "SEVERITY", values: ["Critical"] }],
        },
        {
            approveAfterDays: 7,
            complianceLevel: "HIGH",
            patchFilters: [product, security, { key: "SEVERITY", values: ["Important", "Medium"] }],
        },
    ],
    approvedPatchesComplianceLevel: "CRITICAL",
    rejectedPatchesAction: "BLOCK",
    tags,
});

export const patchGroup = new aws.ssm.PatchGroup("key-server", {
    baselineId: baseline.id,
    patchGroup: "key-server",
});

const targets = [{ key: "tag:PatchGroup", values: ["key-server"] }];

new aws.ssm.Association("scan", {
    name: "AWS-RunPatchBaseline",
    parameters: { Operation: "Scan", RebootOption: "NoReboot" },
    targets,
    scheduleExpression: "cron(0 1 ? * * *)",
    applyOnlyAtCronInterval: true,
    complianceSeverity: "CRITICAL",
    tags,
});

const window = new aws.ssm.MaintenanceWindow("install", {
    schedule: "cron(0 3 ? * SUN *)",
    scheduleTimezone: "Etc/UTC",
    duration: 4,
    cutoff: 1,
    allowUnassociatedTargets: false,
    tags,
});

const target = new aws.ssm.MaintenanceWindowTarget("install", {
    windowId: window.id,
    resourceType: "INSTANCE",
    targets,
});

new aws.ssm.MaintenanceWindowTask("install", {
    windowId: window.id,
    taskType: "RUN_COMMAND",
    taskArn: "AWS-RunPatchBaseline",
    targets: [{ key: "WindowTargetIds", values: [target.id] }],
    maxConcurrency: "1",
    maxErrors: "0",
    cutoffBehavior: "CANCEL_TASK",
    serviceRoleArn: patchWindow.role.arn,
    taskInvocationParameters: {
        runCommandParameters: {
            parameters: [
                { name: "Operation", values: ["Install"] },
                { name: "RebootOption", values: ["RebootIfNeeded"] },
            ],
            timeoutSeconds: 3600,
            cloudwatchConfig: {
                cloudwatchLogGroupName: patchLog.name,
                cloudwatchOutputEnabled: true,
            },
        },
    },
});

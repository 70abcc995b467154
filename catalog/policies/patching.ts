import type { PolicyRecord } from "../policy";

/** Baselines, groups, windows, rings and scans of Systems Manager's patching. */
export const patchingPolicies: readonly PolicyRecord[] = [
    {
        name: "patch-baseline-coverage",
        displayName: "Baselines approve every security patch that matters",
        description:
            "The approval rules of a patch baseline must together cover the operating system's products and its security patches of the required severities.",
        rationale:
            "A patch that no rule approves is never installed, and never reported as missing.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Name the operating system and approve security patches of every required severity.",
            example:
                'new aws.ssm.PatchBaseline("al2023", { operatingSystem: "AMAZON_LINUX_2023", approvalRules: [{ approveAfterDays: 3, complianceLevel: "CRITICAL", patchFilters: [{ key: "PRODUCT", values: ["*"] }, { key: "CLASSIFICATION", values: ["Security"] }, { key: "SEVERITY", values: ["Critical", "Important", "Medium"] }] }] });',
        },
        remediable: false,
        parameters: ["patchClassifications", "patchSeverities", "patchPriorities"],
    },
    {
        name: "patch-group-coverage",
        displayName: "Every server belongs to a patch group with a baseline",
        description:
            "Every key server must carry a patch group tag that leads to a baseline of its operating system.",
        rationale:
            "A server without a group falls back to a baseline that nobody chose, or is not patched at all.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Tag the server with PatchGroup and register the group with a baseline.",
            example:
                'new aws.ssm.PatchGroup("canary", { baselineId: baseline.id, patchGroup: "vault-prod-canary" });',
        },
        remediable: false,
        parameters: [],
    },
    {
        name: "maintenance-window-patches-servers",
        displayName: "A maintenance window installs patches on every server",
        description:
            "Every key server must be the target of an enabled maintenance window whose task installs patches, reboots when needed and keeps its output.",
        rationale: "Approved patches that no window installs leave the hole open.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Add a task that runs AWS-RunPatchBaseline with Operation Install on the window's targets.",
            example:
                'new aws.ssm.MaintenanceWindowTask("install", { windowId: patchWindow.id, taskType: "RUN_COMMAND", taskArn: "AWS-RunPatchBaseline", maxConcurrency: "1", maxErrors: "0", serviceRoleArn: windowRole.arn, targets: [{ key: "WindowTargetIds", values: [patchTarget.id] }], taskInvocationParameters: { runCommandParameters: { parameters: [{ name: "Operation", values: ["Install"] }, { name: "RebootOption", values: ["RebootIfNeeded"] }], cloudwatchConfig: { cloudwatchOutputEnabled: true } } } });',
        },
        remediable: false,
        parameters: [],
    },
];

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
    {
        name: "patch-baseline-approval-delay",
        displayName: "Patches are approved in time",
        description:
            "Approval rules must approve critical patches within the shorter wait and all others within the longer one; an approval date must exist and not lie in the past.",
        rationale: "Every day of waiting is a day in which the published hole is open.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Lower approveAfterDays.",
            example:
                'new aws.ssm.PatchBaseline("al2023", { operatingSystem: "AMAZON_LINUX_2023", approvalRules: [{ approveAfterDays: 3, patchFilters: [{ key: "SEVERITY", values: ["Critical"] }] }] });',
        },
        remediable: true,
        parameters: ["patchApprovalDelayDays", "patchCriticalApprovalDelayDays"],
    },
    {
        name: "patch-baseline-compliance-level",
        displayName: "Missing patches are reported by their weight",
        description:
            "Approval rules must name a compliance level, and security updates that are available but not approved must count as non-compliant where the system supports it.",
        rationale:
            "A missing critical patch that is reported as UNSPECIFIED is read as unimportant.",
        severity: "medium",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Set complianceLevel to CRITICAL or HIGH.",
            example:
                'new aws.ssm.PatchBaseline("al2023", { operatingSystem: "AMAZON_LINUX_2023", approvedPatchesComplianceLevel: "CRITICAL", approvalRules: [{ approveAfterDays: 3, complianceLevel: "CRITICAL", patchFilters: [{ key: "CLASSIFICATION", values: ["Security"] }] }] });',
        },
        remediable: true,
        parameters: [],
    },
    {
        name: "patch-baseline-rejections-justified",
        displayName: "Rejected and frozen patches are justified",
        description:
            "Every rejected patch and every frozen approval must be covered by a live exemption, and rejected patches must be blocked even as dependencies.",
        rationale: "A rejection without an end keeps a hole open for ever.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Block rejected patches, and write an exemption for each.",
            example:
                'new aws.ssm.PatchBaseline("al2023", { operatingSystem: "AMAZON_LINUX_2023", rejectedPatches: [], rejectedPatchesAction: "BLOCK" });',
        },
        remediable: false,
        parameters: [],
    },
    {
        name: "patch-baseline-sources-and-nonsecurity",
        displayName: "Patch sources are authentic",
        description:
            "Patch sources must be read over https with signature checks, and updates other than security ones installed only as configured.",
        rationale:
            "A source without signatures installs whatever stands between it and the server.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Use https and gpgcheck=1.",
            example:
                'new aws.ssm.PatchBaseline("debian", { operatingSystem: "DEBIAN", approvedPatchesEnableNonSecurity: false, sources: [{ name: "mirror", products: ["Debian12"], configuration: "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] https://mirror.example.com/debian bookworm main" }] });',
        },
        remediable: false,
        parameters: ["patchNonSecurity"],
    },
    {
        name: "maintenance-window-sane",
        displayName: "Maintenance windows happen",
        description:
            "A maintenance window must be enabled, recur often enough in a named time zone, end its tasks before it closes, not be past its end, and run on registered targets only.",
        rationale: "A window that never opens looks like patching and patches nothing.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Correct schedule, duration, cutoff and time zone.",
            example:
                'new aws.ssm.MaintenanceWindow("patch", { enabled: true, schedule: "cron(0 2 ? * SUN *)", scheduleTimezone: "Etc/UTC", duration: 3, cutoff: 1, allowUnassociatedTargets: false });',
        },
        remediable: false,
        parameters: ["patchWindowIntervalDays", "patchWindowCutoffHours"],
    },
    {
        name: "maintenance-window-keeps-quorum",
        displayName: "Patching keeps quorum",
        description:
            "Patch tasks must work on fewer servers at once than the cluster can lose, stop after few errors, and cancel what is left at the cutoff.",
        rationale: "Patching two of three servers at once takes the key service down.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: 'Set maxConcurrency to "1", maxErrors to "0" and cutoffBehavior to "CANCEL_TASK".',
            example:
                'new aws.ssm.MaintenanceWindowTask("install", { windowId: patchWindow.id, taskType: "RUN_COMMAND", taskArn: "AWS-RunPatchBaseline", maxConcurrency: "1", maxErrors: "0", cutoffBehavior: "CANCEL_TASK", targets: [{ key: "WindowTargetIds", values: [patchTarget.id] }] });',
        },
        remediable: true,
        parameters: ["patchMaximumErrors"],
    },
    {
        name: "patch-scan-daily-and-reported",
        displayName: "Missing patches are looked for daily and reported",
        description:
            "Every key server must be scanned for missing patches at least daily by exactly one method, and changes of compliance must reach people.",
        rationale: "A hole that nobody looks for is found by somebody else.",
        severity: "medium",
        level: "advisory",
        exemptable: true,
        remediation: {
            text: "Add an association that scans daily.",
            example:
                'new aws.ssm.Association("scan", { name: "AWS-RunPatchBaseline", parameters: { Operation: "Scan" }, scheduleExpression: "rate(1 day)", targets: [{ key: "tag:PatchGroup", values: ["vault-prod-canary"] }] });',
        },
        remediable: false,
        parameters: ["patchScanIntervalHours"],
    },
    {
        name: "associations-staged",
        displayName: "State Manager changes one server after the other",
        description:
            "Every association must name servers and count when it fails; one that changes servers must recur, work on no more of them at once than the cluster can lose, stop at the first failure, run at its schedule only, and name the version of a document of the stack.",
        rationale:
            "State Manager bypasses rings and windows: an edit, or a document whose default moves, reaches every server at once.",
        severity: "medium",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Pin the document's version, and let the association run at its schedule on one server at a time.",
            example:
                'new aws.ssm.Association("profile", { name: "keyward-host-profile", documentVersion: "1", targets: [{ key: "tag:keyward:cluster", values: ["vault"] }], scheduleExpression: "cron(0/30 * ? * * *)", applyOnlyAtCronInterval: true, maxConcurrency: "1", maxErrors: "0", complianceSeverity: "CRITICAL" });',
        },
        remediable: false,
        parameters: ["hostAuditIntervalHours"],
    },
    {
        name: "patch-deadline",
        displayName: "Patches reach the last server before the deadline",
        description:
            "The longest time from a patch's release to its installation on the last server, computed from baselines, rings and windows, must lie within the deadline of its severity.",
        rationale: "Every window can be right by itself and the sum still too late.",
        severity: "critical",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Shorten the wait, the soak or the interval of windows.",
            example:
                'new aws.ssm.MaintenanceWindow("production", { enabled: true, schedule: "cron(0 2 ? * WED *)", scheduleTimezone: "Etc/UTC", duration: 3, cutoff: 1 });',
        },
        remediable: false,
        parameters: [
            "patchDeadlineCriticalDays",
            "patchDeadlineHighDays",
            "patchDeadlineMediumDays",
            "patchDeadlineLowDays",
        ],
    },
    {
        name: "patch-rings-ordered",
        displayName: "Rings follow each other",
        description:
            "Every window of a production ring must follow a window of the canary ring by at least the soak time, also when clocks change; each ring has servers, each server one ring, and the canary is not the whole cluster.",
        rationale: "A production window before the canary's installs what nobody tested.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Move the production window behind the canary's, or use an offset.",
            example:
                'new aws.ssm.MaintenanceWindow("canary", { enabled: true, schedule: "cron(0 2 ? * SUN *)", scheduleTimezone: "Etc/UTC", duration: 3, cutoff: 1 });',
        },
        remediable: false,
        parameters: ["patchSoakHours", "patchEmergencySoakHours"],
    },
    {
        name: "patch-promotion-gated",
        displayName: "Production installs only what the canary proved",
        description:
            "The production ring must install the promoted list of patches, and a promotion that checks the canary must stand between the two rings.",
        rationale: "Without a gate production gets patches that appeared after the test.",
        severity: "high",
        level: "mandatory",
        exemptable: true,
        remediation: {
            text: "Let the production task read the promoted list.",
            example:
                'new aws.ssm.MaintenanceWindowTask("production", { windowId: patchWindow.id, taskType: "RUN_COMMAND", taskArn: "AWS-RunPatchBaseline", maxConcurrency: "1", maxErrors: "0", targets: [{ key: "WindowTargetIds", values: [patchTarget.id] }], taskInvocationParameters: { runCommandParameters: { parameters: [{ name: "Operation", values: ["Install"] }, { name: "InstallOverrideList", values: ["s3://vault-prod-patch-lists/promoted.yaml"] }] } } });',
        },
        remediable: false,
        parameters: [],
    },
    {
        name: "patching-within-quotas",
        displayName: "The fleet stays below the quotas of Systems Manager",
        description:
            "A stack must stay below four fifths of what Systems Manager takes of windows, baselines, patch groups, associations and servers in one account and region, and every window must have time for its servers.",
        rationale:
            "A quota that binds stops patching for all: a sixth window waits, and servers at the end of a window that is too short are never patched.",
        severity: "medium",
        level: "advisory",
        exemptable: true,
        remediation: {
            text: "Divide the fleet by account, share patching between clusters, or lengthen the window.",
            example:
                'new aws.ssm.MaintenanceWindow("production", { enabled: true, schedule: "cron(0 2 ? * WED *)", scheduleTimezone: "Etc/UTC", duration: 8, cutoff: 1 });',
        },
        remediable: false,
        parameters: [],
    },
];

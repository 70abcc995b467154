import type { RegisteredResource } from "../../policy-pack/graph/resource";
import { from, resource } from "./graph";
import { token } from "./network";

/** What a test changes of the patching of a small cluster; each replaces or adds properties of one resource. */
export interface PatchingChanges {
    readonly baseline?: Readonly<Record<string, unknown>>;
    readonly canaryWindow?: Readonly<Record<string, unknown>>;
    readonly productionWindow?: Readonly<Record<string, unknown>>;
    readonly canaryTask?: Readonly<Record<string, unknown>>;
    readonly productionTask?: Readonly<Record<string, unknown>>;
    readonly productionSteps?: readonly unknown[];
    readonly scan?: Readonly<Record<string, unknown>>;
    readonly gate?: Readonly<Record<string, unknown>>;
    readonly report?: Readonly<Record<string, unknown>>;
    /** Names of resources that are left out. */
    readonly without?: readonly string[];
}

const security = { key: "CLASSIFICATION", values: ["Security"] };
const severity = (...values: readonly string[]): unknown => ({ key: "SEVERITY", values });

/** A step that runs AWS-RunPatchBaseline with these parameters beside Operation and RebootOption. */
export function installStep(parameters: Readonly<Record<string, unknown>>): unknown {
    return {
        action: "aws:runDocument",
        name: "install",
        inputs: {
            documentPath: "AWS-RunPatchBaseline",
            documentParameters: {
                Operation: "Install",
                RebootOption: "RebootIfNeeded",
                ...parameters,
            },
        },
    };
}

/** Content of an Automation document that sleeps, asks a function and branches. */
export function gateContent(sleep: string): string {
    return JSON.stringify({
        schemaVersion: "0.3",
        mainSteps: [
            { name: "soak", action: "aws:sleep", inputs: { Duration: sleep } },
            { name: "decide", action: "aws:invokeLambdaFunction", inputs: {} },
            { name: "route", action: "aws:branch", inputs: {} },
        ],
    });
}

/** Three servers in two rings with baseline, scan, promotion and report: nothing is wrong with it. */
export function patchedCluster(changes: PatchingChanges = {}): readonly RegisteredResource[] {
    const servers = ["canary", "production", "production"].map((group, index) =>
        resource(token.instance, `vault-${index + 1}`, { tags: { PatchGroup: group } }),
    );
    const baseline = resource("aws:ssm/patchBaseline:PatchBaseline", "baseline", {
        operatingSystem: "AMAZON_LINUX_2023",
        rejectedPatchesAction: "BLOCK",
        approvalRules: [
            {
                approveAfterDays: 3,
                complianceLevel: "CRITICAL",
                patchFilters: [security, severity("Critical")],
            },
            {
                approveAfterDays: 7,
                complianceLevel: "HIGH",
                patchFilters: [security, severity("Important", "Medium")],
            },
        ],
        ...changes.baseline,
    });
    const production = document("production", "Command", {
        content: JSON.stringify({
            schemaVersion: "2.2",
            mainSteps: changes.productionSteps ?? [
                installStep({ InstallOverrideList: "{{ List }}" }),
            ],
        }),
    });
    const gate = document("gate", "Automation", { content: gateContent("PT24H"), ...changes.gate });
    const scan = resource("aws:ssm/association:Association", "scan", {
        name: "AWS-RunPatchBaseline",
        parameters: { Operation: "Scan" },
        scheduleExpression: "cron(0 1 ? * * *)",
        targets: [{ key: "tag:PatchGroup", values: ["canary", "production"] }],
        ...changes.scan,
    });
    const rule = resource("aws:cloudwatch/eventRule:EventRule", "missing", {
        eventPattern: JSON.stringify({ "detail-type": ["Configuration Compliance State Change"] }),
        ...changes.report,
    });
    const target = resource("aws:cloudwatch/eventTarget:EventTarget", "missing-target", {
        rule: from(rule),
        arn: "arn:aws:sns:eu-central-1:111122223333:alarms",
    });
    return [
        ...servers,
        baseline,
        production,
        gate,
        scan,
        rule,
        target,
        ...ring(
            "canary",
            "cron(0 3 ? * SUN *)",
            "AWS-RunPatchBaseline",
            changes.canaryWindow,
            changes.canaryTask,
        ),
        ...ring(
            "production",
            "cron(0 3 ? * TUE *)",
            from(production),
            changes.productionWindow,
            changes.productionTask,
        ),
    ].filter(({ name }) => changes.without?.includes(name) !== true);
}

function document(
    name: string,
    documentType: string,
    more: Readonly<Record<string, unknown>>,
): RegisteredResource {
    return resource("aws:ssm/document:Document", `${name}-document`, { documentType, ...more });
}

function ring(
    name: string,
    schedule: string,
    taskArn: unknown,
    windowChanges: Readonly<Record<string, unknown>> = {},
    taskChanges: Readonly<Record<string, unknown>> = {},
): readonly RegisteredResource[] {
    const window = resource("aws:ssm/maintenanceWindow:MaintenanceWindow", `${name}-window`, {
        schedule,
        scheduleTimezone: "Etc/UTC",
        duration: 4,
        cutoff: 1,
        enabled: true,
        ...windowChanges,
    });
    const target = resource(
        "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget",
        `${name}-target`,
        {
            windowId: from(window),
            targets: [{ key: "tag:PatchGroup", values: [name] }],
        },
    );
    const task = resource("aws:ssm/maintenanceWindowTask:MaintenanceWindowTask", `${name}-task`, {
        windowId: from(window),
        taskArn,
        taskType: "RUN_COMMAND",
        targets: [{ key: "WindowTargetIds", values: [from(target)] }],
        maxConcurrency: "1",
        maxErrors: "0",
        cutoffBehavior: "CANCEL_TASK",
        taskInvocationParameters: {
            runCommandParameters: {
                parameters: [{ name: "Operation", values: ["Install"] }],
            },
        },
        ...taskChanges,
    });
    return [window, target, task];
}

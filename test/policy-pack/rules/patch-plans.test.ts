import assert from "node:assert/strict";
import { parameterById } from "../../../catalog/parameters";
import { maintenanceWindowKeepsQuorum } from "../../../policy-pack/rules/maintenance-window-keeps-quorum";
import { maintenanceWindowSane } from "../../../policy-pack/rules/maintenance-window-sane";
import { oneServerPerUpdate } from "../../../policy-pack/rules/one-server-per-update";
import { patchBaselineApprovalDelay } from "../../../policy-pack/rules/patch-baseline-approval-delay";
import { patchBaselineComplianceLevel } from "../../../policy-pack/rules/patch-baseline-compliance-level";
import { patchDeadline } from "../../../policy-pack/rules/patch-deadline";
import { patchPromotionGated } from "../../../policy-pack/rules/patch-promotion-gated";
import { patchRingsOrdered } from "../../../policy-pack/rules/patch-rings-ordered";
import { patchScanDailyAndReported } from "../../../policy-pack/rules/patch-scan-daily-and-reported";
import type { Rule } from "../../../policy-pack/rules/rule";
import { messages, resource, unknown, verdicts } from "../../support/graph";
import { token } from "../../support/network";
import {
    gateContent,
    installStep,
    patchedCluster,
    type PatchingChanges,
} from "../../support/patching-graph";

const good = [
    "pass production-window",
    "pass production-window",
    "pass production-window",
    "pass production-window",
];
const canaryOnly = [
    "production-window",
    "production-target",
    "production-task",
    "production-document",
    "gate-document",
];
const alone = ["vault-2", "vault-3", ...canaryOnly];

const sane = ["pass canary-window", "pass production-window"];
const scanned = ["pass scan", "pass stack", "pass vault-1", "pass vault-2", "pass vault-3"];
const without = (all: readonly string[], ...gone: readonly string[]): readonly string[] =>
    all.filter((line) => !gone.includes(line));

const cases: readonly (readonly [
    Rule,
    readonly (readonly [string, PatchingChanges, readonly string[]])[],
])[] = [
    [
        maintenanceWindowSane,
        [
            ["two weekly windows", {}, sane],
            [
                "a disabled window",
                { canaryWindow: { enabled: false } },
                ["fail canary-window enabled", "pass production-window"],
            ],
            [
                "a window that takes unregistered targets",
                { canaryWindow: { allowUnassociatedTargets: true } },
                ["fail canary-window allowUnassociatedTargets", "pass production-window"],
            ],
            [
                "a window without a zone",
                { canaryWindow: { scheduleTimezone: undefined } },
                ["fail canary-window scheduleTimezone", "pass production-window"],
            ],
            [
                "a window in an unknown zone",
                { canaryWindow: { scheduleTimezone: "Mars/Olympus" } },
                ["fail canary-window schedule", "pass production-window"],
            ],
            [
                "a window past its end",
                { canaryWindow: { endDate: "2026-01-01T00:00:00Z" } },
                [
                    "fail canary-window endDate",
                    "fail canary-window schedule",
                    "pass production-window",
                ],
            ],
            [
                "a monthly window",
                { canaryWindow: { schedule: "cron(0 3 1 * ? *)" } },
                ["fail canary-window schedule", "pass production-window"],
            ],
            [
                "a window that never comes",
                { canaryWindow: { schedule: "cron(0 3 31 2 ? *)" } },
                ["fail canary-window schedule", "pass production-window"],
            ],
            [
                "a schedule that cannot be read",
                { canaryWindow: { schedule: "weekly" } },
                ["fail canary-window schedule", "pass production-window"],
            ],
            [
                "no cutoff",
                { canaryWindow: { cutoff: 0 } },
                ["fail canary-window cutoff", "pass production-window"],
            ],
            [
                "a cutoff as long as the window",
                { canaryWindow: { cutoff: 4 } },
                ["fail canary-window cutoff", "pass production-window"],
            ],
            [
                "a schedule that is not known",
                { canaryWindow: { schedule: unknown } },
                ["indeterminate canary-window schedule", "pass production-window"],
            ],
            [
                "a switch that is not known",
                { canaryWindow: { enabled: unknown } },
                ["indeterminate canary-window enabled", "pass production-window"],
            ],
        ],
    ],
    [
        maintenanceWindowKeepsQuorum,
        [
            ["one server at a time", {}, ["pass canary-task", "pass production-task"]],
            [
                "two of three servers at a time",
                { productionTask: { maxConcurrency: "2" } },
                ["fail production-task maxConcurrency", "pass canary-task"],
            ],
            [
                "half of three servers at a time",
                { productionTask: { maxConcurrency: "50%" } },
                ["fail production-task maxConcurrency", "pass canary-task"],
            ],
            [
                "a third of three servers at a time",
                { productionTask: { maxConcurrency: "33%" } },
                ["pass canary-task", "pass production-task"],
            ],
            [
                "no limit",
                { productionTask: { maxConcurrency: undefined } },
                ["fail production-task maxConcurrency", "pass canary-task"],
            ],
            [
                "one error in production",
                { productionTask: { maxErrors: "1" } },
                ["pass canary-task", "pass production-task"],
            ],
            [
                "one error on the canary",
                { canaryTask: { maxErrors: "1" } },
                ["fail canary-task maxErrors", "pass production-task"],
            ],
            [
                "any number of errors",
                { productionTask: { maxErrors: "100%" } },
                ["fail production-task maxErrors", "pass canary-task"],
            ],
            [
                "tasks that go on after the cutoff",
                { productionTask: { cutoffBehavior: "CONTINUE_TASK" } },
                ["fail production-task cutoffBehavior", "pass canary-task"],
            ],
            [
                "a concurrency that is not known",
                { productionTask: { maxConcurrency: unknown } },
                ["indeterminate production-task maxConcurrency", "pass canary-task"],
            ],
        ],
    ],
    [
        patchScanDailyAndReported,
        [
            ["a daily scan that is reported", {}, scanned],
            [
                "no scan",
                { without: ["scan"] },
                ["fail vault-1", "fail vault-2", "fail vault-3", "pass stack"],
            ],
            [
                "an association that installs",
                { scan: { parameters: { Operation: "Install" } } },
                ["fail vault-1", "fail vault-2", "fail vault-3", "pass stack"],
            ],
            [
                "a scan of the canary only",
                { scan: { targets: [{ key: "tag:PatchGroup", values: ["canary"] }] } },
                ["fail vault-2", "fail vault-3", "pass scan", "pass stack", "pass vault-1"],
            ],
            [
                "a weekly scan",
                { scan: { scheduleExpression: "cron(0 1 ? * SUN *)" } },
                ["fail scan scheduleExpression", ...without(scanned, "pass scan")],
            ],
            [
                "a scan without a schedule",
                { scan: { scheduleExpression: undefined } },
                ["fail scan scheduleExpression", ...without(scanned, "pass scan")],
            ],
            [
                "a scan whose schedule cannot be read",
                { scan: { scheduleExpression: "daily" } },
                ["fail scan scheduleExpression", ...without(scanned, "pass scan")],
            ],
            [
                "a scan whose schedule is not known",
                { scan: { scheduleExpression: unknown } },
                ["indeterminate scan scheduleExpression", ...without(scanned, "pass scan")],
            ],
            [
                "targets that are not known",
                { scan: { targets: unknown } },
                [
                    "indeterminate vault-1",
                    "indeterminate vault-2",
                    "indeterminate vault-3",
                    "pass scan",
                    "pass stack",
                ],
            ],
            [
                "a report that reaches nobody",
                { without: ["missing-target"] },
                ["fail stack", ...without(scanned, "pass stack")],
            ],
            [
                "events of another kind",
                { report: { eventPattern: "{}" } },
                ["fail stack", ...without(scanned, "pass stack")],
            ],
            [
                "events that are not known",
                { report: { eventPattern: unknown } },
                ["indeterminate stack", ...without(scanned, "pass stack")],
            ],
        ],
    ],
    [
        patchDeadline,
        [
            ["weekly windows", {}, good],
            [
                "tasks whose windows are not known",
                { without: ["canary-window", "production-window"] },
                ["indeterminate canary-task", "indeterminate production-task"],
            ],
            [
                "a stack without windows and tasks",
                {
                    without: [
                        ...["canary-window", "production-window"],
                        ...["canary-task", "production-task"],
                    ],
                },
                [],
            ],
            [
                "a monthly canary, for critical and important patches only",
                { canaryWindow: { schedule: "cron(0 3 ? * SUN#1 *)" } },
                [
                    "fail production-window schedule",
                    "fail production-window schedule",
                    ...good.slice(2),
                ],
            ],
            [
                "a window that ends",
                { productionWindow: { endDate: "2027-01-01T00:00:00Z" } },
                [
                    "fail production-window schedule",
                    "fail production-window schedule",
                    "fail production-window schedule",
                    "fail production-window schedule",
                ],
            ],
            [
                "no scan, for which the promotion would wait for ever",
                { without: ["scan"] },
                [
                    "fail production-window schedule",
                    "fail production-window schedule",
                    "fail production-window schedule",
                    "fail production-window schedule",
                ],
            ],
            [
                "an approval that is not known",
                { baseline: { approvalRules: unknown } },
                [
                    "indeterminate production-window schedule",
                    "indeterminate production-window schedule",
                    "indeterminate production-window schedule",
                    "indeterminate production-window schedule",
                ],
            ],
            [
                "a schedule that is not known",
                { canaryWindow: { schedule: unknown } },
                ["indeterminate canary-window schedule"],
            ],
            [
                "a schedule that cannot be read",
                { canaryWindow: { schedule: "weekly" } },
                ["fail canary-window schedule"],
            ],
        ],
    ],
    [
        patchRingsOrdered,
        [
            ["production two days behind the canary", {}, ["pass canary-window"]],
            [
                "production before the soak ends",
                { productionWindow: { schedule: "cron(0 20 ? * SUN *)" } },
                ["fail production-window schedule"],
            ],
            [
                "production in the same window",
                { productionWindow: { schedule: "cron(0 3 ? * SUN *)" } },
                ["fail production-window schedule"],
            ],
            [
                "too short a soak",
                { gate: { content: gateContent("PT1H") } },
                ["fail gate-document content"],
            ],
            [
                "one window for all servers",
                {
                    canaryTask: { targets: [{ key: "tag-key", values: ["PatchGroup"] }] },
                    without: canaryOnly,
                },
                ["fail canary-window schedule"],
            ],
            [
                "a server in two rings",
                { canaryTask: { targets: [{ key: "tag-key", values: ["PatchGroup"] }] } },
                ["fail production-window schedule", "fail production-window schedule"],
            ],
            ["one server alone", { without: alone }, ["not-applicable canary-window"]],
            ["a stack without windows", { without: ["canary-window", "production-window"] }, []],
            [
                "a schedule that is not known",
                { productionWindow: { schedule: unknown } },
                ["indeterminate production-window schedule"],
            ],
            [
                "a window in the hour that clocks skip",
                {
                    canaryWindow: {
                        schedule: "cron(30 2 ? * SUN *)",
                        scheduleTimezone: "Europe/Berlin",
                    },
                },
                ["fail canary-window schedule"],
            ],
        ],
    ],
    [
        patchPromotionGated,
        [
            ["a promotion before production", {}, ["pass production-window"]],
            [
                "production that installs without a list",
                { productionSteps: [installStep({})] },
                ["fail production-task taskInvocationParameters"],
            ],
            ["no promotion", { without: ["gate-document"] }, ["fail production-window"]],
            [
                "a document that only waits",
                { gate: { content: JSON.stringify({ mainSteps: [{ action: "aws:sleep" }] }) } },
                ["fail production-window"],
            ],
            [
                "one window for all servers",
                {
                    canaryTask: { targets: [{ key: "tag-key", values: ["PatchGroup"] }] },
                    without: canaryOnly,
                },
                ["fail canary-window"],
            ],
            ["one server alone", { without: alone }, ["not-applicable canary-window"]],
            ["a stack without windows", { without: ["canary-window", "production-window"] }, []],
            [
                "a schedule that is not known",
                { productionWindow: { schedule: unknown } },
                ["indeterminate production-window schedule"],
            ],
        ],
    ],
];

for (const [judged, table] of cases) {
    describe(judged.name, () => {
        for (const [title, changes, expected] of table) {
            it(`judges ${title}`, () => {
                const found = verdicts(judged, patchedCluster(changes));
                assert.deepEqual(found, [...expected].sort());
            });
        }
    });
}

describe("patch-deadline explains the worst case", () => {
    it("by its very dates", () => {
        const parameters = { patchDeadlineCriticalDays: 12 };
        assert.deepEqual(messages(patchDeadline, patchedCluster(), { parameters }), [
            "a critical patch released on 2026-10-29T00:00Z reaches the last server after 12.3 days, at most 12 are allowed: approval takes 3 days, the canary's window begins 2026-11-08T03:00Z, the promotion comes 2026-11-09T08:30Z",
        ]);
    });
});

describe("remediation of patching", () => {
    const parameter = <T>(id: string): T => parameterById(id).value as T;
    const changesOf = (judged: Rule, type: string, properties: Record<string, unknown>): unknown =>
        judged.remediate?.(resource(type, "one", properties), { parameter });

    it("sets what keeps a cluster of any size in quorum, and leaves unknowns", () => {
        const type = "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask";
        const task = { taskArn: "AWS-RunPatchBaseline", maxConcurrency: "3", maxErrors: unknown };
        assert.deepEqual(changesOf(maintenanceWindowKeepsQuorum, type, task), [
            { path: ["maxConcurrency"], value: "1" },
            { path: ["cutoffBehavior"], value: "CANCEL_TASK" },
        ]);
        const other = { taskArn: "AWS-RunShellScript" };
        assert.deepEqual(changesOf(maintenanceWindowKeepsQuorum, type, other), []);
    });

    it("shortens waits and raises levels of a baseline", () => {
        const type = "aws:ssm/patchBaseline:PatchBaseline";
        const baseline = {
            approvalRules: [
                { approveAfterDays: 30, complianceLevel: "LOW" },
                { approveAfterDays: 2, complianceLevel: unknown },
            ],
        };
        assert.deepEqual(changesOf(patchBaselineApprovalDelay, type, baseline), [
            { path: ["approvalRules", 0, "approveAfterDays"], value: 3 },
        ]);
        assert.deepEqual(changesOf(patchBaselineComplianceLevel, type, baseline), [
            { path: ["approvalRules", 0, "complianceLevel"], value: "HIGH" },
        ]);
    });
});

describe("one-server-per-update", () => {
    const server = (
        name: string,
        more: Record<string, unknown> = {},
    ): ReturnType<typeof resource> =>
        resource(token.instance, name, { disableApiTermination: true, ...more });
    const lifted = { disableApiTermination: false };
    /** What only a server has that is there already. */
    const running = { arn: "arn:aws:ec2:eu-central-1:111122223333:instance/i-0a" };
    for (const [title, servers, expected] of [
        [
            "three protected servers",
            [server("a"), server("b"), server("c")],
            ["pass a", "pass b", "pass c"],
        ],
        [
            "one server under maintenance",
            [server("a"), server("b", lifted), server("c")],
            ["pass a", "pass b", "pass c"],
        ],
        [
            "two servers under maintenance",
            [server("a"), server("b", lifted), server("c", lifted)],
            ["fail b disableApiTermination", "fail c disableApiTermination", "pass a"],
        ],
        [
            "servers that were never protected",
            [
                server("a", { disableApiTermination: undefined }),
                server("b", { disableApiTermination: undefined }),
            ],
            ["fail a disableApiTermination", "fail b disableApiTermination"],
        ],
        [
            "a protection that is not known",
            [server("a"), server("b", { disableApiTermination: unknown })],
            ["indeterminate b disableApiTermination", "pass a"],
        ],
        ["a single server", [server("a", lifted)], ["not-applicable a"]],
        [
            "an update that replaces one of three servers",
            [server("a", running), server("b", lifted), server("c", running)],
            ["pass a", "pass b", "pass c"],
        ],
        [
            "an update that replaces two of three servers, protected or not",
            [server("a", running), server("b", lifted), server("c")],
            ["indeterminate b", "indeterminate c", "pass a"],
        ],
        [
            "an update that creates two servers whose ARN is not known yet",
            [server("a", running), server("b", { arn: unknown }), server("c", { arn: unknown })],
            ["indeterminate b", "indeterminate c", "pass a"],
        ],
        [
            "servers that all run",
            [server("a", running), server("b", running), server("c", running)],
            ["pass a", "pass b", "pass c"],
        ],
    ] as const) {
        it(`judges ${title}`, () => {
            assert.deepEqual(verdicts(oneServerPerUpdate, servers), expected);
        });
    }
});

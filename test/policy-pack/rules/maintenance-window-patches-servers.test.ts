import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { maintenanceWindowPatchesServers as rule } from "../../../policy-pack/rules/maintenance-window-patches-servers";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";
import { token } from "../../support/network";

const window = resource("aws:ssm/maintenanceWindow:MaintenanceWindow", "window", {});
const server = resource(token.instance, "vault", { tags: { PatchGroup: "prod" } });
const byTag = target([{ key: "tag:PatchGroup", values: ["prod"] }]);

function target(targets: unknown, name = "target"): RegisteredResource {
    return resource("aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget", name, {
        windowId: from(window),
        resourceType: "INSTANCE",
        targets,
    });
}

function parameters(...pairs: readonly (readonly [unknown, unknown])[]): unknown {
    return pairs.map(([name, value]) => ({ name, values: [value] }));
}

const install = parameters(["Operation", "Install"], ["RebootOption", "RebootIfNeeded"]);

function task(
    more: Record<string, unknown> = {},
    run: Record<string, unknown> = {},
    targets: unknown = [{ key: "WindowTargetIds", values: [from(byTag)] }],
): RegisteredResource {
    return resource("aws:ssm/maintenanceWindowTask:MaintenanceWindowTask", "task", {
        windowId: from(window),
        taskType: "RUN_COMMAND",
        taskArn: "AWS-RunPatchBaseline",
        serviceRoleArn: "arn:aws:iam::111122223333:role/window",
        targets,
        taskInvocationParameters: {
            runCommandParameters: {
                parameters: install,
                cloudwatchConfig: { cloudwatchOutputEnabled: true },
                ...run,
            },
        },
        ...more,
    });
}

function judged(...resources: readonly RegisteredResource[]): readonly string[] {
    return verdicts(rule, [window, byTag, server, ...resources]);
}

describe("maintenance-window-patches-servers", () => {
    it("passes a server that a window's patch task reaches by tag", () => {
        assert.deepEqual(judged(task()), ["pass task", "pass vault", "pass window"]);
    });

    it("fails a server without any task", () => {
        assert.deepEqual(judged(), ["fail vault"]);
        assert.deepEqual(messages(rule, [server]), [
            "no maintenance window of this stack runs a patch task on the server",
        ]);
    });

    it("fails a server that another document runs on", () => {
        assert.deepEqual(judged(task({ taskArn: "AWS-RunShellScript" })), ["fail vault"]);
    });

    for (const [title, targets, expected] of [
        ["another value of the tag", [{ key: "tag:PatchGroup", values: ["canary"] }], "fail vault"],
        ["another tag", [{ key: "tag:Role", values: ["prod"] }], "fail vault"],
        [
            "one of two criteria",
            [
                { key: "tag:PatchGroup", values: ["prod"] },
                { key: "tag:Role", values: ["x"] },
            ],
            "fail vault",
        ],
        ["the tag's key", [{ key: "tag-key", values: ["PatchGroup"] }], "pass vault"],
        [
            "its id, which comes from it",
            [{ key: "InstanceIds", values: [from(server)] }],
            "pass vault",
        ],
        [
            "an id that is unknown",
            [{ key: "InstanceIds", values: [unknown] }],
            "indeterminate vault",
        ],
        [
            "a value that is unknown, last in the list",
            [{ key: "tag:PatchGroup", values: ["canary", unknown] }],
            "indeterminate vault",
        ],
        [
            "a value known behind an unknown one",
            [{ key: "tag:PatchGroup", values: [unknown, "prod"] }],
            "pass vault",
        ],
        ["targets that are unknown", unknown, "indeterminate vault"],
        [
            "a resource group",
            [{ key: "resource-groups:Name", values: ["servers"] }],
            "indeterminate vault",
        ],
    ] as const) {
        it(`judges a target by ${title}`, () => {
            const other = target(targets, "other");
            const one = task({}, {}, [{ key: "WindowTargetIds", values: [from(other)] }]);
            const found = verdicts(rule, [window, other, server, one]);
            assert.deepEqual(found, [expected, "pass task", "pass window"].sort());
        });
    }

    it("reaches a server by targets of the task itself", () => {
        const direct = task({}, {}, [{ key: "InstanceIds", values: [from(server)] }]);
        assert.deepEqual(judged(direct), ["pass task", "pass vault", "pass window"]);
    });

    it("is indeterminate for a window target outside the stack", () => {
        const foreign = task({}, {}, [{ key: "WindowTargetIds", values: ["0abc"] }]);
        assert.deepEqual(judged(foreign), ["indeterminate vault", "pass task", "pass window"]);
    });

    const at = "taskInvocationParameters.runCommandParameters";
    for (const [title, more, run, expected] of [
        [
            "scans only",
            {},
            { parameters: parameters(["Operation", "Scan"]) },
            `fail task ${at}.parameters[0].values`,
        ],
        ["names no operation", {}, { parameters: [] }, `fail task ${at}.parameters`],
        [
            "does not reboot",
            {},
            { parameters: parameters(["Operation", "Install"], ["RebootOption", "NoReboot"]) },
            `fail task ${at}.parameters[1].values`,
        ],
        ["has no role", { serviceRoleArn: undefined }, {}, "fail task serviceRoleArn"],
        ["is of another type", { taskType: "AUTOMATION" }, {}, "fail task taskType"],
        [
            "keeps no output",
            {},
            { cloudwatchConfig: { cloudwatchOutputEnabled: false } },
            `fail task ${at}.cloudwatchConfig.cloudwatchOutputEnabled`,
        ],
        [
            "has an unknown operation",
            {},
            { parameters: parameters(["Operation", unknown]) },
            `indeterminate task ${at}.parameters[0].values`,
        ],
        [
            "has a parameter of unknown name before one that is wrong",
            {},
            {
                parameters: parameters(
                    [unknown, "x"],
                    ["RebootOption", "RebootIfNeeded"],
                    ["Operation", "Scan"],
                ),
            },
            `fail task ${at}.parameters[2].values`,
        ],
        [
            "may keep its output",
            {},
            { cloudwatchConfig: { cloudwatchOutputEnabled: unknown } },
            `indeterminate task ${at}.cloudwatchConfig.cloudwatchOutputEnabled`,
        ],
    ] as const) {
        it(`reports a task that ${title} on the task, not on the server`, () => {
            assert.deepEqual(judged(task(more, run)), [expected, "pass vault", "pass window"]);
        });
    }

    it("reports every parameter of an unknown list as indeterminate", () => {
        assert.deepEqual(judged(task({}, { parameters: unknown })), [
            `indeterminate task ${at}.parameters`,
            `indeterminate task ${at}.parameters`,
            "pass vault",
            "pass window",
        ]);
    });

    it("passes output in a bucket and the default reboot option", () => {
        const run = {
            parameters: parameters(["Operation", "Install"]),
            cloudwatchConfig: undefined,
            outputS3Bucket: unknown,
        };
        assert.deepEqual(judged(task({}, run)), ["pass task", "pass vault", "pass window"]);
    });

    it("fails a window that is off", () => {
        const off = resource("aws:ssm/maintenanceWindow:MaintenanceWindow", "off", {
            enabled: false,
        });
        assert.deepEqual(judged(off, task({ windowId: from(off) })), [
            "fail off enabled",
            "pass task",
            "pass vault",
        ]);
    });

    it("reads a document of the stack by its content", () => {
        const own = (name: string, content: unknown) =>
            resource("aws:ssm/document:Document", name, { documentType: "Command", content });
        const steps = (documentPath: string, Operation: string) => ({
            schemaVersion: "2.2",
            parameters: { Operation: { type: "String", default: "Install" } },
            mainSteps: [
                {
                    action: "aws:runDocument",
                    inputs: { documentPath, documentParameters: { Operation } },
                },
            ],
        });
        const none = { parameters: [] };
        const documents: readonly [RegisteredResource, readonly string[]][] = [
            [
                own("fixed", JSON.stringify(steps("AWS-RunPatchBaseline", "Install"))),
                ["pass task", "pass vault", "pass window"],
            ],
            [
                own("default", steps("AWS-RunPatchBaseline", "{{ Operation }}")),
                ["pass task", "pass vault", "pass window"],
            ],
            [
                own("scan", JSON.stringify(steps("AWS-RunPatchBaseline", "Scan"))),
                [`fail task ${at}.parameters`, "pass vault", "pass window"],
            ],
            [own("other", JSON.stringify(steps("AWS-RunShellScript", "Install"))), ["fail vault"]],
            [
                own(
                    "yaml",
                    "mainSteps:\n  - inputs:\n      documentPath: AWS-RunPatchBaseline\n      documentParameters: { Operation: Install }\n",
                ),
                ["pass task", "pass vault", "pass window"],
            ],
            [own("open", unknown), ["indeterminate task taskArn", "pass vault", "pass window"]],
        ];
        for (const [document, expected] of documents) {
            const found = judged(document, task({ taskArn: from(document) }, none));
            assert.deepEqual(found, expected, document.name);
        }
    });
});

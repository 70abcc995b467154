import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { patchedServers, patchFindings } from "../../support/patched-servers";

type Graph = readonly RegisteredResource[];

const rings = [
    { name: "canary", servers: ["vault-1"] },
    { name: "production", servers: ["vault-2", "vault-3"] },
];

/** The graph with other properties of the resource of that type and name. */
function change(
    graph: Graph,
    type: string,
    name: string,
    changes: (properties: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): Graph {
    let changed = 0;
    const result = graph.map((one) => {
        if (!one.type.endsWith(`:${type}`) || one.name !== name) {
            return one;
        }
        changed++;
        return { ...one, properties: { ...one.properties, ...changes(one.properties) } };
    });
    assert.equal(changed, 1, `${type} ${name} is not there once`);
    return result;
}

const set =
    (type: string, name: string, properties: Readonly<Record<string, unknown>>) =>
    (graph: Graph): Graph =>
        change(graph, type, name, () => properties);

/** Another text of a document. */
const rewrite =
    (name: string, from: RegExp, to: string) =>
    (graph: Graph): Graph =>
        change(graph, "Document", name, ({ content }) => {
            const text = String(content).replace(from, to);
            assert.notEqual(text, content, `${name} does not say ${String(from)}`);
            return { content: text };
        });

const remove =
    (type: string, name: string) =>
    (graph: Graph): Graph => {
        const rest = graph.filter((one) => !one.type.endsWith(`:${type}`) || one.name !== name);
        assert.equal(rest.length, graph.length - 1, `${type} ${name} is not there`);
        return rest;
    };

const everywhere: readonly (readonly [string, (graph: Graph) => Graph, readonly string[]])[] = [
    [
        "production runs before the soak ends",
        set("MaintenanceWindow", "vault-production", { schedule: "cron(0 12 ? * SUN *)" }),
        ["patch-rings-ordered"],
    ],
    [
        "production opens in the hour that a clock change skips",
        set("MaintenanceWindow", "vault-production", {
            schedule: "cron(30 2 ? * SUN *)",
            scheduleTimezone: "Europe/Berlin",
        }),
        ["patch-rings-ordered"],
    ],
    [
        "production opens once a quarter",
        set("MaintenanceWindow", "vault-production", { schedule: "cron(0 3 3 1/3 ? *)" }),
        ["maintenance-window-sane", "patch-deadline", "patch-rings-ordered"],
    ],
    [
        "the canary's window is off",
        set("MaintenanceWindow", "vault-canary", { enabled: false }),
        [
            "maintenance-window-patches-servers",
            "maintenance-window-sane",
            "patch-promotion-gated",
            "patch-rings-ordered",
        ],
    ],
    [
        "the canary's window has ended for ever",
        set("MaintenanceWindow", "vault-canary", { endDate: "2026-01-01T00:00:00Z" }),
        ["maintenance-window-sane", "patch-deadline", "patch-rings-ordered"],
    ],
    [
        "no task begins before the cutoff",
        set("MaintenanceWindow", "vault-production", { cutoff: 0 }),
        ["maintenance-window-sane"],
    ],
    [
        "both production servers are patched at once",
        set("MaintenanceWindowTask", "vault-production", { maxConcurrency: "100%" }),
        ["maintenance-window-keeps-quorum"],
    ],
    [
        "the canary goes on after an error",
        set("MaintenanceWindowTask", "vault-canary", { maxErrors: "1" }),
        ["maintenance-window-keeps-quorum"],
    ],
    [
        "production goes on after the window",
        set("MaintenanceWindowTask", "vault-production", { cutoffBehavior: "CONTINUE_TASK" }),
        ["maintenance-window-keeps-quorum"],
    ],
    ["the promotion is gone", remove("Document", "vault-promotion"), ["patch-promotion-gated"]],
    [
        "the promotion decides nothing",
        rewrite("vault-promotion", /aws:invokeLambdaFunction/g, "aws:pause"),
        ["patch-promotion-gated"],
    ],
    ["the soak is an hour", rewrite("vault-promotion", /PT24H/, "PT1H"), ["patch-rings-ordered"]],
    [
        "an emergency soaks for no time",
        rewrite("vault-emergency", /PT1H/, "PT0H"),
        ["patch-rings-ordered"],
    ],
    [
        "the scan comes once a week",
        set("Association", "vault-scan", { scheduleExpression: "cron(0 1 ? * MON *)" }),
        ["patch-scan-daily-and-reported"],
    ],
    [
        "nothing scans",
        remove("Association", "vault-scan"),
        ["patch-deadline", "patch-scan-daily-and-reported"],
    ],
    [
        "nobody is told of missing patches",
        remove("EventTarget", "vault-compliance"),
        ["patch-scan-daily-and-reported"],
    ],
    [
        "a server leaves its ring",
        set("Instance", "vault-3", {
            tags: { "keyward:role": "key-server", PatchGroup: "another" },
        }),
        [
            "maintenance-window-patches-servers",
            "patch-group-coverage",
            "patch-scan-daily-and-reported",
        ],
    ],
];

const ofSystem: Readonly<Record<string, typeof everywhere>> = {
    "amazon-linux-2023": [
        [
            "production installs whatever is approved",
            rewrite("vault-production", /,"InstallOverrideList":"[^"]*"/, ""),
            ["patch-promotion-gated"],
        ],
        [
            "production does not restart",
            rewrite("vault-production", /RebootIfNeeded/, "NoReboot"),
            ["maintenance-window-patches-servers"],
        ],
    ],
    "debian-13": [
        [
            "production installs whatever the mirror has",
            rewrite("vault-production", /keyward-patch install/, "keyward-patch upgrade && $&"),
            ["patch-promotion-gated"],
        ],
        [
            "production does not restart",
            rewrite("vault-production", /exit 194/, "true"),
            ["maintenance-window-patches-servers"],
        ],
        [
            "the scan's document scans nothing",
            rewrite("vault-scan", /keyward-patch scan/, "keyward-patch report"),
            ["associations-staged", "patch-deadline", "patch-scan-daily-and-reported"],
        ],
    ],
};

for (const [system, own] of Object.entries(ofSystem)) {
    describe(`the patch policies catch on ${system} that`, () => {
        let graph: Graph;

        before(async () => {
            graph = await patchedServers({ rings, operatingSystems: [system] });
            assert.deepEqual(patchFindings(graph), []);
        });

        for (const [title, mutate, caughtBy] of [...everywhere, ...own]) {
            it(title, () => {
                const found = patchFindings(mutate(graph)).map((line) => line.split(" ")[0]);
                assert.deepEqual([...new Set(found)].sort(), [...caughtBy].sort());
            });
        }
    });
}

import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { patchingWithinQuotas } from "../../../policy-pack/rules/patching-within-quotas";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";
import { token } from "../../support/network";
import { patchedCluster } from "../../support/patching-graph";

const many = <T>(count: number, make: (index: number) => T): readonly T[] =>
    Array.from({ length: count }, (_, index) => make(index));
const clean = [
    "pass canary-task",
    "pass canary-window",
    "pass production-task",
    "pass production-window",
    "pass stack",
];

describe("patching-within-quotas", () => {
    it("passes a small cluster", () => {
        assert.deepEqual(verdicts(patchingWithinQuotas, patchedCluster()), clean);
    });

    it("says nothing where nothing is patched", () => {
        assert.deepEqual(verdicts(patchingWithinQuotas, []), []);
    });

    for (const [what, type, enough] of [
        ["maintenance windows", "aws:ssm/maintenanceWindow:MaintenanceWindow", 40],
        ["patch baselines", "aws:ssm/patchBaseline:PatchBaseline", 40],
        ["State Manager associations", "aws:ssm/association:Association", 1600],
        ["resource data syncs", "aws:ssm/resourceDataSync:ResourceDataSync", 4],
        ["IAM roles", "aws:iam/role:Role", 800],
    ] as const) {
        it(`warns of more than ${enough} ${what}`, () => {
            const cluster = patchedCluster();
            const own = cluster.filter((one) => one.type === type).length;
            const with_ = (count: number): readonly RegisteredResource[] => [
                ...cluster,
                ...many(count - own, (index) => resource(type, `more-${index}`)),
            ];
            assert.deepEqual(messages(patchingWithinQuotas, with_(enough)), []);
            assert.deepEqual(messages(patchingWithinQuotas, with_(enough + 1)), [
                `this stack has ${enough + 1} ${what}, an account and region take ${enough / 0.8}: divide the fleet by account`,
            ]);
        });
    }

    it("warns of windows that are open at once", () => {
        const nightly = many(5, (index) =>
            resource("aws:ssm/maintenanceWindow:MaintenanceWindow", `w-${index}`, {
                schedule: "cron(0 5 ? * SUN *)",
                scheduleTimezone: "Etc/UTC",
                duration: 3,
                cutoff: 1,
            }),
        );
        assert.deepEqual(messages(patchingWithinQuotas, [...patchedCluster(), ...nightly]), [
            "this stack has 6 maintenance windows open at once, an account and region take 5: divide the fleet by account",
        ]);
    });

    it("warns of a baseline with many patch groups", () => {
        const cluster = patchedCluster();
        const baseline = cluster.find(({ name }) => name === "baseline");
        assert.ok(baseline);
        const groups = many(21, (index) =>
            resource("aws:ssm/patchGroup:PatchGroup", `group-${index}`, {
                baselineId: from(baseline),
                patchGroup: `group-${index}`,
            }),
        );
        assert.deepEqual(messages(patchingWithinQuotas, [...cluster, ...groups]), [
            "the baseline is close to a quota: 21 patch groups of one baseline, an account and region take 25: divide the fleet by account",
        ]);
    });

    it("names a window that cannot finish at its task's rate, and passes it at a higher one", () => {
        const fleet = many(40, (index) =>
            resource(token.instance, `more-${index}`, { tags: { PatchGroup: "production" } }),
        );
        const at = (maxConcurrency: unknown): readonly RegisteredResource[] => [
            ...patchedCluster({ productionTask: { maxConcurrency } }),
            ...fleet,
        ];
        assert.deepEqual(messages(patchingWithinQuotas, at("2")), [
            "the window of ring production-window cannot finish: it takes 20 servers at 20 minutes each, 2 at a time, and has 42",
        ]);
        assert.deepEqual(messages(patchingWithinQuotas, at("5")), []);
        assert.deepEqual(messages(patchingWithinQuotas, at(unknown)), []);
    });

    it("warns of a task with many targets", () => {
        const targets = many(9, () => ({ key: "tag:PatchGroup", values: ["canary"] }));
        assert.deepEqual(
            verdicts(patchingWithinQuotas, patchedCluster({ canaryTask: { targets } })),
            ["fail canary-task targets", ...clean.filter((line) => line !== "pass canary-task")],
        );
    });
});

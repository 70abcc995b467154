import assert from "node:assert/strict";
import {
    cannotFinish,
    nearQuota,
    planWarnings,
    quotas,
    serversAtOnce,
    windowsOpenAtOnce,
} from "../../patching/quotas";
import { ring } from "../support/patching-plan";

const servers = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => `i-${index}`);
const weekly = "cron(0 4 ? * TUE *)";
const from = new Date("2026-11-24T00:00:00Z");

describe("the quotas of Systems Manager", () => {
    it("are not mentioned for a small cluster", () => {
        const rings = [ring("canary", servers(1), weekly), ring("production", servers(2), weekly)];
        assert.deepEqual(
            planWarnings(
                rings.map((one) => ({ ring: one, maxConcurrency: "1" })),
                from,
            ),
            [],
        );
    });

    it("are warned of above four fifths, before they bind", () => {
        assert.equal(nearQuota(40, quotas.maintenanceWindows), undefined);
        assert.equal(
            nearQuota(41, quotas.maintenanceWindows),
            "41 maintenance windows, an account and region take 50: divide the fleet by account",
        );
    });

    it("name a window that cannot finish, to the server and by its rate", () => {
        // Two hours before the cutoff: the seventh server begins at its very end.
        assert.equal(cannotFinish(ring("production", servers(7), weekly), 1), undefined);
        assert.equal(
            cannotFinish(ring("production", servers(8), weekly), 1),
            "the window of ring production cannot finish: it takes 7 servers at 20 minutes each, 1 at a time, and has 8",
        );
        assert.equal(cannotFinish(ring("production", servers(14), weekly), 2), undefined);
        assert.match(cannotFinish(ring("production", servers(15), weekly), 2) ?? "", /takes 14/);
    });

    it("take rates as counts and percentages", () => {
        assert.deepEqual(
            ["2", "10%", "1%", "0%"].map((text) => serversAtOnce(text, 25)),
            [2, 3, 1, 0],
        );
        assert.ok(Number.isNaN(serversAtOnce("half", 25)));
    });

    it("count windows that are open at the same moment, not those that follow each other", () => {
        const window = (text: string, durationHours: number): ReturnType<typeof ring>["window"] =>
            ring("r", ["i-0"], text, { timeZone: "UTC", durationHours }).window;
        const following = [
            window("cron(0 4 ? * TUE *)", 3),
            window("cron(0 7 ? * TUE *)", 3),
            window("cron(0 10 ? * TUE *)", 3),
        ];
        assert.equal(windowsOpenAtOnce(following, from), 1);
        assert.equal(windowsOpenAtOnce([...following, window("cron(0 5 ? * TUE *)", 6)], from), 2);
    });

    it("are named for a large fleet all at once", () => {
        const rings = Array.from({ length: 51 }, (_, index) => ({
            ring: ring(`r${index}`, servers(50), weekly, { durationHours: 24 }),
            maxConcurrency: "1",
        }));
        assert.deepEqual(planWarnings(rings, from), [
            "51 maintenance windows, an account and region take 50: divide the fleet by account",
            "51 patch groups of one baseline, an account and region take 25: divide the fleet by account",
            "2550 managed nodes, an account and region take 2400: divide the fleet by account",
            "51 maintenance windows open at once, an account and region take 5: divide the fleet by account",
        ]);
    });
});

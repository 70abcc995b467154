import assert from "node:assert/strict";
import { quotaWarnings } from "../../../patching/simulation/quotas";
import { ring } from "../../support/patching-plan";

const servers = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => `i-${index}`);
const weekly = "cron(0 4 ? * TUE *)";

describe("quota warnings", () => {
    it("say nothing of a small cluster", () => {
        assert.deepEqual(quotaWarnings([ring("canary", servers(1), weekly)], 20), []);
    });

    it("name a window that cannot finish, to the server", () => {
        // Two hours before the cutoff: the seventh server begins at its very end.
        assert.deepEqual(quotaWarnings([ring("production", servers(7), weekly)], 20), []);
        assert.deepEqual(quotaWarnings([ring("production", servers(8), weekly)], 20), [
            "Ring production cannot finish: 8 servers at 20 minutes each, its window takes 7.",
        ]);
    });

    it("name windows that open together, and counts above the quotas", () => {
        const rings = Array.from({ length: 51 }, (_, index) =>
            ring(`r${index}`, servers(50), weekly),
        );
        assert.deepEqual(quotaWarnings(rings, 1), [
            "51 maintenance windows: an account and region have 50; divide the fleet by account.",
            "51 patch groups of one baseline: an account and region have 25; divide the fleet by account.",
            "2550 managed nodes: an account and region have 2400; divide the fleet by account.",
            "51 windows open at cron(0 4 ? * TUE *) Europe/Berlin: 5 run at a time, the others are late.",
        ]);
    });
});

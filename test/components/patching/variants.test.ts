import assert from "node:assert/strict";
import type * as keyward from "../../../components";
import { operatingSystems } from "../../../catalog/operating-systems";
import { patchedServers, patchFindings } from "../../support/patched-servers";

type Rings = keyward.KeyServerPatchingArgs["rings"];

const shapes: Readonly<Record<string, Rings>> = {
    "one window for all": undefined,
    "a canary and production": [
        { name: "canary", servers: ["vault-1"] },
        { name: "production", servers: ["vault-2", "vault-3"] },
    ],
    "two canaries": [
        { name: "canary", servers: ["vault-1", "vault-2"] },
        { name: "production", servers: ["vault-3"] },
    ],
    "two production rings": [
        { name: "canary", servers: ["vault-1"] },
        { name: "first", servers: ["vault-2"] },
        { name: "second", servers: ["vault-3"] },
    ],
    "rings with schedules and windows of their own": [
        { name: "canary", servers: ["vault-1"], schedule: "cron(0 22 ? * MON *)", windowHours: 2 },
        {
            name: "production",
            servers: ["vault-2", "vault-3"],
            schedule: "cron(0 4 ? * WED *)",
            windowHours: 6,
        },
    ],
};

describe("the patch policies find nothing in any variant of KeyServerPatching", () => {
    for (const { id } of operatingSystems) {
        for (const [shape, rings] of Object.entries(shapes)) {
            it(`with ${shape} on ${id}`, async () => {
                for (const timeZone of ["Etc/UTC", "Europe/Berlin"]) {
                    const found = patchFindings(
                        await patchedServers({ rings, operatingSystems: [id], timeZone }),
                    );
                    // One window for all has no canary, which is said.
                    assert.deepEqual(
                        found.filter((text) => rings !== undefined || !text.includes("canary")),
                        [],
                    );
                    assert.equal(found.length > 0, rings === undefined);
                }
            });
        }
    }
});

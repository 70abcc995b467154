import assert from "node:assert/strict";
import { readPatchItems } from "../../../patching/gate/patch-items";

const publishedAt = Date.parse("2026-11-25T01:02:00Z");
const summary = {
    title: "2026-11-25T01:00:00Z installed 1 missing 1 failed 0 restart 1",
    state: "Summary",
};
const bash = { title: "bash.amd64:5.2.37-2+b5", state: "Installed" };

describe("the published items of our own scan", () => {
    it("are read as Patch Manager's answers are", () => {
        const missing = { title: "openssl.amd64:3.5.4-1", state: "Missing" };
        assert.deepEqual(readPatchItems([bash, missing, summary], publishedAt), {
            patches: [
                { id: "bash.amd64", ...bash },
                { id: "openssl.amd64", ...missing },
            ],
            state: {
                operation: "Scan",
                startedAt: Date.parse("2026-11-25T01:00:00Z"),
                endedAt: publishedAt,
                installed: 1,
                installedOther: 0,
                installedPendingReboot: 1,
                installedRejected: 0,
                missing: 1,
                failed: 0,
            },
        });
    });

    for (const [title, items] of [
        ["are missing", [bash]],
        ["come twice", [bash, summary, summary]],
        ["are cut off", [bash, { ...summary, title: summary.title.slice(0, -2) }]],
        ["are no numbers", [bash, { ...summary, title: summary.title.replace("1", "x") }]],
    ] as const) {
        it(`have no state when the counts ${title}`, () => {
            assert.deepEqual(readPatchItems(items, publishedAt), {
                patches: [{ id: "bash.amd64", ...bash }],
            });
        });
    }
});

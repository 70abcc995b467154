import assert from "node:assert/strict";
import { patchCalendar, readPatchPlan, recordPatchPlan } from "../../patching/plan-record";
import { ring, weeklyPlan } from "../support/patching-plan";

const asOf = new Date("2026-11-24T00:00:00Z");
const plan = weeklyPlan({ approvalDelayDays: 2 });
const rings = [plan.canary, ...plan.production].map((one) => ({
    ring: one,
    maxConcurrency: "1",
    maxErrors: "0",
}));
const described = { plan, rings, promotionGated: true, deadlineDays: 30 };

describe("the record of a patch plan", () => {
    it("says the worst case step by step, with dates", () => {
        const record = recordPatchPlan(described, asOf);
        assert.equal(record.worstCaseHours, 11 * 24 + 6);
        assert.deepEqual(
            record.worstCase.map(({ at, what }) => `${at.slice(0, 16)} ${what}`),
            [
                "2026-11-22T00:00 the patch is released, just too late for the canary's window before",
                "2026-11-25T00:00 the baseline approves it, after 2 days",
                "2026-12-01T03:00 the window of ring canary begins",
                "2026-12-01T05:00 the window of ring canary ends",
                "2026-12-02T02:00 a scan that began after the window can be read",
                "2026-12-02T05:00 the canary has been healthy for 24 hours",
                "2026-12-02T05:30 the promotion has written the list for production",
                "2026-12-03T03:00 the window of ring production begins",
                "2026-12-03T06:00 the window of ring production ends",
            ],
        );
    });

    it("says the reason when a patch never arrives", () => {
        const stranded = weeklyPlan({
            production: [ring("production", ["vault-1"], "at(2026-12-03T04:00:00)")],
        });
        const record = recordPatchPlan({ ...described, plan: stranded }, asOf);
        assert.equal(record.worstCaseHours, null);
        assert.deepEqual(record.worstCase.at(-1), {
            at: "",
            what: "it never reaches the last server: a window of ring production never comes",
        });
    });

    it("is read back as the plan that it was made from", () => {
        const again = readPatchPlan(recordPatchPlan(described, asOf));
        assert.deepEqual(
            recordPatchPlan(
                {
                    ...described,
                    plan: again,
                    rings: [again.canary, ...again.production].map((one) => ({
                        ring: one,
                        maxConcurrency: "1",
                        maxErrors: "0",
                    })),
                },
                asOf,
            ),
            recordPatchPlan(described, asOf),
        );
    });

    it("shows the windows of all rings in the order of time", () => {
        assert.deepEqual(patchCalendar(plan, asOf, 9), [
            {
                ring: "canary",
                starts: "2026-11-24T03:00:00.000Z",
                ends: "2026-11-24T05:00:00.000Z",
            },
            {
                ring: "production",
                starts: "2026-11-26T03:00:00.000Z",
                ends: "2026-11-26T06:00:00.000Z",
            },
            {
                ring: "canary",
                starts: "2026-12-01T03:00:00.000Z",
                ends: "2026-12-01T05:00:00.000Z",
            },
        ]);
    });
});

import assert from "node:assert/strict";
import { readSchedule } from "../../aws/schedule/occurrences";
import type { PatchingPlan } from "../../patching/patching-plan";
import { validatePatchingPlan } from "../../patching/validate-plan";
import { ring, weeklyPlan } from "../support/patching-plan";

const from = new Date("2026-11-24T00:00:00Z");

function problems(changes: Partial<PatchingPlan>): [string, string][] {
    return validatePatchingPlan(weeklyPlan(changes), from).map(({ propertyPath, reason }) => [
        propertyPath,
        reason,
    ]);
}

describe("the validator of patching plans", () => {
    it("accepts a weekly canary that production follows after its soak", () => {
        assert.deepEqual(problems({}), []);
    });

    it("names rings without servers and servers in two rings, all at once", () => {
        assert.deepEqual(
            problems({
                canary: ring("canary", [], "cron(0 4 ? * TUE *)"),
                production: [
                    ring("one", ["vault-1"], "cron(0 4 ? * THU *)"),
                    ring("two", ["vault-2", "vault-1"], "cron(0 4 ? * FRI *)"),
                ],
            }),
            [
                ["canary.servers", "ring canary must have at least one server"],
                [
                    "production[1].servers[1]",
                    "server vault-1 must be in one ring only, it is in one and in two",
                ],
            ],
        );
    });

    it("refuses a canary that is the whole cluster", () => {
        assert.deepEqual(
            problems({ production: [] }).map(([path]) => path),
            ["production"],
        );
    });

    it("refuses windows that never come, and durations and cutoffs out of range", () => {
        assert.deepEqual(
            problems({
                canary: ring("canary", ["vault-0"], "cron(0 4 30 2 ? *)", {
                    durationHours: 25,
                    cutoffHours: 25,
                }),
            }),
            [
                [
                    "canary.window.durationHours",
                    "durationHours must be a whole number from 1 to 24, got 25",
                ],
                [
                    "canary.window.cutoffHours",
                    "cutoffHours must be a whole number from 0 to below durationHours (25), got 25",
                ],
                ["canary.window.schedule", "the window never comes after 2026-11-24T00:00:00.000Z"],
            ],
        );
    });

    it("refuses a window at a time that a clock change skips", () => {
        assert.deepEqual(
            problems({ canary: ring("canary", ["vault-0"], "cron(30 2 ? * SUN *)") }),
            [
                [
                    "canary.window.schedule",
                    "the window falls at 2027-03-28T02:30 in Europe/Berlin, a time that a clock change skips or shows twice; choose a time outside the hour of the change",
                ],
            ],
        );
    });

    it("refuses rate(…) without a start date", () => {
        const [problem] = problems({ canary: ring("canary", ["vault-0"], "rate(7 days)") });
        assert.match(problem?.[1] ?? "", /must have a start date/);
    });

    it("refuses a production window that runs before the soak ends", () => {
        assert.deepEqual(
            problems({
                production: [ring("production", ["vault-1"], "cron(0 4 ? * WED *)")],
            }),
            [
                [
                    "production[0].window.schedule",
                    "ring production must not run between the canary's window and the end of its soak (2026-11-24T03:00Z to 2026-11-25T05:30Z), it runs at 2026-11-25T03:00Z",
                ],
            ],
        );
    });

    it("refuses a later ring that overtakes an earlier one", () => {
        const [problem] = problems({
            production: [
                ring("one", ["vault-1"], "cron(0 4 ? * FRI *)"),
                ring("two", ["vault-2"], "cron(0 4 ? * THU *)"),
            ],
        });
        assert.deepEqual(problem, [
            "production[1].window.schedule",
            "ring two must run after ring one has ended (2026-11-27T06:00Z), it runs at 2026-11-26T03:00Z",
        ]);
    });

    it("refuses an order that only one of the clocks keeps over daylight saving", () => {
        const plan = {
            soakHours: 24,
            scan: readSchedule("cron(0 1 * * ? *)"),
            canary: ring("canary", ["vault-0"], "cron(0 4 ? * TUE *)", { durationHours: 2 }),
            production: [
                ring("production", ["vault-1"], "cron(45 4 ? * WED *)", { timeZone: "UTC" }),
            ],
        };
        const found = problems(plan);
        assert.deepEqual(
            found.map(([path]) => path),
            ["production[0].window.schedule"],
        );
        assert.match(found[0]?.[1] ?? "", /2026-11-24T03:00Z to 2026-11-25T05:30Z/);
        assert.deepEqual(
            validatePatchingPlan(weeklyPlan(plan), new Date("2027-04-01T00:00:00Z")).map(
                ({ reason }) => /2027-11-02T03:00Z/.test(reason),
            ),
            [true],
        );
    });
});

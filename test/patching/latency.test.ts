import assert from "node:assert/strict";
import fc from "fast-check";
import { readSchedule } from "../../aws/schedule/occurrences";
import { worstCaseLatency, type WorstCase } from "../../patching/latency";
import type { PatchingPlan } from "../../patching/patching-plan";
import type { Scenario, SimulationResult } from "../../patching/simulation/scenario";
import { simulate } from "../../patching/simulation/simulate";
import { validatePatchingPlan } from "../../patching/validate-plan";
import { ring, weeklyPlan } from "../support/patching-plan";

const hour = 3_600_000;
const day = 24 * hour;
const from = new Date("2026-11-24T00:00:00Z");

function bounded(plan: PatchingPlan, horizonDays?: number): WorstCase {
    const worst = worstCaseLatency(plan, from, horizonDays);
    assert.equal(worst.kind, "bounded");
    return worst;
}

/** Plays a plan in which the last server of each ring uses its window to the end. */
function play(plan: PatchingPlan, changes: Partial<Scenario>): SimulationResult {
    const rings = [plan.canary, ...plan.production];
    return simulate({
        plan,
        from: from.getTime(),
        until: from.getTime() + 400 * day,
        releases: [],
        quorum: 0,
        install: (run) => {
            const own = rings.find(({ name }) => name === run.ring);
            const last = own !== undefined && run.position === own.servers.length - 1;
            const minutes = (own?.window.durationHours ?? 0) * 60 - run.position;
            return { minutes: last ? minutes : 1, succeeds: true };
        },
        missed: () => false,
        healthyThroughSoak: () => true,
        ...changes,
    });
}

describe("the worst-case latency of a patch", () => {
    it("is, for weekly windows, a week, the way from canary to production, and the hour that autumn adds", () => {
        const worst = bounded(weeklyPlan());
        assert.equal(worst.hours, 7 * 24 + 1 + 48 + 3);
        assert.deepEqual(
            [worst.released, worst.rollout.canaryStarts, worst.rollout.production[0]?.ends].map(
                (moment) => new Date(moment ?? NaN).toISOString(),
            ),
            ["2027-10-26T02:00:00.000Z", "2027-11-02T03:00:00.000Z", "2027-11-04T06:00:00.000Z"],
        );
    });

    it("grows by the approval delay and the rest of the UTC day", () => {
        const worst = bounded(weeklyPlan({ approvalDelayDays: 7 }));
        assert.equal(new Date(worst.released).toISOString(), "2026-11-17T00:00:00.000Z");
        assert.equal(new Date(worst.approved).toISOString(), "2026-11-25T00:00:00.000Z");
        assert.equal(worst.hours, 16 * 24 + 6);
    });

    it("waits for a scan that begins after the canary's window, however short the soak", () => {
        const plan = weeklyPlan({
            soakHours: 1,
            scan: readSchedule("cron(0 12 ? * WED *)"),
        });
        const { rollout } = bounded(plan, 60);
        assert.equal(rollout.scanned - rollout.canaryEnds > 24 * hour, true);
        assert.equal(rollout.promoted, rollout.scanned + 30 * 60_000);
    });

    it("has no bound when the canary's windows end", () => {
        const plan = weeklyPlan();
        const ending = {
            ...plan.canary,
            window: {
                ...plan.canary.window,
                schedule: readSchedule("cron(0 4 ? * TUE *)", "Europe/Berlin", {
                    endsAt: new Date("2027-02-01"),
                }),
            },
        };
        assert.deepEqual(worstCaseLatency({ ...plan, canary: ending }, from), {
            kind: "unbounded",
            released: Date.parse("2027-01-26T03:00:00Z"),
            reason: "the canary's window does not come again",
        });
    });

    it("has no bound when a production ring has no further window", () => {
        const plan = weeklyPlan({
            production: [ring("production", ["vault-1"], "at(2026-12-03T04:00:00)")],
        });
        const unbounded = worstCaseLatency(plan, from);
        assert.equal(unbounded.kind, "unbounded");
        assert.match(
            unbounded.kind === "unbounded" ? unbounded.reason : "",
            /a window of ring production never comes/,
        );
    });

    it("is never exceeded in simulations of random plans, and attained within a minute", () => {
        let attained = 0;
        fc.assert(
            fc.property(
                randomPlan,
                fc.array(fc.integer({ min: 0, max: 200 * 24 * 60 })),
                (plan, at) => {
                    fc.pre(validatePatchingPlan(plan, from).length === 0);
                    const worst = bounded(plan, 370);
                    const observed = play(plan, {
                        releases: at.map((minutes, index) => ({
                            id: `release-${index}`,
                            at: from.getTime() + 30 * day + minutes * 60_000,
                        })),
                    });
                    at.forEach((minutes, index) => {
                        const released = from.getTime() + 30 * day + minutes * 60_000;
                        const arrived = observed.arrived.get(`release-${index}`) ?? Infinity;
                        assert.ok(
                            (arrived - released) / hour <= worst.hours,
                            `${arrived - released}`,
                        );
                    });
                    const stated = play(plan, {
                        from: Math.min(from.getTime(), worst.released - day),
                        until: worst.released + worst.hours * hour + 2 * day,
                        releases: [{ id: "worst", at: worst.released + 1000 }],
                    });
                    const took = (stated.arrived.get("worst") ?? NaN) - worst.released;
                    assert.ok(Math.abs(took / hour - worst.hours) * 60 <= 1, `${took / hour}`);
                    attained++;
                },
            ),
            { numRuns: 60 },
        );
        assert.equal(attained, 60);
    });
});

describe("simulated patch days", () => {
    const releases = Array.from({ length: 30 }, (_, index) => ({
        id: `release-${index}`,
        at: from.getTime() + index * 3 * day,
    }));

    it("never bring to production what the canary did not prove, whatever fails", () => {
        fc.assert(
            fc.property(
                randomPlan,
                fc.infiniteStream(fc.boolean()),
                fc.infiniteStream(fc.integer({ min: 1, max: 90 })),
                (plan, luck, minutes) => {
                    fc.pre(validatePatchingPlan(plan, from).length === 0);
                    const result = play(plan, {
                        releases,
                        quorum: 2,
                        install: () => ({
                            minutes: draw(minutes),
                            succeeds: draw(luck) || draw(luck),
                        }),
                        missed: () => draw(luck) && draw(luck),
                        healthyThroughSoak: () => draw(luck) || draw(luck),
                    });
                    assert.deepEqual(result.untested, []);
                    assert.deepEqual(result.quorumLost, []);
                },
            ),
            { numRuns: 60 },
        );
    });

    it("patch as many servers at a time as the task's rate says, and begin none after a failure", () => {
        const plan = weeklyPlan({
            production: [
                ring("production", ["a", "b", "c", "d", "e"], "cron(0 4 ? * THU *)", {
                    timeZone: "UTC",
                }),
            ],
        });
        const turns = (failing: string): readonly string[] =>
            play(plan, {
                until: Date.parse("2026-12-04T00:00:00Z"),
                atOnce: () => 2,
                install: ({ server }) => ({ minutes: 30, succeeds: server !== failing }),
            })
                .events.filter(({ at, server }) => server !== "" && at > Date.parse("2026-12-03"))
                .map(({ at, kind, server }) => [
                    new Date(at).toISOString().slice(5, 16),
                    kind,
                    server,
                ])
                .map((parts) => parts.join(" "));
        assert.deepEqual(turns(""), [
            "12-03T04:30 server-patched a",
            "12-03T04:30 server-patched b",
            "12-03T05:00 server-patched c",
            "12-03T05:00 server-patched d",
            "12-03T05:30 server-patched e",
        ]);
        assert.deepEqual(turns("a"), [
            "12-03T04:30 server-failed a",
            "12-03T04:30 server-patched b",
        ]);
    });

    it("hold production when the canary fails, and keep the last good list", () => {
        const plan = weeklyPlan();
        const failing = Date.parse("2026-12-08T03:00:00Z");
        const result = play(plan, {
            until: Date.parse("2026-12-12T00:00:00Z"),
            releases: [
                { id: "good", at: Date.parse("2026-11-26T00:00:00Z") },
                { id: "bad", at: Date.parse("2026-12-05T00:00:00Z") },
            ],
            healthyThroughSoak: (startedAt) => startedAt !== failing,
        });
        assert.deepEqual(
            result.events
                .filter(({ kind }) => kind === "promoted" || kind === "held")
                .map(({ at, kind, releases: ids }) => [new Date(at).toISOString(), kind, ids]),
            [
                ["2026-11-25T05:30:00.000Z", "promoted", []],
                ["2026-12-02T05:30:00.000Z", "promoted", ["good"]],
                ["2026-12-09T05:30:00.000Z", "held", []],
            ],
        );
        assert.deepEqual([...result.arrived.keys()], ["good"]);
    });
});

/** The next value of an endless stream. */
function draw<T>(stream: fc.Stream<T>): T {
    return stream.next().value as T;
}

/** Weekly or daily canaries, a production ring or two some days later, several time zones. */
const randomPlan: fc.Arbitrary<PatchingPlan> = fc
    .record({
        timeZone: fc.constantFrom(
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
        ),
        canaryDay: fc.integer({ min: 1, max: 7 }),
        hour: fc.integer({ min: 4, max: 20 }),
        gapDays: fc.integer({ min: 1, max: 4 }),
        second: fc.boolean(),
        durationHours: fc.integer({ min: 2, max: 4 }),
        soakHours: fc.integer({ min: 1, max: 60 }),
        approvalDelayDays: fc.integer({ min: 0, max: 10 }),
        scanHour: fc.integer({ min: 0, max: 23 }),
    })
    .map((choice) => {
        const weekday = (offset: number): number => ((choice.canaryDay - 1 + offset) % 7) + 1;
        const at = (offset: number): string => `cron(0 ${choice.hour} ? * ${weekday(offset)} *)`;
        const window = { timeZone: choice.timeZone, durationHours: choice.durationHours };
        return weeklyPlan({
            approvalDelayDays: choice.approvalDelayDays,
            soakHours: choice.soakHours,
            scan: readSchedule(`cron(0 ${choice.scanHour} * * ? *)`),
            canary: ring("canary", ["vault-0"], at(0), window),
            production: [
                ring(
                    "production-1",
                    choice.second ? ["vault-1"] : ["vault-1", "vault-2"],
                    at(choice.gapDays),
                    window,
                ),
                ...(choice.second
                    ? [ring("production-2", ["vault-2"], at(choice.gapDays + 1), window)]
                    : []),
            ],
        });
    });

import assert from "node:assert/strict";
import fc from "fast-check";
import { readSchedule, type Schedule } from "../../aws/schedule/occurrences";
import { nextRun, nextRunFrom } from "../../patching/next-run";

const start = new Date("2026-11-24T00:00:00Z");
const day = 86_400_000;

const schedules: fc.Arbitrary<Schedule> = fc
    .record({
        text: fc.constantFrom(
            "cron(30 4 ? * TUE *)",
            "cron(0 3 ? * SUN#2 *)",
            "cron(15 2 ? * FRIL *)",
            "cron(0 1 * * ? *)",
            "cron(0 5 29 2 ? *)",
            "cron(0 5 LW * ? *)",
            "cron(0 3 31 2 ? *)",
            "cron(0 3 ? * MON 2027-2029)",
            "rate(5 days)",
            "rate(36 hours)",
            "at(2031-03-01T02:00:00)",
        ),
        timeZone: fc.constantFrom(
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "Africa/Casablanca",
        ),
        offsetDays: fc.integer({ min: 0, max: 6 }),
        starts: fc.option(fc.integer({ min: -400, max: 400 })),
        ends: fc.option(fc.integer({ min: 500, max: 4000 })),
    })
    .map(({ text, timeZone, offsetDays, starts, ends }) =>
        readSchedule(text, timeZone, {
            offsetDays: text.startsWith("cron") ? offsetDays : 0,
            ...(starts !== null && { startsAt: new Date(start.getTime() + starts * day) }),
            ...(ends !== null && { endsAt: new Date(start.getTime() + ends * day) }),
        }),
    );

describe("the next run of a schedule", () => {
    it("is the same whether runs are kept or looked for each time, in any order of questions", () => {
        const within = 28 * 365 * 24 * 60;
        let questions = 0;
        fc.assert(
            fc.property(
                schedules,
                fc.array(fc.integer({ min: 0, max: within }), { minLength: 1, maxLength: 12 }),
                (schedule, minutes) => {
                    const kept = nextRunFrom(start);
                    for (const minute of minutes) {
                        const from = start.getTime() + minute * 60_000;
                        assert.equal(kept(schedule, from), nextRun(schedule, from));
                        questions++;
                    }
                },
            ),
            { numRuns: 150 },
        );
        assert.ok(questions >= 150);
    });

    it("is a run that begins at the very moment", () => {
        const schedule = readSchedule("cron(0 3 * * ? *)");
        const at = Date.parse("2027-01-01T03:00:00Z");
        assert.equal(nextRunFrom(start)(schedule, at), at);
        assert.equal(nextRunFrom(start)(schedule, at + 1), at + day);
    });

    it("is a whole period away for a rate without a start, whose phase nobody knows", () => {
        const schedule = readSchedule("rate(12 hours)");
        const from = start.getTime() + 5;
        assert.equal(nextRun(schedule, from), from + day / 2);
        assert.equal(nextRunFrom(start)(schedule, from), from + day / 2);
    });
});

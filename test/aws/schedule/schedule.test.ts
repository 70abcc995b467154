import assert from "node:assert/strict";
import { Cron } from "croner";
import fc from "fast-check";
import { parseScheduleExpression } from "../../../aws/schedule/expression";
import {
    occurrences,
    readSchedule,
    unreliableTimes,
    type Schedule,
} from "../../../aws/schedule/occurrences";

const day = 86_400_000;

function times(of: Schedule, from: string, until: string): string[] {
    return [...occurrences(of, new Date(from), new Date(until))].map(({ at }) =>
        new Date(at).toISOString(),
    );
}

describe("schedule expressions of Systems Manager", () => {
    it("runs on the third Tuesday at 23:30, and with an offset of two days on the Thursday after", () => {
        const text = "cron(30 23 ? * TUE#3 *)";
        assert.deepEqual(times(readSchedule(text), "2026-11-01", "2026-12-01"), [
            "2026-11-17T23:30:00.000Z",
        ]);
        assert.deepEqual(
            times(readSchedule(text, "UTC", { offsetDays: 2 }), "2026-11-01", "2026-12-01"),
            ["2026-11-19T23:30:00.000Z"],
        );
    });

    it("counts days of the week from 1 for Sunday", () => {
        assert.deepEqual(times(readSchedule("cron(0 2 ? * 1 *)"), "2026-11-01", "2026-11-09"), [
            "2026-11-01T02:00:00.000Z",
            "2026-11-08T02:00:00.000Z",
        ]);
    });

    it("knows the last day, the last weekday, the nearest weekday and the last Friday of a month", () => {
        const in2026 = (text: string): string[] =>
            times(readSchedule(text), "2026-01-01", "2026-04-01").map((time) => time.slice(5, 10));
        assert.deepEqual(in2026("cron(0 2 L * ? *)"), ["01-31", "02-28", "03-31"]);
        assert.deepEqual(in2026("cron(0 2 LW * ? *)"), ["01-30", "02-27", "03-31"]);
        assert.deepEqual(in2026("cron(0 2 1W * ? *)"), ["01-01", "02-02", "03-02"]);
        assert.deepEqual(in2026("cron(0 2 ? * FRIL *)"), ["01-30", "02-27", "03-27"]);
    });

    it("takes seconds as an optional first field", () => {
        assert.deepEqual(
            times(readSchedule("cron(15 30 2 1 1 ? 2027)"), "2026-01-01", "2030-01-01"),
            ["2027-01-01T02:30:15.000Z"],
        );
    });

    it("follows the clock of its time zone over daylight saving", () => {
        assert.deepEqual(
            times(readSchedule("cron(0 5 ? * SUN *)", "Europe/Berlin"), "2026-03-21", "2026-03-30"),
            ["2026-03-22T04:00:00.000Z", "2026-03-29T03:00:00.000Z"],
        );
    });

    it("does not run at a time that the clock skips, and runs once at a time that it repeats", () => {
        const skipped = readSchedule("cron(30 2 ? * SUN *)", "Europe/Berlin");
        assert.deepEqual(times(skipped, "2026-03-28", "2026-04-06"), ["2026-04-05T00:30:00.000Z"]);
        assert.deepEqual(
            [...occurrences(skipped, new Date("2026-10-24"), new Date("2026-10-27"))],
            [{ at: Date.parse("2026-10-25T00:30:00Z"), repeated: true }],
        );
        assert.deepEqual(
            unreliableTimes(skipped, new Date("2026-01-01"), new Date("2027-01-01")).map((time) =>
                time.toISOString().slice(0, 16),
            ),
            ["2026-03-29T02:30", "2026-10-25T02:30"],
        );
    });

    it("keeps a rate's phase from its start, and runs at(…) once", () => {
        assert.deepEqual(
            times(
                readSchedule("rate(7 days)", "UTC", { startsAt: new Date("2026-11-03T04:00:00Z") }),
                "2026-11-10T04:00:00Z",
                "2026-11-20",
            ),
            ["2026-11-10T04:00:00.000Z", "2026-11-17T04:00:00.000Z"],
        );
        assert.deepEqual(
            times(readSchedule("at(2026-11-24T15:55:00)"), "2026-11-01", "2026-12-01"),
            ["2026-11-24T15:55:00.000Z"],
        );
    });

    it("stops at the end date", () => {
        assert.deepEqual(
            times(
                readSchedule("cron(0 2 * * ? *)", "UTC", {
                    endsAt: new Date("2026-11-02T02:00:00Z"),
                }),
                "2026-11-01",
                "2026-12-01",
            ),
            ["2026-11-01T02:00:00.000Z", "2026-11-02T02:00:00.000Z"],
        );
    });

    for (const [text, reason] of [
        ["0 2 * * ? *", /must be cron\(…\), rate\(…\) or at\(…\)/],
        ["cron(0 2 * *)", /six fields/],
        ["cron(0 2 1 * MON *)", /leave the day of month or the day of week open/],
        ["cron(60 2 ? * MON *)", /minutes field must hold numbers from 0 to 59.*"60"/],
        ["cron(0 2 ? * 8 *)", /day of week field.*got "8"/],
        ["cron(0 2 ? * MON#6 *)", /1st to the 5th/],
        ["cron(0 9-2 ? * MON *)", /hours field/],
        ["cron(0/0 2 ? * MON *)", /minutes field/],
        ["rate(0 days)", /whole number above 0/],
        ["at(2026-13-01T00:00:00)", /UTC time/],
    ] as const) {
        it(`refuses ${text} and says what is allowed`, () => {
            assert.throws(() => parseScheduleExpression(text), { message: reason });
        });
    }

    it("refuses an unknown time zone, and an offset without cron", () => {
        assert.throws(
            () => times(readSchedule("cron(0 2 * * ? *)", "Mars/Base"), "2026-01-01", "2026-01-02"),
            {
                message: /IANA name.*"Mars\/Base"/,
            },
        );
        assert.throws(
            () =>
                times(
                    readSchedule("rate(1 day)", "UTC", { offsetDays: 1 }),
                    "2026-01-01",
                    "2026-01-02",
                ),
            { message: /offset goes with cron/ },
        );
    });

    it("agrees with an outside cron library where clocks do not change", () => {
        const field = (minimum: number, maximum: number): fc.Arbitrary<string> =>
            fc.oneof(
                fc.constant("*"),
                fc.integer({ min: minimum, max: maximum }).map(String),
                fc
                    .tuple(
                        fc.integer({ min: minimum, max: maximum }),
                        fc.integer({ min: minimum, max: maximum }),
                    )
                    .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
                fc
                    .uniqueArray(fc.integer({ min: minimum, max: maximum }), {
                        minLength: 1,
                        maxLength: 4,
                    })
                    .map((list) => list.join(",")),
            );
        const weekday = fc.constantFrom("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
        const days = fc.oneof(
            fc.tuple(fc.oneof(field(1, 31), fc.constant("L")), fc.constant("?")),
            fc.tuple(
                fc.constant("?"),
                fc.oneof(
                    weekday,
                    fc.tuple(weekday, fc.integer({ min: 1, max: 5 })).map(([d, n]) => `${d}#${n}`),
                    weekday.map((d) => `${d}L`),
                ),
            ),
        );
        const zones = fc.constantFrom("UTC", "Asia/Tokyo", "Asia/Kolkata", "America/Bogota");
        fc.assert(
            fc.property(
                field(0, 59),
                field(0, 23),
                days,
                field(1, 12),
                zones,
                fc.integer({ min: 0, max: 2000 }),
                (minute, hour, [dayOfMonth, dayOfWeek], month, zone, start) => {
                    const from = new Date(Date.UTC(2026, 0, 1) + start * day + 30_000);
                    const until = new Date(from.getTime() + 400 * day);
                    const ours = readSchedule(
                        `cron(${minute} ${hour} ${dayOfMonth} ${month} ${dayOfWeek} *)`,
                        zone,
                    );
                    const theirs = new Cron(
                        `0 ${minute} ${hour} ${dayOfMonth.replace("?", "*")} ${month} ${dayOfWeek
                            .replace("?", "*")
                            .replace(/^([A-Z]{3})L$/, "$1#L")}`,
                        { timezone: zone },
                    );
                    const expected: number[] = [];
                    let next: Date | null = theirs.nextRun(from);
                    while (next !== null && next < until && expected.length < 50) {
                        expected.push(next.getTime());
                        next = theirs.nextRun(next);
                    }
                    const found: number[] = [];
                    for (const { at } of occurrences(ours, from, until)) {
                        found.push(at);
                        if (found.length === 50) {
                            break;
                        }
                    }
                    assert.deepEqual(found, expected);
                },
            ),
            { numRuns: 150 },
        );
    });
});

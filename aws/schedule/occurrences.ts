import type { CivilDate } from "./day-rules";
import {
    parseScheduleExpression,
    type CronExpression,
    type ScheduleExpression,
} from "./expression";
import { ScheduleError } from "./field";
import { TimeZone } from "./time-zone";

/** When a maintenance window or an association runs. */
export interface Schedule {
    /** The expression as it was written. */
    readonly text: string;
    readonly expression: ScheduleExpression;
    /** IANA name; "UTC" where AWS takes none. */
    readonly timeZone: string;
    /** Days to wait after each date of a cron expression. */
    readonly offsetDays: number;
    /** Runs before this moment do not happen. */
    readonly startsAt?: Date;
    /** Runs after this moment do not happen. */
    readonly endsAt?: Date;
}

/**
 * Reads a schedule as a maintenance window states it; the time zone defaults to UTC.
 *
 * @throws ScheduleError when the expression or the time zone cannot be read.
 */
export function readSchedule(
    text: string,
    timeZone = "UTC",
    more: Partial<Pick<Schedule, "offsetDays" | "startsAt" | "endsAt">> = {},
): Schedule {
    TimeZone.of(timeZone);
    return {
        text: text.trim(),
        expression: parseScheduleExpression(text),
        timeZone,
        offsetDays: 0,
        ...more,
    };
}

/** One run. */
export interface Occurrence {
    /** Milliseconds since 1970, UTC. */
    readonly at: number;
    /** True when clocks show the local time twice that day; the run is then taken for the first. */
    readonly repeated: boolean;
}

const dayMilliseconds = 86_400_000;

/**
 * Every run from `from` (inclusive) to `until` (exclusive), in order. A local time that a clock change skips does not run: AWS's pages do
 * not say what Systems Manager does then, and a run that may be missing must not be counted on.
 *
 * A rate runs from `startsAt`, or from `from` where none is given: its phase is AWS's.
 *
 * @throws ScheduleError for an unknown time zone, or an offset without a cron expression.
 */
export function* occurrences(schedule: Schedule, from: Date, until: Date): Generator<Occurrence> {
    const { expression } = schedule;
    const first = Math.max(from.getTime(), schedule.startsAt?.getTime() ?? -Infinity);
    const last = Math.min(until.getTime() - 1, schedule.endsAt?.getTime() ?? Infinity);
    if (expression.kind !== "cron" && schedule.offsetDays !== 0) {
        throw new ScheduleError(
            `a schedule offset goes with cron(…) only, got ${schedule.offsetDays} days with ${expression.kind}(…)`,
        );
    }
    switch (expression.kind) {
        case "at":
            if (expression.at.getTime() >= first && expression.at.getTime() <= last) {
                yield { at: expression.at.getTime(), repeated: false };
            }
            return;
        case "rate": {
            const phase = schedule.startsAt?.getTime() ?? first;
            const skipped = Math.ceil((first - phase) / expression.everyMilliseconds);
            for (
                let at = phase + skipped * expression.everyMilliseconds;
                at <= last;
                at += expression.everyMilliseconds
            ) {
                yield { at, repeated: false };
            }
            return;
        }
        case "cron":
            yield* cronOccurrences(expression, schedule, first, last);
    }
}

/** Local times within the range that clock changes skip or show twice: schedules there are not to be relied on. */
export function unreliableTimes(schedule: Schedule, from: Date, until: Date): readonly Date[] {
    const { expression } = schedule;
    if (expression.kind !== "cron") {
        return [];
    }
    const zone = TimeZone.of(schedule.timeZone);
    const found: Date[] = [];
    for (const local of localTimes(expression, schedule, zone, from.getTime(), until.getTime())) {
        if (zone.moments(local).length !== 1) {
            found.push(new Date(local));
        }
    }
    return found;
}

function* cronOccurrences(
    expression: CronExpression,
    schedule: Schedule,
    first: number,
    last: number,
): Generator<Occurrence> {
    const zone = TimeZone.of(schedule.timeZone);
    for (const local of localTimes(expression, schedule, zone, first, last)) {
        const moments = zone.moments(local);
        const [at] = moments;
        if (at !== undefined && at >= first && at <= last) {
            yield { at, repeated: moments.length > 1 };
        }
    }
}

/** Local times of the runs, as milliseconds as if they were UTC, a day wider than the range on both sides. */
function* localTimes(
    expression: CronExpression,
    schedule: Schedule,
    zone: TimeZone,
    first: number,
    last: number,
): Generator<number> {
    const offset = schedule.offsetDays * dayMilliseconds;
    const firstDay = Math.floor((zone.local(first) - offset) / dayMilliseconds) - 1;
    const lastDay = Math.floor((zone.local(last) - offset) / dayMilliseconds) + 1;
    for (let day = firstDay; day <= lastDay; day++) {
        if (matches(expression, civilDate(day))) {
            for (const seconds of expression.timesOfDay) {
                yield day * dayMilliseconds + offset + seconds * 1000;
            }
        }
    }
}

function matches(expression: CronExpression, date: CivilDate): boolean {
    return (
        expression.years.has(date.year) &&
        expression.months.has(date.month) &&
        expression.dayOfMonth(date) &&
        expression.dayOfWeek(date)
    );
}

/** Dates by their day since 1970: plans over decades look at the same days for every schedule. */
const civilDates = new Map<number, CivilDate>();

function civilDate(day: number): CivilDate {
    let date = civilDates.get(day);
    if (date === undefined) {
        date = computeCivilDate(day);
        civilDates.set(day, date);
    }
    return date;
}

function computeCivilDate(day: number): CivilDate {
    const date = new Date(day * dayMilliseconds);
    const year = date.getUTCFullYear();
    const month = date.getUTCMonth() + 1;
    return {
        year,
        month,
        day: date.getUTCDate(),
        dayOfWeek: date.getUTCDay() + 1,
        daysInMonth: new Date(Date.UTC(year, month, 0)).getUTCDate(),
    };
}

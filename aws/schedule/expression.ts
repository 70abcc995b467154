import { parseDayOfMonth, parseDayOfWeek, type DayOfMonth, type DayOfWeek } from "./day-rules";
import { fieldRanges, parseField, ScheduleError } from "./field";

/** A cron expression of Systems Manager, read. Times are in the schedule's time zone. */
export interface CronExpression {
    readonly kind: "cron";
    /** Times of day in seconds since midnight, sorted. */
    readonly timesOfDay: readonly number[];
    readonly dayOfMonth: DayOfMonth;
    readonly months: ReadonlySet<number>;
    readonly dayOfWeek: DayOfWeek;
    readonly years: ReadonlySet<number>;
}

/** `rate(n unit)`: one run every so many milliseconds, from a start that the expression does not tell. */
export interface RateExpression {
    readonly kind: "rate";
    readonly everyMilliseconds: number;
}

/** `at(time)`: a single run; the time is UTC. */
export interface AtExpression {
    readonly kind: "at";
    readonly at: Date;
}

export type ScheduleExpression = CronExpression | RateExpression | AtExpression;

const millisecondsPer = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/**
 * Reads a schedule of a maintenance window or a State Manager association: `cron(…)` with six fields, or seven with seconds first,
 * `rate(n minute|hour|day)` or `at(yyyy-mm-ddThh:mm:ss)`. Source: Systems Manager user guide, "Cron and rate expressions".
 *
 * @throws ScheduleError that says what cannot be read and what is allowed.
 */
export function parseScheduleExpression(text: string): ScheduleExpression {
    const match = /^(cron|rate|at)\((.*)\)$/.exec(text.trim());
    const inner = match?.[2]?.trim() ?? "";
    switch (match?.[1] ?? "") {
        case "cron":
            return parseCron(inner);
        case "rate":
            return parseRate(inner);
        case "at":
            return parseAt(inner);
        default:
            throw new ScheduleError(
                `a schedule must be cron(…), rate(…) or at(…), got ${JSON.stringify(text)}`,
            );
    }
}

function parseCron(text: string): CronExpression {
    const fields = text.split(/\s+/);
    if (fields.length !== 6 && fields.length !== 7) {
        throw new ScheduleError(
            `cron(…) must have six fields (minutes hours day-of-month month day-of-week year), or seven with seconds first, got ${fields.length} in "${text}"`,
        );
    }
    const [
        seconds = "",
        minutes = "",
        hours = "",
        dayOfMonth = "",
        month = "",
        dayOfWeek = "",
        year = "",
    ] = fields.length === 7 ? fields : ["0", ...fields];
    if (!"?*".includes(dayOfMonth) && !"?*".includes(dayOfWeek)) {
        throw new ScheduleError(
            `cron(…) must leave the day of month or the day of week open with "?", got "${dayOfMonth}" and "${dayOfWeek}"`,
        );
    }
    const timesOfDay = parseField(hours, fieldRanges.hours).flatMap((hour) =>
        parseField(minutes, fieldRanges.minutes).flatMap((minute) =>
            parseField(seconds, fieldRanges.seconds).map(
                (second) => (hour * 60 + minute) * 60 + second,
            ),
        ),
    );
    return {
        kind: "cron",
        timesOfDay,
        dayOfMonth: parseDayOfMonth(dayOfMonth),
        months: new Set(parseField(month, fieldRanges.month)),
        dayOfWeek: parseDayOfWeek(dayOfWeek),
        years: new Set(parseField(year, fieldRanges.year)),
    };
}

function parseRate(text: string): RateExpression {
    const match = /^([1-9]\d*)\s+(minute|hour|day)s?$/.exec(text);
    if (match === null) {
        throw new ScheduleError(
            `rate(…) must be a whole number above 0 and minutes, hours or days, such as rate(7 days), got "${text}"`,
        );
    }
    const unit = match[2] as keyof typeof millisecondsPer;
    return { kind: "rate", everyMilliseconds: Number(match[1]) * millisecondsPer[unit] };
}

function parseAt(text: string): AtExpression {
    const at = new Date(`${text}Z`);
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text) || Number.isNaN(at.getTime())) {
        throw new ScheduleError(
            `at(…) must be a UTC time such as at(2027-03-01T02:00:00), got "${text}"`,
        );
    }
    return { kind: "at", at };
}

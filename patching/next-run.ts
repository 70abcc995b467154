import { occurrences, type Schedule } from "../aws/schedule/occurrences";

const day = 86_400_000;

/** How far ahead the next run of a schedule is looked for: leap days can be eight years apart. */
const searchMilliseconds = (8 * 366 + 1) * day;

/** The calendar of Systems Manager ends in 2199. */
const endOfCalendar = new Date(Date.UTC(2200, 0));

/** Schedules whose runs are kept: those of the stacks that are looked at together. */
const keptSchedules = 64;

/** Finds the first run of a schedule at or after a moment, milliseconds since 1970; undefined when there is none within eight years. */
export type NextRun = (schedule: Schedule, from: number) => number | undefined;

/**
 * Looks once. A rate without a start may have run just before, because its phase is AWS's: its next run counts as a whole period away.
 */
export const nextRun: NextRun = (schedule, from) => {
    const period = periodOfUnknownPhase(schedule);
    if (period !== undefined) {
        return from + period;
    }
    const until = new Date(from + searchMilliseconds);
    for (const { at } of occurrences(schedule, new Date(from), until)) {
        return at;
    }
    return undefined;
};

/** The same for moments from `start` on, fast for many of them: runs are found once and kept. */
export function nextRunFrom(start: Date): NextRun {
    const own = new Map<Schedule, KnownRuns>();
    return (schedule, from) => {
        const period = periodOfUnknownPhase(schedule);
        if (period !== undefined) {
            return from + period;
        }
        const runs = own.get(schedule) ?? knownRuns(schedule, start.getTime());
        own.set(schedule, runs);
        return runs.next(from);
    };
}

function periodOfUnknownPhase({ expression, startsAt }: Schedule): number | undefined {
    return expression.kind === "rate" && startsAt === undefined
        ? expression.everyMilliseconds
        : undefined;
}

const kept = new Map<string, KnownRuns>();

function knownRuns(schedule: Schedule, start: number): KnownRuns {
    const { text, timeZone, offsetDays, startsAt, endsAt } = schedule;
    const key = JSON.stringify([text, timeZone, offsetDays, startsAt, endsAt, start]);
    const found = kept.get(key) ?? new KnownRuns(schedule, start);
    // Whatever was asked for last is forgotten last.
    kept.delete(key);
    kept.set(key, found);
    for (const oldest of kept.keys()) {
        if (kept.size <= keptSchedules) {
            break;
        }
        kept.delete(oldest);
    }
    return found;
}

/** Runs of one schedule from a moment on, in order, found as far as somebody has asked. */
class KnownRuns {
    private readonly found: number[] = [];
    private readonly source: Iterator<{ readonly at: number }>;
    private ended = false;

    public constructor(schedule: Schedule, start: number) {
        this.source = occurrences(schedule, new Date(start), endOfCalendar);
    }

    public next(from: number): number | undefined {
        while (!this.ended && (this.found.at(-1) ?? -Infinity) < from) {
            const step = this.source.next();
            if (step.done === true) {
                this.ended = true;
            } else {
                this.found.push(step.value.at);
            }
        }
        const run = this.found[firstAtOrAfter(this.found, from)];
        return run !== undefined && run < from + searchMilliseconds ? run : undefined;
    }
}

/** Index of the first of sorted moments that is not before another; their count when there is none. */
export function firstAtOrAfter(moments: readonly number[], moment: number): number {
    let low = 0;
    let high = moments.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if ((moments[middle] ?? Infinity) >= moment) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

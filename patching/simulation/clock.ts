import { Cron } from "croner";
import type { Schedule } from "../../aws/schedule/occurrences";

const day = 86_400_000;

/**
 * First run of a schedule at or after a moment, undefined when there is none: stepped with an outside cron library and the platform's
 * time zones, so that a simulation does not share its arithmetic with the bound that it tests.
 */
export function nextStep(schedule: Schedule, from: number): number | undefined {
    const first = Math.max(from, schedule.startsAt?.getTime() ?? -Infinity);
    const found = step(schedule, first);
    return found !== undefined && found <= (schedule.endsAt?.getTime() ?? Infinity)
        ? found
        : undefined;
}

function step(schedule: Schedule, first: number): number | undefined {
    const [, kind, inner = ""] = /^(cron|rate|at)\((.*)\)$/.exec(schedule.text) ?? [];
    if (kind === "at") {
        const at = Date.parse(`${inner}Z`);
        return at >= first ? at : undefined;
    }
    if (kind === "rate") {
        const [count, unit = ""] = inner.split(" ");
        const every = Number(count) * ({ m: 60_000, h: 3_600_000, d: day }[unit.charAt(0)] ?? NaN);
        const start = schedule.startsAt?.getTime() ?? first;
        return start + Math.max(0, Math.ceil((first - start) / every)) * every;
    }
    const cron = new Cron(cronerPattern(inner), { timezone: schedule.timeZone });
    // The library looks strictly after a moment, and shifts by the offset are made on the local calendar.
    const shifted = shiftLocalDays(first, -schedule.offsetDays, schedule.timeZone);
    const next = cron.nextRun(new Date(shifted - 1000));
    return next === null
        ? undefined
        : shiftLocalDays(next.getTime(), schedule.offsetDays, schedule.timeZone);
}

/** Rewrites a cron expression of Systems Manager into the library's: weekdays by name, years as a seventh field. */
function cronerPattern(text: string): string {
    const fields = text.split(/\s+/);
    const [seconds, minutes, hours, days, months, weekdays = "", years] =
        fields.length === 7 ? fields : ["0", ...fields];
    const names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    const named = weekdays
        .replace(/(?<![#/])\b[1-7]\b/g, (digit) => names[Number(digit) - 1] ?? digit)
        .replace(/\b([1-7])#/g, (_, digit: string) => `${names[Number(digit) - 1] ?? digit}#`)
        .replace(/^([A-Z]{3})L$/, "$1#L")
        .replace(/^L$/, "SAT");
    return [seconds, minutes, hours, days, months, named, years]
        .map((field) => (field === "?" ? "*" : field))
        .join(" ");
}

/** Moves a moment by whole days so that clocks of the zone show the same time of day. */
function shiftLocalDays(moment: number, days: number, timeZone: string): number {
    if (days === 0) {
        return moment;
    }
    const moved = moment + days * day;
    return moved + offset(moment, timeZone) - offset(moved, timeZone);
}

function offset(moment: number, timeZone: string): number {
    const parts = Object.fromEntries(
        formatter(timeZone)
            .formatToParts(moment)
            .map(({ type, value }) => [type, Number(value)]),
    );
    const local = Date.UTC(
        parts["year"] ?? 0,
        (parts["month"] ?? 1) - 1,
        parts["day"],
        parts["hour"],
        parts["minute"],
        parts["second"],
    );
    return local - Math.floor(moment / 1000) * 1000;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
    let found = formatters.get(timeZone);
    if (found === undefined) {
        found = new Intl.DateTimeFormat("en-US", {
            timeZone,
            hourCycle: "h23",
            year: "numeric",
            month: "numeric",
            day: "numeric",
            hour: "numeric",
            minute: "numeric",
            second: "numeric",
        });
        formatters.set(timeZone, found);
    }
    return found;
}

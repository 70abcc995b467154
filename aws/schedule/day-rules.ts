import { fieldRanges, parseField, parseNumber, ScheduleError } from "./field";

/** A civil date; `dayOfWeek` counts from 1 for Sunday. */
export interface CivilDate {
    readonly year: number;
    readonly month: number;
    readonly day: number;
    readonly dayOfWeek: number;
    readonly daysInMonth: number;
}

/** Whether a date passes the day-of-month field. */
export type DayOfMonth = (date: CivilDate) => boolean;
/** Whether a date passes the day-of-week field. */
export type DayOfWeek = (date: CivilDate) => boolean;

const saturday = 7;
const sunday = 1;

/**
 * Reads the day-of-month field: numbers, `L` (last day), `LW` (last weekday), `nW` (the weekday nearest to day n, in the same month).
 *
 * @throws ScheduleError
 */
export function parseDayOfMonth(text: string): DayOfMonth {
    if (text === "?" || text === "*") {
        return () => true;
    }
    if (text === "L") {
        return (date) => date.day === date.daysInMonth;
    }
    if (text === "LW") {
        return (date) => date.day === nearestWeekday(date, date.daysInMonth);
    }
    const weekday = /^(\d+)W$/.exec(text);
    if (weekday?.[1] !== undefined) {
        const wanted = parseNumber(weekday[1], fieldRanges.dayOfMonth);
        return (date) => wanted <= date.daysInMonth && date.day === nearestWeekday(date, wanted);
    }
    const days = new Set(parseField(text, fieldRanges.dayOfMonth));
    return (date) => days.has(date.day);
}

/**
 * Reads the day-of-week field: numbers from 1 (Sunday) or names, `nL` (the last such day of the month), `L` (Saturday),
 * `n#k` (the k-th such day of the month).
 *
 * @throws ScheduleError
 */
export function parseDayOfWeek(text: string): DayOfWeek {
    if (text === "?" || text === "*") {
        return () => true;
    }
    if (text === "L") {
        return (date) => date.dayOfWeek === saturday;
    }
    const last = /^([0-9A-Za-z]+)L$/.exec(text);
    if (last?.[1] !== undefined) {
        const wanted = parseNumber(last[1], fieldRanges.dayOfWeek);
        return (date) => date.dayOfWeek === wanted && date.day + 7 > date.daysInMonth;
    }
    const nth = /^([0-9A-Za-z]+)#(\d+)$/.exec(text);
    if (nth?.[1] !== undefined) {
        const wanted = parseNumber(nth[1], fieldRanges.dayOfWeek);
        const which = Number(nth[2]);
        if (which < 1 || which > 5) {
            throw new ScheduleError(
                `the day of week field may name the 1st to the 5th such day of a month, got "${text}"`,
            );
        }
        return (date) => date.dayOfWeek === wanted && Math.ceil(date.day / 7) === which;
    }
    const days = new Set(parseField(text, fieldRanges.dayOfWeek));
    return (date) => days.has(date.dayOfWeek);
}

/** Day of the weekday nearest to day `wanted`, never leaving the month. */
function nearestWeekday(date: CivilDate, wanted: number): number {
    const dayOfWeek = ((((date.dayOfWeek - 1 + wanted - date.day) % 7) + 7) % 7) + 1;
    if (dayOfWeek === saturday) {
        return wanted === 1 ? 3 : wanted - 1;
    }
    if (dayOfWeek === sunday) {
        return wanted === date.daysInMonth ? wanted - 2 : wanted + 1;
    }
    return wanted;
}

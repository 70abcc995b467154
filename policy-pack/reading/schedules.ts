import { occurrences, readSchedule } from "../../aws/schedule/occurrences";

const hourMilliseconds = 3_600_000;
const checkedDaysByDefault = 40;

/**
 * The longest time between two runs of a schedule in the `checkedDays` from `asOf`, in hours; infinite where it never runs then. Throws
 * `ScheduleError` for a text that is no schedule expression.
 */
export function longestGapHours(
    text: string,
    asOf: Date,
    checkedDays = checkedDaysByDefault,
): number {
    const until = new Date(asOf.getTime() + checkedDays * 24 * hourMilliseconds);
    let last: number | undefined;
    let longest = 0;
    for (const { at } of occurrences(readSchedule(text), asOf, until)) {
        longest = Math.max(longest, at - (last ?? at));
        last = at;
    }
    return last === undefined
        ? Infinity
        : Math.max(longest, until.getTime() - last) / hourMilliseconds;
}

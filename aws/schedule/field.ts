/** Numbers that one field of a cron expression lets through, sorted. */
export interface FieldRange {
    readonly name: string;
    readonly minimum: number;
    readonly maximum: number;
    /** Words that stand for numbers, the first for `minimum`. */
    readonly words?: readonly string[];
}

/** The fields of an SSM cron expression. Source: Systems Manager user guide, "Cron and rate expressions". */
export const fieldRanges = {
    seconds: { name: "seconds", minimum: 0, maximum: 59 },
    minutes: { name: "minutes", minimum: 0, maximum: 59 },
    hours: { name: "hours", minimum: 0, maximum: 23 },
    dayOfMonth: { name: "day of month", minimum: 1, maximum: 31 },
    month: {
        name: "month",
        minimum: 1,
        maximum: 12,
        words: "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" "),
    },
    dayOfWeek: {
        name: "day of week",
        minimum: 1,
        maximum: 7,
        words: "SUN MON TUE WED THU FRI SAT".split(" "),
    },
    year: { name: "year", minimum: 1970, maximum: 2199 },
} as const satisfies Record<string, FieldRange>;

/** A part of a schedule expression that cannot be read; `message` says which and what is allowed. */
export class ScheduleError extends Error {
    public override readonly name = "ScheduleError";
}

/**
 * Numbers that a field selects: `*`, `n`, `a-b`, `a-b/step`, `a/step`, and lists of these joined by commas.
 *
 * @throws ScheduleError for anything else and for numbers outside the field's range.
 */
export function parseField(text: string, range: FieldRange): readonly number[] {
    const numbers = new Set<number>();
    for (const item of text.split(",")) {
        const [span = "", stepText, ...rest] = item.split("/");
        const step = stepText === undefined ? 1 : Number(stepText);
        if (rest.length > 0 || !Number.isInteger(step) || step < 1) {
            throw unreadable(item, range);
        }
        const [from, to] = parseSpan(span, range, stepText !== undefined);
        for (let number = from; number <= to; number += step) {
            numbers.add(number);
        }
    }
    return [...numbers].sort((a, b) => a - b);
}

/**
 * One number of a field, as digits or as its word.
 *
 * @throws ScheduleError when it is neither, or out of range.
 */
export function parseNumber(text: string, range: FieldRange): number {
    const word = range.words?.indexOf(text.toUpperCase()) ?? -1;
    const number = word >= 0 ? range.minimum + word : /^\d+$/.test(text) ? Number(text) : NaN;
    if (!(number >= range.minimum && number <= range.maximum)) {
        throw unreadable(text, range);
    }
    return number;
}

function parseSpan(span: string, range: FieldRange, stepped: boolean): [number, number] {
    if (span === "*" || span === "?") {
        return [range.minimum, range.maximum];
    }
    const [fromText = "", toText, ...rest] = span.split("-");
    const from = parseNumber(fromText, range);
    if (toText === undefined) {
        return [from, stepped ? range.maximum : from];
    }
    const to = parseNumber(toText, range);
    if (rest.length > 0 || to < from) {
        throw unreadable(span, range);
    }
    return [from, to];
}

function unreadable(text: string, range: FieldRange): ScheduleError {
    const words = range.words === undefined ? "" : ` or ${range.words.join(", ")}`;
    return new ScheduleError(
        `the ${range.name} field must hold numbers from ${range.minimum} to ${range.maximum}${words}, ranges a-b, steps a/b or lists of them, got "${text}"`,
    );
}

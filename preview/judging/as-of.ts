import { InputError } from "../../catalog/records/input-error";

/** Reads `--as-of`: a day (`YYYY-MM-DD`, its start in UTC) or a moment with its zone (ISO 8601). Throws `InputError`. */
export function parseAsOf(written: string): Date {
    const shape = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;
    const [, day] = shape.exec(written) ?? [];
    const moment = new Date(written);
    if (day === undefined || Number.isNaN(moment.getTime()) || !isDay(day)) {
        throw new InputError([
            `--as-of must be a day such as 2026-11-24, or a moment such as 2026-11-24T06:00:00Z, got "${written}"`,
        ]);
    }
    return moment;
}

/** The 30th of February is read as a day of March. */
function isDay(day: string): boolean {
    return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

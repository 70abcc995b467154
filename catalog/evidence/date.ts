const dayMilliseconds = 86_400_000;

/** Whether text is a date of the calendar, written `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
    const moment = Date.parse(`${text}T00:00:00Z`);
    return !Number.isNaN(moment) && dateText(moment) === text;
}

/** The date, UTC, that lies so many days after another. */
export function addDays(date: string, days: number): string {
    return dateText(Date.parse(date) + days * dayMilliseconds);
}

export function dateText(moment: number): string {
    return new Date(moment).toISOString().slice(0, 10);
}

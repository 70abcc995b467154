import { InvalidArgumentError } from "commander";

/** Prints result lines. */
export function printLines(lines: readonly string[]): void {
    process.stdout.write(`${lines.join("\n")}\n`);
}

export function parseFolder(written: string): string {
    if (written.trim() === "") {
        throw new InvalidArgumentError("It must be a folder or a file.");
    }
    return written;
}

/** Whole days, 1 to 3650. */
export function parseDays(written: string): number {
    const days = Number(written);
    if (!/^\d+$/.test(written) || days < 1 || days > 3650) {
        throw new InvalidArgumentError("It must be a whole number of days from 1 to 3650.");
    }
    return days;
}

/** A date or moment in ISO 8601; a date means its beginning in UTC. */
export function isoMoment(written: string): Date {
    const moment = new Date(written);
    if (!/^\d{4}-\d\d-\d\d/.test(written) || Number.isNaN(moment.getTime())) {
        throw new InvalidArgumentError("It must be a date such as 2026-12-01.");
    }
    return moment;
}

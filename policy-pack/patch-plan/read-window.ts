import { readSchedule, type Schedule } from "../../aws/schedule/occurrences";
import type { MaintenanceWindow } from "../../patching/patching-plan";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { notKnownYet, readNumber, readText, show, type Reading } from "../reading/values";

/** A maintenance window as the bound needs it, or what stands in the way. */
export type WindowReading =
    | { readonly kind: "known"; readonly window: MaintenanceWindow }
    | { readonly kind: "open"; readonly path: PropertyPath; readonly why: string }
    | { readonly kind: "bad"; readonly path: PropertyPath; readonly why: string };

/** Reads schedule, zone, offset, dates, duration and cutoff of a window. */
export function readWindow({ properties }: RegisteredResource): WindowReading {
    const schedule = readWindowSchedule(properties);
    if (schedule.kind !== "known") {
        return schedule;
    }
    const numbers = (["duration", "cutoff"] as const).map((name) => ({
        name,
        value: readNumber(properties, [name]),
    }));
    for (const { name, value } of numbers) {
        if (value.kind !== "known") {
            const why = value.kind === "open" ? value.why : "is not set";
            return { kind: value.kind === "open" ? "open" : "bad", path: [name], why };
        }
    }
    const [durationHours = NaN, cutoffHours = NaN] = numbers.map(({ value }) =>
        value.kind === "known" ? value.value : NaN,
    );
    return {
        kind: "known",
        window: { schedule: schedule.schedule, durationHours, cutoffHours },
    };
}

/** Reads a schedule by itself; UTC where no zone is set, as Systems Manager does. */
function readWindowSchedule(
    properties: unknown,
):
    | { readonly kind: "known"; readonly schedule: Schedule }
    | { readonly kind: "open" | "bad"; readonly path: PropertyPath; readonly why: string } {
    const text = readText(properties, ["schedule"]);
    const zone = readText(properties, ["scheduleTimezone"]);
    const offset = readNumber(properties, ["scheduleOffset"]);
    const starts = readDate(properties, ["startDate"]);
    const ends = readDate(properties, ["endDate"]);
    for (const [path, reading] of [
        [["schedule"], text],
        [["scheduleTimezone"], zone],
        [["scheduleOffset"], offset],
        [["startDate"], starts],
        [["endDate"], ends],
    ] as const) {
        if (reading.kind === "open") {
            return { kind: "open", path, why: reading.why };
        }
    }
    if (text.kind !== "known") {
        return { kind: "bad", path: ["schedule"], why: "is not set" };
    }
    try {
        const schedule = readSchedule(text.value, zone.kind === "known" ? zone.value : "UTC", {
            offsetDays: offset.kind === "known" ? offset.value : 0,
            ...(starts.kind === "known" && { startsAt: starts.value }),
            ...(ends.kind === "known" && { endsAt: ends.value }),
        });
        return { kind: "known", schedule };
    } catch (error) {
        const why = `cannot be read: ${(error as Error).message}`;
        return { kind: "bad", path: ["schedule"], why };
    }
}

/** A date of Systems Manager, ISO 8601. */
export function readDate(properties: unknown, path: PropertyPath): Reading<Date> {
    const text = readText(properties, path);
    if (text.kind !== "known") {
        return text;
    }
    const date = new Date(text.value);
    return Number.isNaN(date.getTime())
        ? { ...notKnownYet, why: `cannot be read: found ${show(text.value)}` }
        : { kind: "known", value: date };
}

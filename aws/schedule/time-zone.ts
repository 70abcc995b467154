import { IANAZone } from "luxon";
import { ScheduleError } from "./field";

const dayMilliseconds = 86_400_000;

/** No zone changes its clocks and back within so few days: Morocco's change for Ramadan, the shortest known, lasts a month. */
const unchangedDays = 8;

function roundDown(day: number): number {
    return Math.floor(day / unchangedDays) * unchangedDays;
}

/** Turns local times of one IANA time zone into moments. Offsets are looked up once a day and kept. */
export class TimeZone {
    private static readonly known = new Map<string, TimeZone>();
    private readonly zone: IANAZone;
    private readonly offsets = new Map<number, number>();

    private constructor(public readonly name: string) {
        this.zone = IANAZone.create(name);
        if (!this.zone.isValid) {
            throw new ScheduleError(
                `a time zone must be an IANA name such as "UTC" or "Europe/Berlin", got "${name}"`,
            );
        }
    }

    /**
     * The zone of this IANA name, shared between callers.
     *
     * @throws ScheduleError for a name that is not known.
     */
    public static of(name: string): TimeZone {
        const zone = TimeZone.known.get(name) ?? new TimeZone(name);
        TimeZone.known.set(name, zone);
        return zone;
    }

    /**
     * Moments (milliseconds since 1970) at which clocks here show a local time, given as milliseconds as if it were UTC: usually one, none for
     * a time that a clock change skips, two for one that it repeats.
     */
    public moments(local: number): readonly number[] {
        const day = Math.floor(local / dayMilliseconds);
        const before = this.offsetAtDay(roundDown(day - 1));
        const after = this.offsetAtDay(roundDown(day + 1) + unchangedDays);
        if (before === after) {
            return [local - before];
        }
        const offsets = [...new Set([-1, 0, 1, 2].map((more) => this.offsetAtDay(day + more)))];
        return offsets
            .map((offset) => local - offset)
            .filter((moment) => moment + this.offsetAt(moment) === local)
            .sort((a, b) => a - b);
    }

    /** The local time at a moment, as milliseconds as if it were UTC. */
    public local(moment: number): number {
        return moment + this.offsetAt(moment);
    }

    private offsetAt(moment: number): number {
        return this.zone.offset(moment) * 60_000;
    }

    private offsetAtDay(day: number): number {
        let offset = this.offsets.get(day);
        if (offset === undefined) {
            offset = this.offsetAt(day * dayMilliseconds);
            this.offsets.set(day, offset);
        }
        return offset;
    }
}

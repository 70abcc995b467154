/** What a preview does, in order: it starts, runs the program, judges what that registered, and writes the reports. */
export type PreviewPhase = "start" | "evaluate" | "judge" | "report";

/** Tells how long the phases of a preview take. A phase lasts until the next begins; `start` begins with the process. */
export class PhaseClock {
    private readonly begun = new Map<PreviewPhase, number>([["start", 0]]);

    public constructor(
        /** Seconds since the process began. */
        private readonly now: () => number = () => performance.now() / 1000,
    ) {}

    public begin(phase: PreviewPhase): void {
        this.begun.set(phase, this.now());
    }

    /** Seconds of each phase, the last one up to now, as JSON: a field for each, to the millisecond. */
    public write(): string {
        const begun = [...this.begun];
        const seconds = begun.map(([phase, from], index) => {
            const until = begun[index + 1]?.[1] ?? this.now();
            return [phase, Number((until - from).toFixed(3))] as const;
        });
        return `${JSON.stringify({ seconds: Object.fromEntries(seconds) })}\n`;
    }
}

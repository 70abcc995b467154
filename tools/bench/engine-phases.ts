/** Seconds that the engine's preview spends, as far as its output shows. */
export interface EnginePhases {
    /** Until it shows its first resource: policy pack and program have started. */
    readonly start: number;
    /** Until it shows its last one for the first time: the program runs, policies of single resources judge. */
    readonly resources: number;
    /** Until it ends: policies of the whole stack judge, results are printed. */
    readonly stack: number;
}

/** Reads from the lines of the engine's preview when it shows its resources. */
export class EngineOutput {
    private readonly shown = new Set<string>();
    private first = 0;
    private last = 0;

    /** Takes a line that came so many seconds after the start. */
    public line(text: string, seconds: number): void {
        const resource = /^ \+ {2}(\S+ \S+) create\b/.exec(text)?.[1];
        if (resource === undefined || this.shown.has(resource)) {
            return;
        }
        this.first = this.shown.size === 0 ? seconds : this.first;
        this.last = seconds;
        this.shown.add(resource);
    }

    /** The phases of a preview that took so many seconds. Throws where no resource was shown. */
    public phases(seconds: number): EnginePhases {
        if (this.shown.size === 0) {
            throw new Error("the engine's preview shows no resource that it would create");
        }
        return {
            start: this.first,
            resources: this.last - this.first,
            stack: seconds - this.last,
        };
    }
}

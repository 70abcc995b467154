/** A line on a terminal that shows how far the work is, and is gone when it ends. Silent where there is no terminal. */
export class ProgressLine {
    private shown = "";
    private last = 0;

    public constructor(private readonly stream: NodeJS.WriteStream) {}

    /** Shows a state; at most ten times a second, unless it must be seen. */
    public show(text: string, always = false): void {
        const now = Date.now();
        if (!this.stream.isTTY || (!always && now - this.last < 100)) {
            return;
        }
        this.last = now;
        this.shown = text.slice(0, this.stream.columns - 1);
        this.stream.write(`\r\u001b[2K${this.shown}`);
    }

    /** Takes the line away. */
    public clear(): void {
        if (this.shown !== "") {
            this.shown = "";
            this.stream.write("\r\u001b[2K");
        }
    }

    /** Writes text above the line. */
    public print(text: string): void {
        const line = this.shown;
        this.clear();
        this.stream.write(text);
        if (line !== "" && text.endsWith("\n")) {
            this.show(line, true);
        }
    }
}

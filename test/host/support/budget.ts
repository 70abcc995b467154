interface Part {
    readonly name: string;
    readonly seconds: number;
}

const parts: Part[] = [];
const beside: Part[] = [];

/** Does a part of the suite and notes how long it took. */
export async function timed<T>(name: string, part: () => T | Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await part();
    const seconds = (performance.now() - started) / 1000;
    parts.push({ name, seconds });
    console.log(`        ${name}: ${seconds.toFixed(1)} s`);
    return result;
}

/** Notes what went on beside other parts, and costs no time of its own. */
export function tookBeside(name: string, seconds: number): void {
    beside.push({ name, seconds });
    console.log(`        ${name}: ${seconds.toFixed(1)} s`);
}

/** The time of every part, longest first. */
function budget(): string {
    const total = parts.reduce((sum, { seconds }) => sum + seconds, 0);
    const lines = (list: readonly Part[]): readonly string[] =>
        [...list]
            .sort((a, b) => b.seconds - a.seconds)
            .map(({ name, seconds }) => `    ${seconds.toFixed(1).padStart(7)} s  ${name}`);
    return [
        "\nTime of the host suites",
        ...lines(parts),
        ...lines([{ name: "total", seconds: total }]),
        ...(beside.length === 0 ? [] : ["Beside them", ...lines(beside)]),
    ].join("\n");
}

after(() => {
    console.log(budget());
});

const parts: { readonly name: string; readonly seconds: number }[] = [];

/** Does a part of the suite and notes how long it took. */
export async function timed<T>(name: string, part: () => T | Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await part();
    const seconds = (performance.now() - started) / 1000;
    parts.push({ name, seconds });
    console.log(`        ${name}: ${seconds.toFixed(1)} s`);
    return result;
}

/** The time of every part, longest first. */
function budget(): string {
    const total = parts.reduce((sum, { seconds }) => sum + seconds, 0);
    const line = (name: string, seconds: number): string =>
        `    ${seconds.toFixed(1).padStart(7)} s  ${name}`;
    return [
        "\nTime of the host suites",
        ...[...parts]
            .sort((a, b) => b.seconds - a.seconds)
            .map(({ name, seconds }) => line(name, seconds)),
        line("total", total),
    ].join("\n");
}

after(() => {
    console.log(budget());
});

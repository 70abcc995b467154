import { spawnSync } from "node:child_process";

/** What a finished program left behind. */
export interface Finished {
    readonly status: number;
    readonly stdout: string;
    readonly stderr: string;
}

/** Runs a program to its end. Throws only when it cannot be started; one that ends without reading its input has run. */
export function run(program: string, args: readonly string[], input?: string): Finished {
    const { status, stdout, stderr, error } = spawnSync(program, args, {
        encoding: "utf8",
        maxBuffer: 256 * 1024 * 1024,
        ...(input === undefined ? {} : { input }),
    });
    if (error !== undefined && (status === null || !("code" in error) || error.code !== "EPIPE")) {
        throw new Error(`${program} cannot be run: ${error.message}`);
    }
    return { status: status ?? 128, stdout, stderr };
}

/** Runs a program that must succeed; returns its standard output. */
export function must(program: string, args: readonly string[], input?: string): string {
    const { status, stdout, stderr } = run(program, args, input);
    if (status !== 0) {
        throw new Error(`${program} ${args.join(" ")} ended with ${status}: ${stderr}${stdout}`);
    }
    return stdout;
}

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { EngineCommand } from "../../test/support/engine";
import { processTree } from "../../test/support/process-tree";

/** What one command cost, from its start to its end, with everything that it started. */
export interface Cost {
    readonly seconds: number;
    /** Highest sum of the resident memory of all its processes, in bytes; shared pages count once for each process. */
    readonly peakBytes: number;
    readonly status: number;
    readonly stdout: string;
    readonly stderr: string;
}

const samplingMilliseconds = 100;

/** Told of each line of standard output, and of the seconds from the command's start to its coming. */
type OnLine = (text: string, seconds: number) => void;

/** Runs a command once, in new processes. */
export async function measure(
    command: EngineCommand,
    onLine: OnLine = () => undefined,
): Promise<Cost> {
    const started = performance.now();
    const child = spawn(command.program, command.args, {
        cwd: command.folder,
        env: command.environment,
        stdio: ["ignore", "pipe", "pipe"],
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    createInterface({ input: child.stdout }).on("line", (text) => {
        onLine(text, (performance.now() - started) / 1000);
    });
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    let peakBytes = 0;
    const sampler = setInterval(() => {
        const entries = child.pid === undefined ? [] : processTree(child.pid);
        const bytes = entries.reduce((sum, { residentBytes }) => sum + residentBytes, 0);
        peakBytes = Math.max(peakBytes, bytes);
    }, samplingMilliseconds);
    try {
        const status = await new Promise<number>((settle, reject) => {
            child.once("error", reject);
            child.once("close", (code) => {
                settle(code ?? -1);
            });
        });
        const seconds = (performance.now() - started) / 1000;
        return { seconds, peakBytes, status, stdout, stderr };
    } finally {
        clearInterval(sampler);
    }
}

/** The median of several runs, by time. */
export function median<Measured extends Cost>(costs: readonly Measured[]): Measured {
    const sorted = [...costs].sort((a, b) => a.seconds - b.seconds);
    const middle = sorted[Math.floor((sorted.length - 1) / 2)];
    if (middle === undefined) {
        throw new Error("nothing was measured");
    }
    return middle;
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Duplex, Readable, Writable } from "node:stream";
import { FrameReader, type Frame } from "../protocol/frames";

/** The running process that evaluates a program. */
export interface EvaluatorProcess {
    /** Sends bytes of frames. */
    send(bytes: Uint8Array): void;
    /** Ends the process at once. */
    kill(): void;
    /** How it ended; all its frames were delivered before. */
    readonly ended: Promise<Ending>;
}

/** How a process ended: one of the two is null. */
export interface Ending {
    readonly code: number | null;
    readonly signal: string | null;
}

const drainLimitMilliseconds = 2000;

/** Compiled program of the evaluating process: beside the compiled command line, or in the built tree. */
function evaluatorFile(): string {
    const beside = join(__dirname, "evaluate.js");
    return existsSync(beside) ? beside : join(__dirname, "../../cli/dist/evaluate.js");
}

/** Starts the process. What the program prints goes to `onPrint`, never to a stream of this process. */
export function startEvaluator(options: {
    readonly nodeArguments: readonly string[];
    readonly onFrame: (frame: Frame) => void;
    readonly onPrint: (text: string) => void;
}): EvaluatorProcess {
    const child = spawn(process.execPath, [...options.nodeArguments, evaluatorFile()], {
        stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
    });
    const [, stdout, stderr, frames, answers] = child.stdio as unknown as [
        null,
        Readable,
        Readable,
        Duplex,
        Writable,
    ];
    for (const stream of [stdout, stderr]) {
        stream.setEncoding("utf8");
        stream.on("data", options.onPrint);
    }
    const reader = new FrameReader(options.onFrame);
    frames.on("data", (chunk: Uint8Array) => {
        reader.push(chunk);
    });
    // The process may end while an answer is on its way: how it ended says all there is to say.
    answers.on("error", () => undefined);
    const drained = once(frames, "close").catch(() => undefined);
    const ended = (async (): Promise<Ending> => {
        const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
        // A process that the program left behind may hold the pipe open for ever.
        await Promise.race([
            drained,
            setTimeout(drainLimitMilliseconds, undefined, { ref: false }),
        ]);
        return { code, signal };
    })();
    return {
        send: (bytes) => {
            answers.write(bytes);
        },
        kill: () => {
            child.kill("SIGKILL");
        },
        ended,
    };
}

// The thread that translates TypeScript while the program's thread loads other code. It starts at the entry point and goes on along the
// imports, so that most files are ready before they are asked for.
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { workerData } from "node:worker_threads";
import { keyOf, type CompiledFile, type CompilerData, type SourceFile } from "./compiler-messages";

const { settings, sourceMaps, entry, port, given } = workerData as CompilerData;
const begun = new Set<string>();
const visited = new Set<string>();

port.on("message", (request: SourceFile) => {
    void compile(request);
});
if (entry !== undefined) {
    void readAhead(entry);
}

/** Translates a file and gives the result, once for each text of it. */
async function compile({ file, source }: SourceFile): Promise<void> {
    const key = keyOf({ file, source });
    if (begun.has(key)) {
        return;
    }
    begun.add(key);
    try {
        // A compiler that cannot be loaded is told like a file that cannot be translated.
        const { transform } = await import("esbuild");
        const { code } = await transform(source, {
            ...settings,
            loader: file.endsWith(".tsx") ? "tsx" : "ts",
            format: "cjs",
            sourcefile: file,
            sourcemap: sourceMaps ? "inline" : false,
            logLevel: "silent",
        });
        give({ key, code });
        for (const [, written = ""] of code.matchAll(/\brequire\("(\.[^"]*)"\)/g)) {
            void readAhead(resolve(dirname(file), written));
        }
    } catch (error) {
        give({ key, failure: error instanceof Error ? error.message : String(error) });
    }
}

function give(compiled: CompiledFile): void {
    port.postMessage(compiled);
    Atomics.add(given, 0, 1);
    Atomics.notify(given, 0);
}

/** Translates what a path most likely stands for. A wrong guess costs time only: nobody asks for it. */
async function readAhead(path: string): Promise<void> {
    if (visited.has(path)) {
        return;
    }
    visited.add(path);
    const candidates = /\.c?tsx?$/.test(path)
        ? [path]
        : [`${path}.ts`, `${path}.tsx`, resolve(path, "index.ts")];
    for (const file of candidates) {
        const source = await readFile(file, "utf8").catch(() => undefined);
        if (source !== undefined) {
            await compile({ file, source });
            return;
        }
    }
}

import { readFileSync } from "node:fs";
import Module from "node:module";
import { join } from "node:path";
import {
    MessageChannel,
    Worker,
    receiveMessageOnPort,
    type MessagePort,
} from "node:worker_threads";
import { keyOf, type CompiledFile, type CompilerData, type SourceFile } from "./compiler-messages";

/** A module as Node's loaders see it; its types leave `_compile` out. */
interface LoadedModule {
    _compile(code: string, filename: string): void;
}

const extensions = [".ts", ".cts", ".tsx"];

/**
 * Translates TypeScript in a thread of its own, without a type check. The thread reads ahead from the entry point; what it read is
 * used only where it equals what the program's own thread reads.
 */
export class TypeScriptLoader {
    private readonly port: MessagePort;
    private readonly given = new Int32Array(new SharedArrayBuffer(4));
    private readonly compiled = new Map<string, CompiledFile>();

    public constructor(options: Pick<CompilerData, "settings" | "sourceMaps" | "entry">) {
        const { port1, port2 } = new MessageChannel();
        this.port = port1;
        const workerData: CompilerData = { ...options, port: port2, given: this.given };
        // Modules that the program preloads are none of this thread's business.
        const worker = new Worker(join(__dirname, "compiler-worker.js"), {
            workerData,
            transferList: [port2],
            execArgv: [],
        });
        worker.unref();
    }

    /** Makes `require` load TypeScript. A syntax error is thrown with its place. */
    public register(): void {
        const loaders = (
            Module as unknown as {
                _extensions: Record<string, (module: LoadedModule, filename: string) => void>;
            }
        )._extensions;
        for (const extension of extensions) {
            loaders[extension] = (module, file) => {
                module._compile(this.compile({ file, source: readFileSync(file, "utf8") }), file);
            };
        }
    }

    private compile(file: SourceFile): string {
        const key = keyOf(file);
        this.receive();
        if (!this.compiled.has(key)) {
            this.port.postMessage(file);
        }
        for (;;) {
            const given = Atomics.load(this.given, 0);
            this.receive();
            const compiled = this.compiled.get(key);
            if (compiled === undefined) {
                Atomics.wait(this.given, 0, given);
            } else if (compiled.code === undefined) {
                throw new Error(compiled.failure);
            } else {
                return compiled.code;
            }
        }
    }

    private receive(): void {
        for (;;) {
            const received = receiveMessageOnPort(this.port);
            if (received === undefined) {
                return;
            }
            const compiled = received.message as CompiledFile;
            this.compiled.set(compiled.key, compiled);
        }
    }
}

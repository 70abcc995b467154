import type { TransformOptions } from "esbuild";
import type { MessagePort } from "node:worker_threads";

/** What the thread starts with. */
export interface CompilerData {
    readonly settings: TransformOptions;
    readonly sourceMaps: boolean;
    /** File or folder to begin with; undefined to wait for requests. */
    readonly entry: string | undefined;
    /** Takes `SourceFile`, gives one `CompiledFile` for each. */
    readonly port: MessagePort;
    /** Counts the files given, so that the other thread can wait for one more. */
    readonly given: Int32Array;
}

/** A file as it was read. */
export interface SourceFile {
    readonly file: string;
    readonly source: string;
}

/** A translated file: CommonJS, or why there is none. */
export interface CompiledFile {
    /** `keyOf` of the file. */
    readonly key: string;
    readonly code?: string;
    readonly failure?: string;
}

/** What tells files apart: a file may change while a program runs, and is then another one. */
export function keyOf({ file, source }: SourceFile): string {
    return `${file}\0${source}`;
}

import {
    accessSync,
    constants,
    existsSync,
    renameSync,
    statSync,
    unlinkSync,
    writeFileSync,
    writeSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { InputError } from "../catalog/records/input-error";

/** A file that a command was asked to write; `-` is standard output. */
export interface OutputFile {
    /** The option that asked for it, such as `--json`. */
    readonly option: string;
    readonly file: string;
}

/** Checks that every file can be written, before any work is done. Throws `InputError` with all problems. */
export function checkOutputFiles(outputs: readonly OutputFile[]): void {
    const problems = outputs.flatMap(({ option, file }) => {
        const problem = file === "-" ? undefined : pathProblem(file);
        return problem === undefined ? [] : [`${option} ${file}: ${problem}`];
    });
    const taken = new Map<string, string>();
    for (const { option, file } of outputs) {
        const path = file === "-" ? "-" : resolve(file);
        const other = taken.get(path);
        if (other !== undefined) {
            const name = file === "-" ? "standard output" : file;
            problems.push(
                `${other} and ${option} both write ${name}: give one of them another file`,
            );
        }
        taken.set(path, option);
    }
    if (problems.length > 0) {
        throw new InputError(problems);
    }
}

function pathProblem(file: string): string | undefined {
    const path = resolve(file);
    const folder = dirname(path);
    if (file === "") {
        return "the name of the file is empty";
    }
    if (existsSync(path)) {
        if (statSync(path).isDirectory()) {
            return "this is a folder: give the name of a file in it";
        }
        return isWritable(path) ? undefined : "the file may not be written";
    }
    if (!existsSync(folder) || !statSync(folder).isDirectory()) {
        return `the folder ${folder} does not exist`;
    }
    return isWritable(folder) ? undefined : `the folder ${folder} may not be written`;
}

function isWritable(path: string): boolean {
    try {
        accessSync(path, constants.W_OK);
        return true;
    } catch {
        return false;
    }
}

/**
 * Writes a file whole or not at all; what is no regular file, such as a pipe, is written to as it is. Throws `InputError` when the
 * system refuses.
 */
export function writeOutputFile({ option, file }: OutputFile, text: string): void {
    try {
        if (file === "-") {
            writeWhole(text);
        } else if (existsSync(file) && !statSync(file).isFile()) {
            writeFileSync(file, text);
        } else {
            replaceFile(file, text);
        }
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new InputError([`${option} ${file}: ${reason}`]);
    }
}

function replaceFile(file: string, text: string): void {
    const draft = join(dirname(resolve(file)), `.${basename(file)}.${process.pid}.draft`);
    try {
        writeFileSync(draft, text, { flag: "wx" });
        renameSync(draft, file);
    } catch (error) {
        if (existsSync(draft)) {
            unlinkSync(draft);
        }
        throw error;
    }
}

/** Standard output may be a pipe that takes only a part, or nothing for a moment. */
function writeWhole(text: string): void {
    const bytes = Buffer.from(text);
    for (let written = 0; written < bytes.length;) {
        try {
            written += writeSync(1, bytes, written);
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "EAGAIN") {
                throw error;
            }
        }
    }
}

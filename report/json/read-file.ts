import { readFileSync, statSync } from "node:fs";
import { InputError } from "../../catalog/records/input-error";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import { checkSize, parseReport } from "./read";

/**
 * Reads a JSON report from a file; `-` is standard input.
 *
 * @throws InputError when there is no such file, it may not be read, it is too large, or it is no report (see `parseReport`).
 */
export function readReportFile(file: string): JudgedStack {
    const source = file === "-" ? "standard input" : file;
    return parseReport(readBytes(file, source), source);
}

function readBytes(file: string, source: string): Uint8Array {
    try {
        if (file !== "-") {
            // Before it is read: a huge file must not fill the memory first.
            checkSize(statSync(file).size, source);
        }
        return readFileSync(file === "-" ? 0 : file);
    } catch (error) {
        if (error instanceof InputError) {
            throw error;
        }
        const reason = error instanceof Error ? error.message : String(error);
        throw new InputError([
            `cannot read the report ${source}: ${reason}: give a file that --json or KEYWARD_REPORT wrote`,
        ]);
    }
}

import Ajv2020 from "ajv/dist/2020";
import type { ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { InputError } from "../../catalog/records/input-error";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import schema from "../schema.json";
import { findContradictions } from "./consistency";
import { describeProblems } from "./problems";

/** The largest report that is read; that of a stack of 10,000 resources is a tenth of it. */
const largestReportBytes = 256 * 1024 * 1024;

/** Of a report that is wrong in many places, so many are told. */
const mostProblems = 20;

/**
 * Reads a JSON report that `keyward` or the policy pack wrote.
 *
 * @param source Name of the file, for messages.
 * @throws InputError when the bytes are not UTF-8 or JSON, do not match `report/schema.json`, contradict themselves, or hold no
 * verdict of any policy. Such a report is never taken for a clean one.
 */
export function parseReport(bytes: Uint8Array, source: string): JudgedStack {
    const report = parseJson(decode(bytes, source), source);
    const validate = validator();
    const problems = validate(report)
        ? findContradictions(report)
        : describeProblems(validate.errors ?? [], report);
    if (problems.length > 0) {
        throw notAReport(source, problems);
    }
    return report as JudgedStack;
}

/** Refuses what is too large to be a report. Throws `InputError`. */
export function checkSize(bytes: number, source: string): void {
    if (bytes > largestReportBytes) {
        throw new InputError([
            `${source} has ${bytes} bytes: reports up to ${largestReportBytes} bytes are read`,
        ]);
    }
}

function decode(bytes: Uint8Array, source: string): string {
    if (bytes.byteLength === 0) {
        throw new InputError([`${source} is empty: a report written with --json is needed`]);
    }
    checkSize(bytes.byteLength, source);
    try {
        return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
        throw new InputError([`${source} is not UTF-8 text: write it again with --json`]);
    }
}

function parseJson(text: string, source: string): unknown {
    try {
        return JSON.parse(text);
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new InputError([
            `${source} is not JSON, or was cut short (${reason}): write it again with --json`,
        ]);
    }
}

function notAReport(source: string, problems: readonly string[]): InputError {
    const told = problems.slice(0, mostProblems).map((problem) => `${source}: ${problem}`);
    const untold = problems.length - told.length;
    return new InputError(untold > 0 ? [...told, `${source}: ${untold} more problems`] : told);
}

let compiled: ValidateFunction<JudgedStack> | undefined;

/** The schema compiled, once a process: it takes longer than to read most reports. */
function validator(): ValidateFunction<JudgedStack> {
    if (compiled === undefined) {
        const ajv = new Ajv2020({ allErrors: true, strictRequired: false });
        addFormats(ajv);
        compiled = ajv.compile<JudgedStack>(schema);
    }
    return compiled;
}

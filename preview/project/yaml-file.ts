import { readFileSync } from "node:fs";
import { parseDocument } from "yaml";
import { InputError } from "../../catalog/records/input-error";

/** A mapping as YAML or JSON writes it. */
export type Mapping = Readonly<Record<string, unknown>>;

/** Brackets in brackets, and columns before the first word of a line: more is no file that a person wrote. */
const mostBrackets = 200;
const mostColumns = 1000;

/**
 * Reads a file of YAML or JSON as text, or standard input for `-`. Throws `InputError` that names the file and what it is for; also where
 * values are nested so deep that the reader of YAML would run out of stack.
 */
export function readText(file: string, what: string): string {
    const text = readUtf8(file, what);
    if (isTooDeep(text)) {
        throw new InputError([
            `cannot read ${what} ${file}: its values are nested more than ${mostBrackets} levels deep`,
        ]);
    }
    return text;
}

function isTooDeep(text: string): boolean {
    let depth = 0;
    for (const [character] of text.matchAll(/[[\]{}]/g)) {
        depth = character === "[" || character === "{" ? depth + 1 : Math.max(0, depth - 1);
        if (depth > mostBrackets) {
            return true;
        }
    }
    return text.split("\n").some((line) => line.search(/[^ \t?:-]|$/) > mostColumns);
}

function readUtf8(file: string, what: string): string {
    try {
        const bytes = readFileSync(file === "-" ? 0 : file);
        return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch (error) {
        const reason =
            error instanceof TypeError
                ? "it is not UTF-8 text"
                : error instanceof Error
                  ? error.message
                  : String(error);
        throw new InputError([`cannot read ${what} ${file}: ${reason}`]);
    }
}

/**
 * Reads YAML (of which JSON is a part) whose outermost value is a mapping; an empty file is an empty mapping. Integers come as
 * `bigint`, so that long ones such as account ids keep their digits. Throws `InputError` with the place of every mistake.
 */
export function parseMapping(text: string, file: string): Mapping {
    const document = parseDocument(text, { intAsBigInt: true, merge: true });
    if (document.errors.length > 0) {
        throw new InputError(
            document.errors.map((error) => `${file}: ${error.message.split("\n")[0] ?? ""}`),
        );
    }
    let value: unknown;
    try {
        value = document.toJS({ maxAliasCount: 100 });
    } catch (error) {
        throw new InputError([
            `${file}: ${error instanceof Error ? error.message : String(error)}`,
        ]);
    }
    if (value === null || value === undefined) {
        return {};
    }
    if (!isMapping(value)) {
        throw new InputError([`${file}: the file must hold a mapping of keys to values`]);
    }
    return value;
}

export function isMapping(value: unknown): value is Mapping {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Writes a value read by `parseMapping` as JSON. */
export function toJson(value: unknown): string {
    return JSON.stringify(value, (_key, each: unknown) =>
        typeof each === "bigint" ? Number(each) : each,
    );
}

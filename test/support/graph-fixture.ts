import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RecordedResource } from "./monitor";

const folder = join(__dirname, "..", "fixtures", "graphs");

/**
 * Compares a recorded graph with the one that stands in `test/fixtures/graphs`. After an intended change, run the test with
 * `KEYWARD_WRITE_FIXTURES=1` and read the difference.
 */
export function assertGraph(name: string, resources: readonly RecordedResource[]): void {
    const file = join(folder, `${name}.json`);
    const sorted = [...resources].sort((a, b) => compare(key(a), key(b)));
    const text = `${JSON.stringify(sorted.map(withoutDefaults), withoutScripts, 1)}\n`;
    if (process.env.KEYWARD_WRITE_FIXTURES === "1") {
        writeFileSync(file, text);
    }
    assert.deepEqual(JSON.parse(text), JSON.parse(readFileSync(file, "utf8")));
}

/** Longest text that stands in a fixture as it is. */
const longestText = 4000;

/** User data and setup scripts, which are what the component is about. */
const shownWhole = /^(#cloud-config|#!\/bin\/sh\n# Made by Keyward: sets )/;

/** Rendered host profiles change with the profile and have tests of their own: here only that there is one counts, not its hash. */
function withoutScripts(_key: string, value: unknown): unknown {
    return typeof value !== "string"
        ? value
        : value.length > longestText && !shownWhole.test(value)
          ? "<script>"
          : value
                .replace(/\b[0-9a-f]{64}\b/g, "<sha256>")
                .replace(/^1\.0\.\d{4,}$/, "<version of the content>");
}

/** Registrations without what says nothing: empty lists, false, "". */
function withoutDefaults(resource: RecordedResource): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(resource).filter(
            ([, value]) =>
                value !== false &&
                value !== "" &&
                !(Array.isArray(value) && value.length === 0) &&
                !(typeof value === "object" && Object.keys(value as object).length === 0),
        ),
    );
}

function key(resource: RecordedResource): string {
    return `${resource.type}::${resource.name}`;
}

function compare(a: string, b: string): number {
    return a < b ? -1 : a > b ? 1 : 0;
}

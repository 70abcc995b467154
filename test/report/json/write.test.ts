import assert from "node:assert/strict";
import type { JudgedStack } from "../../../catalog/records/judged-stack";
import { parseReport } from "../../../report/json/read";
import { writeReport } from "../../../report/json/write";
import { buildJudgedStack } from "../../support/judged-stack";

/** The same value with the fields of every object in reverse order. */
function reversed(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(reversed);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    return Object.fromEntries(
        Object.entries(value)
            .reverse()
            .map(([name, field]) => [name, reversed(field)]),
    );
}

describe("writing a JSON report", () => {
    it("gives the same bytes whatever order the fields were set in", () => {
        const report = buildJudgedStack();
        assert.equal(writeReport(reversed(report) as JudgedStack), writeReport(report));
    });

    it("gives the same bytes when it is read and written again", () => {
        const written = writeReport(buildJudgedStack());
        assert.equal(writeReport(parseReport(Buffer.from(written), "report.json")), written);
    });

    it("begins with the version and ends with a line feed", () => {
        const written = writeReport(buildJudgedStack({ patchPlan: null }));
        assert.equal(
            written.slice(0, 71),
            '{\n    "schemaVersion": "1",\n    "evaluatedAt": "2026-11-24T00:00:00Z",\n',
        );
        assert.equal(written.slice(-3), "\n}\n");
    });

    it("keeps the order of lists", () => {
        const report = buildJudgedStack();
        const { findings } = JSON.parse(writeReport(report)) as JudgedStack;
        assert.deepEqual(findings, report.findings);
    });
});

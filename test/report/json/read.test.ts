import assert from "node:assert/strict";
import fc from "fast-check";
import { InputError } from "../../../catalog/records/input-error";
import type { JudgedStack } from "../../../catalog/records/judged-stack";
import { parseReport } from "../../../report/json/read";
import { writeReport } from "../../../report/json/write";
import { buildJudgedStack } from "../../support/judged-stack";

const sample = buildJudgedStack();
const written = writeReport(sample);

function parse(text: string): JudgedStack {
    return parseReport(Buffer.from(text), "report.json");
}

/** The problems that a text is refused with. */
function problemsOf(text: string | Uint8Array): readonly string[] {
    try {
        parseReport(typeof text === "string" ? Buffer.from(text) : text, "report.json");
    } catch (error) {
        assert.ok(error instanceof InputError, String(error));
        return error.problems;
    }
    return [];
}

function problemsOfChange(changes: Record<string, unknown>): readonly string[] {
    return problemsOf(JSON.stringify({ ...sample, ...changes }));
}

describe("reading a JSON report", () => {
    it("gives back what was written", () => {
        assert.deepEqual(parse(written), sample);
    });

    it("reads a report that begins with a byte order mark", () => {
        assert.deepEqual(parse(`\uFEFF${written}`), sample);
    });

    it("refuses an empty file", () => {
        assert.deepEqual(problemsOf(""), [
            "report.json is empty: a report written with --json is needed",
        ]);
    });

    it("refuses a file that was cut short, wherever the cut is", () => {
        for (let length = 1; length < written.length - 2; length += 997) {
            const [problem, ...others] = problemsOf(written.slice(0, length));
            assert.match(problem ?? "", /^report\.json is not JSON, or was cut short \(/);
            assert.deepEqual(others, []);
        }
    });

    it("refuses bytes that are not UTF-8", () => {
        const bytes = Buffer.from(written);
        bytes[written.indexOf("payments")] = 0xff;
        assert.deepEqual(problemsOf(bytes), [
            "report.json is not UTF-8 text: write it again with --json",
        ]);
        assert.deepEqual(problemsOf(Buffer.from(written, "utf16le")), [
            "report.json is not UTF-8 text: write it again with --json",
        ]);
    });

    it("refuses a report without policy data", () => {
        assert.deepEqual(
            problemsOfChange({ policies: [], findings: [], blocked: false, summary: noFindings }),
            [
                "report.json: the report holds no policy data: policies is empty, so nothing was judged",
            ],
        );
    });

    it("refuses a report whose policies gave no verdict", () => {
        const policies = sample.policies.map((policy) => ({
            ...policy,
            counts: { pass: 0, fail: 0, indeterminate: 0, exempt: 0, "not-applicable": 0 },
        }));
        assert.deepEqual(
            problemsOfChange({ policies, findings: [], blocked: false, summary: noFindings }),
            [
                "report.json: the report holds no policy data: none of its 10 policies gave a verdict, so nothing was judged",
            ],
        );
    });

    it("refuses a report that calls itself clean and is not", () => {
        assert.deepEqual(problemsOfChange({ blocked: false }), [
            'report.json: blocked is false, but findings holds 5 of level "mandatory"',
        ]);
        assert.deepEqual(problemsOfChange({ summary: noFindings }), [
            "report.json: summary.fail.critical is 0, but findings holds 3",
            "report.json: summary.fail.high is 0, but findings holds 1",
            "report.json: summary.fail.medium is 0, but findings holds 1",
            "report.json: summary.fail.low is 0, but findings holds 1",
            "report.json: summary.indeterminate.high is 0, but findings holds 1",
            "report.json: summary.exempt.high is 0, but findings holds 1",
        ]);
    });

    it("tells every wrong place with its value and what is allowed", () => {
        const [first, ...rest] = sample.findings;
        const findings = [{ ...first, verdict: "clean", path: 3, nonsense: true }, ...rest];
        assert.deepEqual(problemsOfChange({ findings, evaluatedAt: "yesterday" }), [
            'report.json: evaluatedAt is "yesterday"; it must match pattern "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?Z$"',
            'report.json: evaluatedAt is "yesterday"; it must match format "date-time"',
            'report.json: findings[0] has the unknown field "nonsense"',
            'report.json: findings[0].verdict is "clean"; allowed are "fail", "indeterminate", "exempt"',
            "report.json: findings[0].path is 3; it must be of type string",
        ]);
    });

    it("tells at most twenty problems and counts the others", () => {
        const findings = Array.from({ length: 9 }, () => ({}));
        const problems = problemsOfChange({ findings });
        assert.equal(problems.length, 21);
        assert.equal(problems[0], 'report.json: findings[0] lacks "policy"');
        assert.equal(problems[20], "report.json: 79 more problems");
    });

    it("refuses other JSON files", () => {
        for (const other of ["null", "[]", "true", '"text"', "12"]) {
            assert.deepEqual(problemsOf(other), [
                `report.json: the report is ${other === "[]" ? "a list" : other}; it must be of type object`,
            ]);
        }
        const stackExport = problemsOf('{"version":3,"deployment":{"resources":[]}}');
        assert.equal(stackExport[0], 'report.json: the report lacks "schemaVersion"');
    });

    it("refuses a report of another version", () => {
        assert.deepEqual(problemsOfChange({ schemaVersion: "2" }), [
            'report.json: schemaVersion is "2"; it must be "1"',
        ]);
    });

    it("refuses keys that would reach into prototypes", () => {
        assert.deepEqual(problemsOf(written.replace('"project"', '"__proto__": {}, "project"')), [
            'report.json: the report has the unknown field "__proto__"',
        ]);
        const facts = written.replace('"cidr"', '"__proto__"');
        assert.deepEqual(problemsOf(facts), [
            'report.json: topology.nodes[0].facts has the name "__proto__", which is not allowed',
        ]);
        assert.equal(({} as Record<string, unknown>)["cidr"], undefined);
    });

    it("refuses deep nesting without running out of stack", () => {
        const deep = "[".repeat(500_000) + "]".repeat(500_000);
        assert.deepEqual(problemsOf(deep), [
            "report.json: the report is a list; it must be of type object",
        ]);
        assert.deepEqual(problemsOf(written.replace('"production"', deep)), [
            "report.json: stack is a list; it must be of type string",
        ]);
    });

    it("never accepts a report with one field removed", () => {
        for (const field of Object.keys(sample)) {
            assert.deepEqual(problemsOfChange({ [field]: undefined }), [
                `report.json: the report lacks "${field}"`,
            ]);
        }
    });

    it("answers any bytes with a report or with problems", () => {
        fc.assert(
            fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
                assert.notEqual(problemsOf(bytes).length, 0);
            }),
        );
    });

    it("answers any damage of one byte with a report or with problems", () => {
        fc.assert(
            fc.property(
                fc.nat(Buffer.byteLength(written) - 1),
                fc.integer({ min: 0, max: 255 }),
                (position, byte) => {
                    const bytes = Buffer.from(written);
                    bytes[position] = byte;
                    problemsOf(bytes);
                },
            ),
            { numRuns: 200 },
        );
    });
});

const zero = { critical: 0, high: 0, medium: 0, low: 0 };
const noFindings = { fail: zero, indeterminate: zero, exempt: zero };

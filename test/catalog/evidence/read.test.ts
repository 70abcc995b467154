import assert from "node:assert/strict";
import { controls } from "../../../catalog/controls";
import { readEvidence } from "../../../catalog/evidence/read";
import { InputError } from "../../../catalog/records/input-error";

const asOf = new Date("2026-11-24T12:00:00Z");
const sound = {
    control: "periodic-review",
    who: "Security engineering",
    when: "2026-10-01",
    checked: "All three servers against the checklist; two findings, both closed",
    nextDue: "2027-03-01",
};

function read(...records: readonly unknown[]): ReturnType<typeof readEvidence> {
    return readEvidence({ evidence: records }, "evidence.yaml", controls, asOf);
}

function problems(run: () => unknown): readonly string[] {
    try {
        run();
    } catch (error) {
        assert.ok(error instanceof InputError);
        return error.problems;
    }
    return [];
}

describe("reading evidence", () => {
    it("gives the records sorted by control and date", () => {
        const earlier = { ...sound, when: "2026-04-01", nextDue: "2026-09-01" };
        const other = { ...sound, control: "accounts-reviewed" };
        assert.deepEqual(read(sound, earlier, other), [other, earlier, sound]);
    });

    it("takes a list without records", () => {
        assert.deepEqual(read(), []);
    });

    const documents: readonly unknown[] = [
        null,
        [],
        {},
        "evidence",
        { evidence: {} },
        { evidence: [], more: 1 },
    ];
    for (const document of documents) {
        it(`refuses ${JSON.stringify(document)} as a document`, () => {
            assert.deepEqual(
                problems(() => readEvidence(document, "evidence.yaml", controls, asOf)),
                [
                    'evidence.yaml must hold an object with the one field "evidence", a list of records',
                ],
            );
        });
    }

    const cases: readonly (readonly [string, unknown, readonly string[]])[] = [
        [
            "a record that is no object",
            7,
            ["must be an object with control, who, when, checked, nextDue"],
        ],
        [
            "empty and missing fields",
            { control: "periodic-review", who: " ", when: 20261001, nextDue: "2027-03-01" },
            [
                'needs "who" as text that is not empty',
                'needs "when" as text that is not empty',
                'needs "checked" as text that is not empty',
            ],
        ],
        [
            "an unknown field",
            { ...sound, ticket: "SEC-1" },
            ['has a field "ticket", which is none of control, who, when, checked, nextDue'],
        ],
        [
            "a control that does not exist",
            { ...sound, control: "review" },
            ['is about control "review", which does not exist'],
        ],
        [
            "a control that machines enforce",
            { ...sound, control: "keys-rotated" },
            ['is about control "keys-rotated", which is not done by people and takes no evidence'],
        ],
        [
            "a short account",
            { ...sound, checked: "looked at it" },
            ['must say what was checked in at least 20 characters, got "looked at it"'],
        ],
        [
            "dates that are none",
            { ...sound, when: "2026-02-30", nextDue: "soon" },
            [
                '"when" must be a date such as 2026-11-24, got "2026-02-30"',
                '"nextDue" must be a date such as 2026-11-24, got "soon"',
            ],
        ],
        [
            "a review in the future",
            { ...sound, when: "2026-11-25" },
            ['"when" must not lie after 2026-11-24, got "2026-11-25"'],
        ],
        [
            "a due date that is not after the review",
            { ...sound, nextDue: "2026-10-01" },
            ['"nextDue" must lie after "when" (2026-10-01), got "2026-10-01"'],
        ],
        [
            "a due date beyond the control's period",
            { ...sound, nextDue: "2027-03-31" },
            [
                '"nextDue" must be 2027-03-30 at the latest (180 days after "when"), got "2027-03-31"',
            ],
        ],
    ];
    for (const [what, record, expected] of cases) {
        it(`refuses ${what}`, () => {
            assert.deepEqual(
                problems(() => read(sound, record)),
                expected.map((problem) => `evidence.yaml: evidence[1] ${problem}`),
            );
        });
    }

    it("takes a due date on the last day of the control's period", () => {
        const last = { ...sound, nextDue: "2027-03-30" };
        assert.deepEqual(read(last), [last]);
    });

    it("refuses the same evidence twice", () => {
        assert.deepEqual(
            problems(() => read(sound, sound)),
            [
                'evidence.yaml: evidence[1] repeats evidence of "periodic-review" by Security engineering on 2026-10-01',
            ],
        );
    });

    it("tells the problems of all records at once", () => {
        assert.equal(
            problems(() => read({ ...sound, who: "" }, 1, { ...sound, control: "x" })).length,
            3,
        );
    });
});

import assert from "node:assert/strict";
import { InputError } from "../../../catalog/records/input-error";
import { parseExemptions } from "../../../policy-pack/exemptions/read-exemptions";

describe("parseExemptions", () => {
    it("reads a list in YAML, a list in JSON, and a list in a document's field", () => {
        const records = [{ id: "a" }];
        assert.deepEqual(parseExemptions("- id: a\n", "f.yaml"), records);
        assert.deepEqual(parseExemptions('[{"id": "a"}]', "f.json"), records);
        assert.deepEqual(parseExemptions("exemptions:\n  - id: a\n", "f.yaml"), records);
    });

    it("reads dates as they are written", () => {
        assert.deepEqual(parseExemptions("- expires: 2026-12-01\n", "f.yaml"), [
            { expires: "2026-12-01" },
        ]);
    });

    it("takes an empty file for no records", () => {
        assert.deepEqual(parseExemptions("# none\n", "f.yaml"), []);
    });

    for (const [what, text, problem] of [
        [
            "a document of something else",
            "policies: []",
            'f.yaml must hold a list of exemption records, or an object with the one field "exemptions", got the fields policies',
        ],
        [
            "a plain text",
            "none",
            'f.yaml must hold a list of exemption records, or an object with the one field "exemptions"',
        ],
    ] as const) {
        it(`refuses ${what}`, () => {
            assert.throws(() => parseExemptions(text, "f.yaml"), new InputError([problem]));
        });
    }

    it("refuses a text that is neither YAML nor JSON, and says where", () => {
        assert.throws(
            () => parseExemptions("- id: [a\n", "f.yaml"),
            /f\.yaml is neither YAML nor JSON: .* at line \d/s,
        );
    });
});

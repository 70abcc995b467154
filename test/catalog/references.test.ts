import assert from "node:assert/strict";
import { paragraph, paragraphs } from "../../catalog/article";
import { standards } from "../../catalog/references";

describe("ids of standards", () => {
    const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
        [
            "nist800130",
            ["8.4a", "8.4l", "8.3", "11.16", "6.120"],
            ["8.4", "8.4m", "8.5a", "1.1", "13.1", "8.04", "FR:8.4a"],
        ],
        [
            "nist80053",
            ["CM-7", "AC-6(5)", "SI-7(15)"],
            ["CM7", "XX-1", "AC-06", "AC-6(0)", "AC-6 (5)"],
        ],
        ["pciDss", ["6.3.3", "10.2.1.2", "1.2"], ["13.1", "6", "6.3.x", "0.1", "6.3.3."]],
        [
            "cis",
            ["AL2023 2.2.13", "Debian12 7.1", "Controls8 4.8"],
            ["2.2.13", "AL2023 1.1.*", "Controls8 19.1", "Controls8 4", "Debian13 1.1"],
        ],
    ];
    for (const [field, good, bad] of cases) {
        it(`of ${field} are told from what is none`, () => {
            const format = standards.find((standard) => standard.field === field)?.format;
            assert.deepEqual(
                [...good, ...bad].filter((id) => format?.test(id)),
                good,
            );
        });
    }

    it("have an example in their own format", () => {
        assert.deepEqual(
            standards.filter(({ format, example }) => !format.test(example)),
            [],
        );
    });
});

describe("paragraphs of the article", () => {
    it("come in its order, each once, with what SP 800-130 adds at the end", () => {
        const ids = paragraphs.map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length);
        assert.deepEqual(
            paragraphs.filter(({ inArticle }) => !inArticle).map(({ id }) => id),
            ids.slice(-2),
        );
    });

    it("are found by id", () => {
        assert.equal(paragraph("passwords").title, "Password rules");
        assert.throws(() => paragraph("pass"), {
            message: 'the article has no paragraph "pass"',
        });
    });
});

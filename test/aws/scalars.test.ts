import assert from "node:assert/strict";
import { parseBoolean, parseNumber, parseText } from "../../aws/scalars";

describe("parseBoolean", () => {
    it("reads true and false in every spelling", () => {
        for (const value of [true, "true", "TRUE", 1, "1"]) {
            assert.equal(parseBoolean(value), true);
        }
        for (const value of [false, "false", "False", 0, "0"]) {
            assert.equal(parseBoolean(value), false);
        }
    });

    it("refuses everything else", () => {
        for (const value of ["yes", 2, "", null, undefined, [], {}, Symbol("x")]) {
            assert.equal(parseBoolean(value), undefined);
        }
    });
});

describe("parseNumber", () => {
    it("reads numbers and decimal text", () => {
        assert.deepEqual([22, "22", "-1", "1.5"].map(parseNumber), [22, 22, -1, 1.5]);
    });

    it("refuses text that only begins like a number, and numbers without end", () => {
        for (const value of ["22a", "0x16", "", " 22", NaN, Infinity, true, null, ["22"]]) {
            assert.equal(parseNumber(value), undefined);
        }
    });
});

describe("parseText", () => {
    it("reads text and numbers, nothing else", () => {
        assert.deepEqual(["a", 7].map(parseText), ["a", "7"]);
        assert.deepEqual([true, NaN, null, {}, []].map(parseText), Array(5).fill(undefined));
    });
});

import assert from "node:assert/strict";
import { parseAsOf } from "../../../preview/judging/as-of";

describe("the moment of a judgement", () => {
    it("is the start of a day, or a moment with its zone", () => {
        assert.equal(parseAsOf("2026-11-24").toISOString(), "2026-11-24T00:00:00.000Z");
        assert.equal(parseAsOf("2026-11-24T06:00+02:00").toISOString(), "2026-11-24T04:00:00.000Z");
    });

    it("is refused when it is none", () => {
        for (const wrong of [
            "",
            "tomorrow",
            "2026-02-30",
            "2026-13-01",
            "24.11.2026",
            "2026-11-24T06:00",
        ]) {
            assert.throws(() => parseAsOf(wrong), /--as-of must be a day such as 2026-11-24/);
        }
    });
});

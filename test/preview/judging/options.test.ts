import assert from "node:assert/strict";
import type { JudgedStack } from "../../../catalog/records/judged-stack";
import { parseAsOf } from "../../../preview/judging/as-of";
import { parseDemand } from "../../../preview/judging/demand";

function reportOf(verdict: string, severity: string, blocked: boolean): JudgedStack {
    return { blocked, findings: [{ verdict, severity }] } as unknown as JudgedStack;
}

describe("a demand", () => {
    it("asks by default what the engine asks", () => {
        assert.equal(parseDemand("blocked")(reportOf("fail", "high", true)), false);
        assert.equal(parseDemand("blocked")(reportOf("fail", "low", false)), true);
        assert.equal(parseDemand("never")(reportOf("fail", "critical", true)), true);
    });

    it("covers worse verdicts and worse severities", () => {
        const met = (demand: string, verdict: string, severity: string): boolean =>
            parseDemand(demand)(reportOf(verdict, severity, false));
        assert.equal(met("fail", "fail", "low"), false);
        assert.equal(met("fail", "indeterminate", "critical"), true);
        assert.equal(met("indeterminate:high", "fail", "critical"), false);
        assert.equal(met("indeterminate:high", "indeterminate", "high"), false);
        assert.equal(met("indeterminate:high", "indeterminate", "medium"), true);
        assert.equal(met("exempt", "exempt", "low"), false);
    });

    it("is refused when it names no verdict or severity", () => {
        for (const wrong of ["", "pass", "fail:", "fail:huge", "fail:high:low", "FAIL"]) {
            assert.throws(
                () => parseDemand(wrong),
                (error: Error) =>
                    error.message.startsWith("--fail-on must be blocked, never, or") &&
                    error.message.endsWith(`got "${wrong}"`),
            );
        }
    });
});

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

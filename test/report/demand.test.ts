import assert from "node:assert/strict";
import { InputError } from "../../catalog/records/input-error";
import type { FindingLevel, FindingVerdict } from "../../catalog/records/verdict";
import { meetsDemand, parseDemand } from "../../report/demand";
import { buildJudgedStack, finding, urns } from "../support/judged-stack";

/** A stack with one finding; the policies are of severity critical, medium and low. */
function stackWith(
    policy: "imdsv2-required" | "session-preferences-hardened" | "sg-rules-described",
    verdict: FindingVerdict,
    level: FindingLevel = "advisory",
): ReturnType<typeof buildJudgedStack> {
    return buildJudgedStack({
        findings: [finding(policy, verdict, level, urns.balancer, "", "x")],
    });
}

describe("the demand of --fail-on", () => {
    it("is read with and without a severity", () => {
        assert.deepEqual(parseDemand("fail:high"), { verdict: "fail", severity: "high" });
        assert.deepEqual(parseDemand("indeterminate"), {
            verdict: "indeterminate",
            severity: "low",
        });
    });

    it("is refused with other words, saying which are allowed", () => {
        for (const text of [
            "",
            "error",
            "fail:severe",
            "fail:high:low",
            "fail:",
            ":high",
            "FAIL",
        ]) {
            assert.throws(
                () => parseDemand(text),
                new InputError([
                    `--fail-on is "${text}"; it must be VERDICT or VERDICT:SEVERITY with a verdict of fail, indeterminate, exempt and a severity of critical, high, medium, low, such as fail:high`,
                ]),
            );
        }
    });

    it("is never met by a blocked stack", () => {
        const blocked = stackWith("sg-rules-described", "fail", "mandatory");
        assert.equal(meetsDemand(blocked), false);
        assert.equal(meetsDemand(blocked, parseDemand("fail:critical")), false);
    });

    it("is met without findings, and by advice when nothing more is demanded", () => {
        assert.equal(meetsDemand(buildJudgedStack({ findings: [] }), parseDemand("exempt")), true);
        assert.equal(meetsDemand(stackWith("imdsv2-required", "fail")), true);
    });

    it("counts what is as bad or worse", () => {
        const cases: [FindingVerdict, string, boolean][] = [
            ["fail", "fail", false],
            ["fail", "fail:medium", false],
            ["fail", "fail:high", true],
            ["fail", "indeterminate", false],
            ["indeterminate", "fail", true],
            ["indeterminate", "indeterminate:medium", false],
            ["exempt", "indeterminate", true],
            ["exempt", "exempt", false],
        ];
        for (const [verdict, demand, met] of cases) {
            const stack = stackWith("session-preferences-hardened", verdict);
            assert.equal(meetsDemand(stack, parseDemand(demand)), met, `${verdict} ${demand}`);
        }
    });
});

import assert from "node:assert/strict";
import { listRemediations } from "../../../report/console/remediation-lines";
import { buildJudgedStack } from "../../support/judged-stack";

const change = {
    policy: "detailed-monitoring",
    urn: "urn:pulumi:dev::p::aws:ec2/instance:Instance::vault",
    path: "monitoring",
    before: "",
    after: "true",
};

describe("listing what level remediate set", () => {
    it("says what was there before, or that nothing was", () => {
        const report = buildJudgedStack({ remediations: [change, { ...change, before: "false" }] });
        assert.deepEqual(listRemediations(report, 120), [
            "2 values set by policies at level remediate:",
            "    vault monitoring: not set → true (detailed-monitoring)",
            "    vault monitoring: false → true (detailed-monitoring)",
        ]);
    });

    it("says nothing where nothing was set", () => {
        assert.deepEqual(listRemediations(buildJudgedStack({ remediations: [] }), 120), []);
    });

    it("names twenty, counts the others, and keeps control characters of a program out", () => {
        const report = buildJudgedStack({
            remediations: Array.from({ length: 23 }, () => ({ ...change, before: '"\u001b[2J"' })),
        });
        const lines = listRemediations(report, 120);
        assert.equal(lines.length, 22);
        assert.equal(lines[1], '    vault monitoring: "\\u001b[2J" → true (detailed-monitoring)');
        assert.equal(lines.at(-1), "    … and 3 more (--json FILE has them all)");
    });
});

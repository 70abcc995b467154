import assert from "node:assert/strict";
import { gatherPageData } from "../../../../report/html/page-data";
import { filterFindings } from "../../../../report/html/state/filter-findings";
import type { ViewState } from "../../../../report/html/state/view-state";
import { buildJudgedStack, sampleTexts, urns } from "../../../support/judged-stack";

const data = gatherPageData(buildJudgedStack(), sampleTexts);

function policiesOf(state: ViewState): string[] {
    return filterFindings(data, state).map(({ policy }) => policy);
}

describe("filtering findings", () => {
    it("leaves all without filters, worst first", () => {
        assert.equal(filterFindings(data, {}), data.findings);
        assert.equal(filterFindings(data, { page: "2", control: "open", text: "  " }).length, 8);
        assert.equal(data.findings[0]?.policy, "imdsv2-required");
    });

    it("takes several values of one filter as alternatives, several filters together", () => {
        assert.deepEqual(policiesOf({ severity: "medium,low" }), [
            "session-preferences-hardened",
            "sg-rules-described",
        ]);
        assert.deepEqual(policiesOf({ severity: "medium,low", text: "describ" }), [
            "sg-rules-described",
        ]);
        assert.deepEqual(policiesOf({ verdict: "exempt", severity: "low" }), []);
    });

    it("finds by resource, policy, paragraph, standard and exemption", () => {
        assert.deepEqual(policiesOf({ on: urns.role }), [
            "server-role-cannot-tamper-audit",
            "iam-no-wildcard-actions",
        ]);
        assert.deepEqual(policiesOf({ policy: "imdsv2-required" }), ["imdsv2-required"]);
        assert.deepEqual(policiesOf({ paragraph: "least-privilege" }), ["iam-no-wildcard-actions"]);
        assert.deepEqual(policiesOf({ reference: "nist80053 SC-7(5)" }), [
            "sg-no-public-ingress",
            "sg-rules-described",
        ]);
        assert.deepEqual(policiesOf({ reference: "cis SC-7(5)" }), []);
        assert.deepEqual(policiesOf({ text: "legacy-data-volume" }), ["volumes-encrypted-cmk"]);
    });
});

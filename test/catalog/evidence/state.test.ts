import assert from "node:assert/strict";
import { control } from "../../../catalog/controls";
import { evidenceFindings, manualStates } from "../../../catalog/evidence/state";
import type { Evidence } from "../../../catalog/records/judged-stack";

const review: Evidence = {
    control: "periodic-review",
    who: "Security engineering",
    when: "2026-10-01",
    checked: "All three servers against the checklist",
    nextDue: "2026-12-01",
};
const controls = [control("keys-rotated"), control("periodic-review")];

function stateOn(day: string, ...evidence: readonly Evidence[]): unknown {
    const [first, ...rest] = manualStates(controls, evidence, new Date(`${day}T09:00:00Z`));
    assert.deepEqual(rest, [], "only one of the controls is manual");
    return first;
}

const title = "The configuration is reviewed periodically";

describe("the state of a manual control", () => {
    it("is open without evidence", () => {
        assert.deepEqual(stateOn("2026-11-24"), {
            control: "periodic-review",
            title,
            state: "open",
            due: "",
        });
    });

    it("is evidenced until the day that the evidence names, and overdue from that day on", () => {
        const base = { control: "periodic-review", title, evidence: review, due: "2026-12-01" };
        assert.deepEqual(stateOn("2026-11-30", review), { ...base, state: "evidenced" });
        assert.deepEqual(stateOn("2026-12-01", review), { ...base, state: "overdue" });
    });

    it("ends with the control's period although the evidence names a later day", () => {
        const late = { ...review, nextDue: "2030-01-01" };
        assert.deepEqual(stateOn("2027-03-30", late), {
            control: "periodic-review",
            title,
            state: "overdue",
            evidence: late,
            due: "2027-03-30",
        });
    });

    it("does not count evidence before its day", () => {
        assert.deepEqual(stateOn("2026-09-30", review), {
            control: "periodic-review",
            title,
            state: "open",
            due: "",
        });
    });

    it("holds by the evidence that holds longest", () => {
        const newer = { ...review, when: "2026-11-01", nextDue: "2027-02-01" };
        assert.deepEqual(stateOn("2026-12-24", newer, review), {
            control: "periodic-review",
            title,
            state: "evidenced",
            evidence: newer,
            due: "2027-02-01",
        });
    });

    it("takes no evidence of another control", () => {
        const other = { ...review, control: "accounts-reviewed" };
        assert.deepEqual(stateOn("2026-11-24", other), {
            control: "periodic-review",
            title,
            state: "open",
            due: "",
        });
    });
});

describe("findings about evidence", () => {
    const on = (day: string, evidence: readonly Evidence[]): readonly string[] =>
        evidenceFindings(manualStates(controls, evidence, new Date(`${day}T09:00:00Z`)));

    it("name controls that are open or overdue, and no others", () => {
        assert.deepEqual(on("2026-11-24", []), [`periodic-review: "${title}" has no evidence`]);
        assert.deepEqual(on("2027-01-01", [review]), [
            `periodic-review: "${title}" is overdue since 2026-12-01`,
        ]);
        assert.deepEqual(on("2026-11-24", [review]), []);
    });
});

import type { ControlState } from "../../../catalog/records/judged-stack";

export type State = ControlState["state"];

/** Every state of a control, what needs people first, with what it means. */
export const stateMeanings: Readonly<Record<State, string>> = {
    violated: "a policy found it broken",
    indeterminate: "a policy could not decide it",
    overdue: "manual, its evidence is too old",
    open: "manual, without evidence",
    exempt: "broken, accepted until a date",
    planned: "not enforced yet",
    "not-judged": "nothing of this stack to judge, or enforced on the host only",
    met: "judged, nothing found",
    evidenced: "manual, with evidence",
};

/** Every state in that order. */
export const states = Object.keys(stateMeanings) as readonly State[];

/** Counts controls by state. */
export function countStates(controls: readonly ControlState[]): Readonly<Record<State, number>> {
    const counts: Record<State, number> = {
        violated: 0,
        indeterminate: 0,
        overdue: 0,
        open: 0,
        exempt: 0,
        planned: 0,
        "not-judged": 0,
        met: 0,
        evidenced: 0,
    };
    for (const { state } of controls) {
        counts[state] += 1;
    }
    return counts;
}

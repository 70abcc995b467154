import type { Control } from "../control";
import type { Evidence } from "../records/judged-stack";
import { addDays, dateText } from "./date";

/** Where a manual control stands: without evidence, with evidence that holds, or with evidence that has run out. */
export interface ManualState {
    readonly control: string;
    readonly title: string;
    readonly state: "open" | "evidenced" | "overdue";
    /** The evidence that holds longest, or held longest; absent for an open control. */
    readonly evidence?: Evidence;
    /** First day on which that evidence holds no longer, or "" for an open control. */
    readonly due: string;
}

/** States of all manual controls, in the order of the controls. */
export function manualStates(
    controls: readonly Control[],
    evidence: readonly Evidence[],
    asOf: Date,
): readonly ManualState[] {
    return controls.flatMap((control) => {
        const { manual } = control.enforcement;
        return manual === undefined
            ? []
            : [manualState(control, manual.periodDays, evidence, asOf)];
    });
}

/** What people must do: one sentence for every manual control that is open or overdue. */
export function evidenceFindings(states: readonly ManualState[]): readonly string[] {
    return states.flatMap(({ control, title, state, due }) => {
        switch (state) {
            case "open":
                return [`${control}: "${title}" has no evidence`];
            case "overdue":
                return [`${control}: "${title}" is overdue since ${due}`];
            case "evidenced":
                return [];
        }
    });
}

/**
 * State of one manual control. Evidence counts from its day on, until the earlier of the date that it names and the end of
 * the control's period; evidence of other controls is left out.
 */
export function manualState(
    { id, title }: Control,
    periodDays: number,
    evidence: readonly Evidence[],
    asOf: Date,
): ManualState {
    const today = dateText(asOf.getTime());
    const dated = evidence
        .filter(({ control, when }) => control === id && when <= today)
        .map((entry) => ({ entry, due: earlier(entry.nextDue, addDays(entry.when, periodDays)) }))
        .sort((a, b) => (a.due < b.due ? 1 : -1));
    const [best] = dated;
    if (best === undefined) {
        return { control: id, title, state: "open", due: "" };
    }
    const state = today < best.due ? "evidenced" : "overdue";
    return { control: id, title, state, evidence: best.entry, due: best.due };
}

function earlier(a: string, b: string): string {
    return a < b ? a : b;
}

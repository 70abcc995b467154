import type { Paragraph } from "../article";
import type { Control } from "../control";
import type { Parameter } from "../parameter";
import type { ManualState } from "../evidence/state";

/** The hardening checklist: what the article asks for, the controls that answer it, and the values that they use. */
export interface Checklist {
    readonly sections: readonly ChecklistSection[];
    /** Parameters that the controls name, sorted by id. */
    readonly parameters: readonly Parameter[];
}

export interface ChecklistSection {
    readonly paragraph: Paragraph;
    readonly controls: readonly ChecklistEntry[];
}

export interface ChecklistEntry {
    readonly control: Control;
    readonly parameters: readonly Parameter[];
    /** Where a manual control stands; absent for others, and where no evidence was given. */
    readonly state?: ManualState;
}

/** What a checklist is made from. */
export interface ChecklistInput {
    readonly paragraphs: readonly Paragraph[];
    readonly controls: readonly Control[];
    readonly parameters: readonly Parameter[];
    /** Absent when no evidence was given. */
    readonly states?: readonly ManualState[];
}

/** Puts the controls under the paragraphs that they answer, in the order of the article. */
export function buildChecklist(input: ChecklistInput): Checklist {
    const states = new Map((input.states ?? []).map((state) => [state.control, state]));
    const used = new Set(input.controls.flatMap((control) => control.parameters));
    const parametersOf = (ids: ReadonlySet<string>): readonly Parameter[] =>
        input.parameters.filter(({ id }) => ids.has(id));
    return {
        parameters: parametersOf(used),
        sections: input.paragraphs.map((paragraph) => ({
            paragraph,
            controls: input.controls
                .filter((control) => control.paragraph === paragraph.id)
                .map((control) => {
                    const state = states.get(control.id);
                    return {
                        control,
                        parameters: parametersOf(new Set(control.parameters)),
                        ...(state === undefined ? {} : { state }),
                    };
                }),
        })),
    };
}

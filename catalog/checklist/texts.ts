import type { Control, Enforcement } from "../control";
import type { Parameter } from "../parameter";
import { acceptedRange } from "../parameters/bounds";
import { standards } from "../references";
import type { ManualState } from "../evidence/state";

export const checklistTitle = "Hardening checklist for key servers";

export const checklistIntroduction =
    "What must be true of a key server, why, with which values, and what sees to it. Values may be tightened freely and loosened within their bounds.";

/** A parameter's value as people read it: `at least 365 days`, `8200, 8201`, `none`. */
export function valueText({ value, unit, stricter }: Parameter): string {
    const withUnit = (text: string): string => (unit === "" ? text : `${text} ${unit}`);
    if (typeof value === "number") {
        const bound = { lower: "at most ", higher: "at least " };
        return withUnit(
            `${stricter === "lower" || stricter === "higher" ? bound[stricter] : ""}${value}`,
        );
    }
    if (typeof value === "boolean") {
        return value ? "yes" : "no";
    }
    if (typeof value === "string") {
        return value === "" ? "none" : value;
    }
    return value.length === 0 ? "none" : value.join(", ");
}

/** What an organisation may choose instead: `from 365 to 3653`, `027 or 077`, `may gain elements`. */
export function choiceText(parameter: Parameter): string {
    if (typeof parameter.value === "number") {
        const { from, to } = acceptedRange(parameter);
        return from === to ? "fixed" : `from ${from} to ${to}`;
    }
    const words: Readonly<Record<Parameter["stricter"], string>> = {
        fixed: "fixed",
        subset: "may lose elements",
        superset: "may gain elements",
        lower: "any",
        higher: "any",
        either: parameter.allowed?.join(" or ") ?? "any",
    };
    return words[parameter.stricter];
}

/** What sees to a control, one line for each way. */
export function enforcementLines(enforcement: Enforcement): readonly string[] {
    const { components, policies, hostChecks, manual, planned } = enforcement;
    const list = (what: string, names: readonly string[]): string[] =>
        names.length === 0 ? [] : [`${what}: ${names.join(", ")}`];
    return [
        ...list("Set by", components),
        ...list("Judged by", policies),
        ...list("Applied and audited on the host by", hostChecks),
        ...(manual === undefined
            ? []
            : [`Done by people every ${manual.periodDays} days. Evidence: ${manual.evidence}`]),
        ...(planned === undefined ? [] : [`Planned: ${planned}`]),
    ];
}

/** The ids that a control cites, one line for each standard. */
export function referenceLines({ references }: Control): readonly string[] {
    return standards
        .filter(({ field }) => references[field].length > 0)
        .map(({ field, shortTitle }) => `${shortTitle}: ${references[field].join(", ")}`);
}

/** Where a manual control stands, or "" where nothing is known of it. */
export function stateText(state: ManualState | undefined): string {
    switch (state?.state) {
        case undefined:
            return "";
        case "open":
            return "Open: no evidence";
        case "overdue":
            return `Overdue since ${state.due}`;
        case "evidenced":
            return `Evidence until ${state.due}`;
    }
}

/** The operating systems that a control is about, or "" for one that is not about an operating system. */
export function systemsText(control: Control): string {
    return control.operatingSystems.join(", ");
}

import type { Control } from "../../catalog/control";
import { manualState } from "../../catalog/evidence/state";
import type { Finding } from "../../catalog/records/finding";
import type { ControlState, Evidence, PolicyResult } from "../../catalog/records/judged-stack";
import { compareBy } from "./order";

/** State of every control, sorted by id: decided by its policies, or by the evidence of people. */
export function controlStates(
    controls: readonly Control[],
    results: readonly PolicyResult[],
    findings: readonly Finding[],
    evidence: readonly Evidence[],
    asOf: Date,
): readonly ControlState[] {
    return controls
        .map((control): ControlState => {
            const about = findings.filter(({ controls }) => controls.includes(control.id));
            const own = evidence
                .filter((entry) => entry.control === control.id)
                .sort(
                    compareBy<Evidence>(
                        (entry) => entry.when,
                        (entry) => entry.who,
                    ),
                );
            return {
                id: control.id,
                title: control.title,
                paragraph: control.paragraph,
                state: stateOf(control, results, about, own, asOf),
                enforcedBy: enforcers(control),
                findings: about.length,
                evidence: own,
            };
        })
        .sort(compareBy<ControlState>(({ id }) => id));
}

function enforcers({ enforcement }: Control): readonly string[] {
    return [
        ...(enforcement.components.length > 0 ? ["component"] : []),
        ...(enforcement.policies.length > 0 ? ["policy"] : []),
        ...(enforcement.hostChecks.length > 0 ? ["host"] : []),
        ...(enforcement.manual === undefined ? [] : ["manual"]),
    ];
}

function stateOf(
    control: Control,
    results: readonly PolicyResult[],
    about: readonly Finding[],
    evidence: readonly Evidence[],
    asOf: Date,
): ControlState["state"] {
    const own = results.filter(({ name }) => control.enforcement.policies.includes(name));
    const counted = (verdict: keyof PolicyResult["counts"]): boolean =>
        own.some(({ counts }) => counts[verdict] > 0);
    if (counted("fail")) {
        return "violated";
    }
    if (counted("indeterminate")) {
        return "indeterminate";
    }
    if (control.enforcement.manual !== undefined) {
        return manualState(control, control.enforcement.manual.periodDays, evidence, asOf).state;
    }
    if (about.some(({ verdict }) => verdict === "exempt")) {
        return "exempt";
    }
    if (control.enforcement.planned !== undefined) {
        return "planned";
    }
    return counted("pass") ? "met" : "not-judged";
}

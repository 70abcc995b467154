import type { Control } from "../../catalog/control";
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
                state: stateOf(control, results, own, asOf),
                enforcedBy: enforcers(control),
                findings: findings.filter((finding) => finding.controls.includes(control.id))
                    .length,
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
        return manualState(control.enforcement.manual.periodDays, evidence, asOf);
    }
    if (counted("exempt")) {
        return "exempt";
    }
    if (control.enforcement.planned !== undefined) {
        return "planned";
    }
    return counted("pass") ? "met" : "not-judged";
}

/** Evidence counts from its day on, until the earlier of the date that it names and the end of the control's period. */
function manualState(
    periodDays: number,
    evidence: readonly Evidence[],
    asOf: Date,
): "open" | "evidenced" | "overdue" {
    const past = evidence.filter(({ when }) => Date.parse(when) <= asOf.getTime());
    if (past.length === 0) {
        return "open";
    }
    const holds = past.some(({ when, nextDue }) => {
        const end = Date.parse(when) + periodDays * 86_400_000;
        return asOf.getTime() < Math.min(end, Date.parse(nextDue));
    });
    return holds ? "evidenced" : "overdue";
}

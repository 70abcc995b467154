import {
    exemptionProblems,
    notInForce,
    type ExemptedSubject,
} from "../../catalog/exemptions/problems";
import type { Exemption, ExemptionState } from "../../catalog/records/exemption";
import type { Observation, RemediationContext } from "../rules/rule";
import type { ReadExemption } from "./read-exemptions";

/** What a record excepts from, as far as the catalog knows it. */
interface Excepted {
    readonly kind: ExemptedSubject["kind"];
    /** Undefined where nothing of that kind has the name. */
    readonly subject: (ExemptedSubject & { readonly exemptable: boolean }) | undefined;
    /** Whether an earlier record has the id. */
    readonly repeated: boolean;
}

/** The state of a record that covers nothing, and why, for people. */
export interface RecordFault {
    readonly state: ExemptionState;
    readonly problem: string;
}

/** The finding that a record covers nothing. */
export function describeFault(
    { id, policy, scope }: Exemption,
    kind: ExemptedSubject["kind"],
    { state, problem }: RecordFault,
): Observation {
    return {
        verdict: "fail",
        subject: JSON.stringify([state, id, policy, scope]),
        message: `the exemption "${id}" from ${policy || `no ${kind}`} is ${state} and covers nothing: ${problem}`,
    };
}

/** Why a record covers nothing, whatever there is to cover, as a state and as a sentence for people; undefined for a live and sound one. */
export function faultOf(
    { exemption, problems }: ReadExemption,
    { kind, subject, repeated }: Excepted,
    { limits, asOf }: { readonly limits: RemediationContext; readonly asOf: Date },
): RecordFault | undefined {
    const malformed = (problem: string): RecordFault => ({
        state: "malformed",
        problem,
    });
    if (problems.length > 0) {
        return malformed(problems.join("; "));
    }
    if (repeated) {
        return malformed(`the id "${exemption.id}" is used by an earlier record`);
    }
    if (subject === undefined) {
        return malformed(`there is no ${kind} "${exemption.policy}"`);
    }
    if (!subject.exemptable) {
        return {
            state: "not-exemptable",
            problem: `the ${kind} ${exemption.policy} allows no exemption`,
        };
    }
    const early = notInForce(exemption, asOf);
    const unsound = [
        ...exemptionProblems(exemption, subject, (id) => limits.parameter(id)),
        ...(early === undefined ? [] : [early]),
    ];
    if (unsound.length > 0) {
        return malformed(unsound.join("; "));
    }
    return Date.parse(exemption.expires) <= asOf.getTime()
        ? { state: "expired", problem: `it expired on ${exemption.expires}` }
        : undefined;
}

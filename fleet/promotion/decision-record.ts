import type { GateDecision } from "../../patching/gate/decide";

/** What is kept of a decision, as JSON in a parameter: `keyward patch status` and the event show it. */
export interface DecisionRecord {
    readonly decision: "promote" | "hold";
    /** ISO 8601. */
    readonly at: string;
    /** The list that production installs, or `none`. */
    readonly list: string;
    /** Count of patches on a promoted list. */
    readonly patches?: number;
    readonly reasons?: readonly { server: string; check: string; found: string }[];
    /** How many reasons were left out, because a parameter takes 4,096 characters. */
    readonly reasonsLeftOut?: number;
    readonly emergencyReason?: string;
    /** Calls to AWS that failed. */
    readonly problems?: readonly string[];
}

/** Largest value of a standard parameter. Source: Systems Manager API, PutParameter. */
const longestValue = 4096;
const longestText = 240;

/** The record as JSON that fits into a parameter; what does not fit is counted. */
export function describeDecision(
    decision: GateDecision,
    facts: {
        /** Milliseconds since 1970. */
        readonly at: number;
        readonly list: string;
        readonly emergencyReason: string;
        readonly problems: readonly string[];
    },
): string {
    const all = decision.decision === "hold" ? decision.reasons : [];
    for (let shown = all.length; ; shown--) {
        const record: DecisionRecord = {
            decision: decision.decision,
            at: new Date(facts.at).toISOString(),
            list: facts.list,
            ...(decision.decision === "promote" && { patches: decision.patches.length }),
            ...(all.length > 0 && {
                reasons: all.slice(0, shown).map(({ server, check, found }) => ({
                    server,
                    check,
                    found: found.slice(0, longestText),
                })),
            }),
            ...(shown < all.length && { reasonsLeftOut: all.length - shown }),
            ...(facts.emergencyReason !== "" && {
                emergencyReason: facts.emergencyReason.slice(0, 500),
            }),
            ...(facts.problems.length > 0 && {
                problems: facts.problems.slice(0, 3).map((text) => text.slice(0, longestText)),
            }),
        };
        const text = JSON.stringify(record);
        if (text.length <= longestValue || shown === 0) {
            return text;
        }
    }
}

/** Number of the list that a pointer leads to; 0 before the first promotion. Throws for a pointer that leads to no list. */
export function sequenceOf(pointer: string): number {
    if (pointer === "none") {
        return 0;
    }
    const number = /\/(\d{8})-[0-9a-f]{64}\.yaml$/.exec(pointer)?.[1];
    if (number === undefined) {
        throw new Error(`the pointer must lead to a promoted list, got ${JSON.stringify(pointer)}`);
    }
    return Number(number);
}

/**
 * A granted exception: who accepted which weakness, why and until when. One format serves policies and the
 * host audit. Dates are `YYYY-MM-DD`, UTC; an exemption ends at the start of its `expires` day.
 */
export interface Exemption {
    /** Unique in its file, lower case words joined by hyphens. */
    readonly id: string;
    /** Name of the policy, or id of the host check. */
    readonly policy: string;
    readonly scope: ExemptionScope;
    /** At least 20 characters. */
    readonly reason: string;
    readonly owner: string;
    readonly approver: string;
    readonly ticket: string;
    readonly created: string;
    readonly expires: string;
    /** What holds the risk down meanwhile. */
    readonly compensatingControl?: string;
}

/** Where an exemption holds; every field that is given must match. At least `urn` or `fingerprint` is given. */
export interface ExemptionScope {
    /** URN of the resource; `*` stands for any run of characters except `::`. */
    readonly urn?: string;
    /** Exact property path of the finding. */
    readonly path?: string;
    /** Exact fingerprint of the finding. */
    readonly fingerprint?: string;
}

/** What became of an exemption record in one run. */
export type ExemptionState = "active" | "expired" | "unused" | "malformed" | "not-exemptable";

/** An exemption record with its state in a judged stack. */
export interface JudgedExemption extends Exemption {
    readonly state: ExemptionState;
    /** Fingerprints of the findings that it covers. */
    readonly findings: readonly string[];
}

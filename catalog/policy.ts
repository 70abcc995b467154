import type { Severity } from "./severity";

/** What people are told about a policy. The rule that decides it is in `policy-pack/rules/<name>.ts`. */
export interface PolicyRecord {
    /** Lower case words joined by hyphens; the same word everywhere. */
    readonly name: string;
    readonly displayName: string;
    /** One sentence: what must be true. */
    readonly description: string;
    /** One sentence: what an attacker or a mistake gains when it is not. */
    readonly rationale: string;
    readonly severity: Severity;
    readonly level: "mandatory" | "advisory";
    /** Whether an exemption record may cover it. */
    readonly exemptable: boolean;
    /** What to write instead: a sentence and a line of TypeScript. */
    readonly remediation: { readonly text: string; readonly example: string };
    /** Whether level `remediate` changes the property. */
    readonly remediable: boolean;
    /** Ids of catalog parameters that its configuration may change. */
    readonly parameters: readonly string[];
}

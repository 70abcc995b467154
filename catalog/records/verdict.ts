/**
 * What a policy says of one subject (a resource, or the stack).
 *
 * `indeterminate` means that the facts needed are unknown: it is never a pass.
 * `exempt` is a failure or an indeterminate that a live exemption record covers.
 */
export const Verdict = {
    Pass: "pass",
    Fail: "fail",
    Indeterminate: "indeterminate",
    Exempt: "exempt",
    NotApplicable: "not-applicable",
} as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];

/** Every verdict, in the order reports show them. */
export const verdicts: readonly Verdict[] = Object.values(Verdict);

/** The verdicts that become findings. */
export type FindingVerdict = "fail" | "indeterminate" | "exempt";

/** What the engine does with a finding: a mandatory one blocks the deployment. */
export type FindingLevel = "mandatory" | "advisory";

/** How much a weakness matters, worst first. The words are those of the Pulumi policy SDK. */
export const Severity = {
    Critical: "critical",
    High: "high",
    Medium: "medium",
    Low: "low",
} as const;
export type Severity = (typeof Severity)[keyof typeof Severity];

/** Every severity, worst first. */
export const severities: readonly Severity[] = Object.values(Severity);

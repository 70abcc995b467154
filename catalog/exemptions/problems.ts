import type { ParameterId } from "../parameters";
import type { Exemption } from "../records/exemption";
import type { Severity } from "../severity";

const millisecondsPerDay = 86_400_000;

const spanParameters = {
    critical: "exemptionSpanCriticalDays",
    high: "exemptionSpanHighDays",
    medium: "exemptionSpanMediumDays",
    low: "exemptionSpanLowDays",
} as const satisfies Readonly<Record<Severity, ParameterId>>;

/** Value of a limit of the catalog, with the organisation's choice where it made one. */
export type ExemptionLimits = (id: ParameterId) => number;

/** What a record excepts from. */
export interface ExemptedSubject {
    readonly kind: "policy" | "host check";
    readonly severity: Severity;
}

/** Days between two `YYYY-MM-DD` dates. */
function daysBetween(from: string, to: string): number {
    return Math.round((Date.parse(to) - Date.parse(from)) / millisecondsPerDay);
}

/** Longest span of an exemption from something of this severity, in days. */
export function longestSpanDays(severity: Severity, limits: ExemptionLimits): number {
    return limits(spanParameters[severity]);
}

/** Whole days until a record ends, where so few are left that people must be told; undefined otherwise. */
export function daysLeft(
    exemption: Exemption,
    limits: ExemptionLimits,
    asOf: Date,
): number | undefined {
    const left = daysBetween(asOf.toISOString().slice(0, 10), exemption.expires);
    return left <= limits("exemptionNoticeDays") ? left : undefined;
}

/** What is wrong with a well-formed record on every day: its dates, its span, its reason, the width of its scope. */
export function exemptionProblems(
    exemption: Exemption,
    subject: ExemptedSubject,
    limits: ExemptionLimits,
): readonly string[] {
    const problems: string[] = [];
    const span = daysBetween(exemption.created, exemption.expires);
    const longest = longestSpanDays(subject.severity, limits);
    const shortest = limits("exemptionReasonCharacters");
    if (span <= 0) {
        problems.push(
            `expires must be after created, got ${exemption.created} to ${exemption.expires}`,
        );
    } else if (span > longest) {
        problems.push(
            `it lasts ${span} days, and an exemption from a ${subject.severity} ${subject.kind} may last ${longest}`,
        );
    }
    if (exemption.reason.trim().length < shortest) {
        problems.push(`reason must have at least ${shortest} characters`);
    }
    for (const field of ["owner", "approver", "ticket"] as const) {
        if (exemption[field].trim() === "") {
            problems.push(`${field} must not be blank`);
        }
    }
    return [...problems, ...scopeProblems(exemption.scope.urn)];
}

/** Why a record does not hold yet; undefined from its first day on. */
export function notInForce(exemption: Exemption, asOf: Date): string | undefined {
    return Date.parse(exemption.created) > asOf.getTime()
        ? `it is not in force before ${exemption.created}`
        : undefined;
}

/** A pattern must name one type and the beginning, middle or end of a name: what it covers can be read from it. */
function scopeProblems(pattern: string | undefined): readonly string[] {
    if (pattern?.includes("*") !== true) {
        return [];
    }
    const [, , types = "", ...names] = pattern.split("::");
    const problems: string[] = [];
    if (names.length === 0) {
        problems.push(`scope.urn must be urn:pulumi:STACK::PROJECT::TYPE::NAME, got "${pattern}"`);
        return problems;
    }
    if (!/^[^*:]+:[^*:]+:[^*:]+$/.test(types.split("$").at(-1)?.replace(/^\*/, "") ?? "")) {
        problems.push(`scope.urn is too wide: it must name one type, got "${pattern}"`);
    }
    if (names.join("::").replaceAll("*", "").length < 3) {
        problems.push(
            `scope.urn is too wide: the name must hold at least three characters that are not *, got "${pattern}"`,
        );
    }
    return problems;
}

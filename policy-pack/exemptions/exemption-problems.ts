import type { PolicyRecord } from "../../catalog/policy";
import type { Exemption } from "../../catalog/records/exemption";
import type { Severity } from "../../catalog/severity";
import type { RemediationContext } from "../rules/rule";

const millisecondsPerDay = 86_400_000;

const spanParameters: Readonly<Record<Severity, string>> = {
    critical: "exemptionSpanCriticalDays",
    high: "exemptionSpanHighDays",
    medium: "exemptionSpanMediumDays",
    low: "exemptionSpanLowDays",
};

/** Days between two `YYYY-MM-DD` dates. */
function daysBetween(from: string, to: string): number {
    return Math.round((Date.parse(to) - Date.parse(from)) / millisecondsPerDay);
}

/** Longest span of an exemption from a policy of this severity, in days. */
export function longestSpanDays(severity: Severity, limits: RemediationContext): number {
    return limits.parameter<number>(spanParameters[severity]);
}

/** Whole days until a record ends, where so few are left that people must be told; undefined otherwise. */
export function daysLeft(
    exemption: Exemption,
    limits: RemediationContext,
    asOf: Date,
): number | undefined {
    const left = daysBetween(asOf.toISOString().slice(0, 10), exemption.expires);
    return left <= limits.parameter<number>("exemptionNoticeDays") ? left : undefined;
}

/** What is wrong with a well-formed record: its dates, its span, its reason, the width of its scope. */
export function exemptionProblems(
    exemption: Exemption,
    policy: PolicyRecord,
    limits: RemediationContext,
    asOf: Date,
): readonly string[] {
    const problems: string[] = [];
    const span = daysBetween(exemption.created, exemption.expires);
    const longest = longestSpanDays(policy.severity, limits);
    const shortest = limits.parameter<number>("exemptionReasonCharacters");
    if (span <= 0) {
        problems.push(
            `expires must be after created, got ${exemption.created} to ${exemption.expires}`,
        );
    } else if (span > longest) {
        problems.push(
            `it lasts ${span} days, and an exemption from a ${policy.severity} policy may last ${longest}`,
        );
    }
    if (Date.parse(exemption.created) > asOf.getTime()) {
        problems.push(`it is not in force before ${exemption.created}`);
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

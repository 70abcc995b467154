import { controls } from "../catalog/controls";
import {
    exemptionProblems,
    type ExemptionLimits,
    type ExemptedSubject,
} from "../catalog/exemptions/problems";
import { matchesUrn } from "../catalog/exemptions/urn-pattern";
import { describeHostCheck, exemptionCheck } from "../catalog/host-checks";
import { policyRecords } from "../catalog/policies";
import type { Exemption } from "../catalog/records/exemption";
import { InputError } from "../catalog/records/input-error";

/** An exemption record as a script carries it: one that holds on the script's server, sound or not. */
export interface HostExemption {
    readonly record: Exemption;
    /** What is wrong with it, a sentence for people: it then covers nothing, and the audit says so; empty for a sound one. */
    readonly problem: string;
}

/**
 * The exemption records that are about host checks and whose scope holds the server; those about policies are left to the policy pack. Dates are
 * judged by the script on the day it runs. Throws InputError for records that cannot be decided: the server is not named, the scope is
 * none of a server, or nothing has that name.
 */
export function hostExemptions(
    records: readonly Exemption[],
    checkIds: readonly string[],
    server: string | undefined,
    limits: ExemptionLimits,
): readonly HostExemption[] {
    const problems = [
        ...(server === undefined ? [] : problemsOfServer(server)),
        ...repeated(records).map((id) => `exemption "${id}" is there twice: ids must be unique`),
        ...records.flatMap((record) => problemsOf(record, server)),
    ];
    if (problems.length > 0) {
        throw new InputError(problems);
    }
    return records
        .filter(
            ({ policy, scope }) =>
                checkIds.includes(policy) && matchesUrn(scope.urn ?? "", server ?? ""),
        )
        .map((record) => ({ record, problem: weaknesses(record, limits) }));
}

function weaknesses(record: Exemption, limits: ExemptionLimits): string {
    const subject: ExemptedSubject = {
        kind: "host check",
        severity: describeHostCheck(record.policy).severity,
    };
    return [
        ...(record.policy === exemptionCheck ? ["this check allows no exemption"] : []),
        ...exemptionProblems(record, subject, limits),
    ].join("; ");
}

const knownChecks: ReadonlySet<string> = new Set(
    controls.flatMap(({ enforcement }) => enforcement.hostChecks),
);

const knownPolicies: ReadonlySet<string> = new Set(policyRecords.map(({ name }) => name));

function problemsOf(record: Exemption, server: string | undefined): readonly string[] {
    if (!knownChecks.has(record.policy)) {
        return knownPolicies.has(record.policy)
            ? []
            : [
                  `exemption "${record.id}": nothing is called "${record.policy}", neither a policy nor a host check`,
              ];
    }
    const about = `exemption "${record.id}" of host check "${record.policy}"`;
    return [
        ...(["created", "expires"] as const)
            .filter((field) => !isDay(record[field]))
            .map(
                (field) =>
                    `${about}: ${field} must be a day like 2027-01-31, got "${record[field]}"`,
            ),
        ...(/^[a-z0-9]+(-[a-z0-9]+)*$/.test(record.id)
            ? []
            : [`${about} must have an id of lower case words joined by hyphens`]),
        ...problemsOfScope(record, about, server),
    ];
}

function problemsOfScope(
    { scope }: Exemption,
    about: string,
    server: string | undefined,
): readonly string[] {
    const foreign = (["path", "fingerprint"] as const).filter(
        (field) => scope[field] !== undefined,
    );
    return [
        ...foreign.map(
            (field) =>
                `${about} has scope.${field}, which a host check does not have: name its server in scope.urn`,
        ),
        ...(scope.urn === undefined && foreign.length === 0
            ? [`${about} must name its server in scope.urn`]
            : []),
        ...(scope.urn !== undefined && server === undefined
            ? [
                  `${about} holds for "${scope.urn}" only: say which server the profile is for (--server URN)`,
              ]
            : []),
    ];
}

function problemsOfServer(server: string): readonly string[] {
    return /^urn:pulumi:[^:*\s]+::[^:*\s]+::[^*\s]+::[^*\s]+$/.test(server)
        ? []
        : [
              `the server must be its URN, urn:pulumi:STACK::PROJECT::TYPE::NAME without *, got "${server}"`,
          ];
}

function isDay(text: string): boolean {
    return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
}

function repeated(records: readonly Exemption[]): readonly string[] {
    const ids = records.map(({ id }) => id);
    return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
}

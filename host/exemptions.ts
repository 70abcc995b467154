import type { Exemption } from "../catalog/records/exemption";
import { InputError } from "../catalog/records/input-error";

/**
 * The exemption records that are about host checks; those about policies are left to the policy pack. Throws InputError for a record
 * that is narrower than the profile: a script runs on every server it is given to.
 */
export function hostExemptions(
    records: readonly Exemption[],
    checkIds: readonly string[],
): readonly Exemption[] {
    const ours = records.filter(({ policy }) => checkIds.includes(policy));
    const problems = ours.flatMap(problemsOf);
    if (problems.length > 0) {
        throw new InputError(problems);
    }
    return ours;
}

function problemsOf(record: Exemption): readonly string[] {
    const about = `exemption "${record.id}" of host check "${record.policy}"`;
    const day = /^\d{4}-\d{2}-\d{2}$/;
    return [
        ...(day.test(record.expires) && !Number.isNaN(Date.parse(record.expires))
            ? []
            : [`${about} must expire on a day like 2027-01-31, got "${record.expires}"`]),
        ...(/^[a-z0-9]+(-[a-z0-9]+)*$/.test(record.id)
            ? []
            : [`${about} must have an id of lower case words joined by hyphens`]),
    ];
}

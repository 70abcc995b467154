import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { Observation } from "../rules/rule";

/** The subject meets the rule. */
export function passed(resource: RegisteredResource): Observation {
    return { verdict: "pass", resource };
}

/** The rule says nothing about this subject, or says it about another resource that the subject takes the value from. */
export function notApplicable(resource: RegisteredResource): Observation {
    return { verdict: "not-applicable", resource };
}

/** A weakness. `subject` tells two at one path apart, without list indexes. */
export function failed(
    resource: RegisteredResource,
    path: PropertyPath,
    message: string,
    subject?: string,
): Observation {
    return {
        verdict: "fail",
        resource,
        path,
        message,
        ...(subject === undefined ? {} : { subject }),
    };
}

/** What must be known to decide is not known. */
export function undecided(
    resource: RegisteredResource,
    path: PropertyPath,
    message: string,
    subject?: string,
): Observation {
    return {
        verdict: "indeterminate",
        resource,
        path,
        message,
        ...(subject === undefined ? {} : { subject }),
    };
}

/**
 * What to report of one subject: what was found on it; a pass when nothing was found; not applicable when all that was found lies
 * on other resources, which report it themselves.
 */
export function settle(
    subject: RegisteredResource,
    found: readonly Observation[],
): readonly Observation[] {
    if (found.length === 0) {
        return [passed(subject)];
    }
    const own = found.filter(({ resource }) => resource === subject);
    return own.length > 0 ? own : [notApplicable(subject)];
}

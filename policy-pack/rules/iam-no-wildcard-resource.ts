import { canNameResource } from "../../aws/resource-scoping";
import type { PolicyStatement } from "../../aws/policy-document";
import {
    identityPolicyReads,
    inlinePolicyTypes,
    judgeIdentityPolicies,
    type WrittenPolicy,
} from "../reading/identity-policies";
import { failed, undecided } from "../reading/observations";
import { narrowing } from "../reading/condition-keys";
import { judgeAllowing, statementPlace, statementSubject } from "../reading/statements";
import type { Observation, Rule } from "./rule";

/** Identity policies name resources for every action that can be limited to some. */
export const iamNoWildcardResource: Rule = {
    name: "iam-no-wildcard-resource",
    reads: identityPolicyReads,
    certainAlone: inlinePolicyTypes,
    judge: (context) => judgeIdentityPolicies(context, decide),
};

function decide(policy: WrittenPolicy): readonly Observation[] {
    return judgeAllowing(policy, (statement) => judgeStatement(policy, statement), canMatter);
}

/** An unknown action matters where the resource is everything, an unknown resource where an action could name one. */
function canMatter({ action, resource }: PolicyStatement, place: string): boolean {
    return place.endsWith(".Action")
        ? (resource?.values ?? []).some(isEverything)
        : place.endsWith(".Resource") &&
              (action?.values ?? []).some((pattern) => canNameResource(pattern) !== false);
}

function judgeStatement(policy: WrittenPolicy, statement: PolicyStatement): readonly Observation[] {
    const wide = (statement.resource?.values ?? []).filter(isEverything);
    const [first] = wide;
    if (first === undefined || narrowing(statement, isAboutResource) === "narrow") {
        return [];
    }
    const place = statementPlace(policy, statement);
    return (statement.action?.values ?? []).flatMap((pattern) => {
        const scopable = canNameResource(pattern);
        const subject = statementSubject(statement, pattern);
        if (scopable === undefined) {
            const message = `${place} allows ${pattern} on "${first}", and whether the action can name resources is not known`;
            return [undecided(policy.resource, policy.path, message, subject)];
        }
        const message = `${place} allows ${pattern} on "${first}", though its resource can be named`;
        return scopable ? [failed(policy.resource, policy.path, message, subject)] : [];
    });
}

/** `*`, or an ARN that names nothing below its service: `arn:aws:s3:::*`, `arn:aws:kms:*:*:*`. */
function isEverything(pattern: string): boolean {
    const parts = pattern.split(":");
    return (
        /^[*?]*\*[*?]*$/.test(pattern) ||
        (parts.length > 3 && /^[*?]*\*[*?]*$/.test(parts.slice(5).join(":") || "*"))
    );
}

/** Keys that limit a statement to resources: by their tags or aliases, or by the namespace in which metrics stand for them. */
function isAboutResource(key: string): boolean {
    return (
        /:resourcetag\//.test(key) ||
        key === "kms:resourcealiases" ||
        key === "cloudwatch:namespace"
    );
}

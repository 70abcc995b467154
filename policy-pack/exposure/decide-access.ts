import type { PolicyDocument } from "../../aws/policy-document";
import {
    allOf,
    askIdentity,
    askResource,
    oneOf,
    unless,
    type Match,
    type Question,
} from "./decision";
import type { Decider } from "./targets";

/** The documents that decide about one caller and one resource. */
export interface Documents {
    readonly decider: Decider;
    readonly identity: readonly PolicyDocument[];
    /** Undefined where the caller has no boundary. */
    readonly boundary: PolicyDocument | undefined;
    /** Policy of the resource; undefined where it has none. */
    readonly resource: PolicyDocument | undefined;
}

/** Whether an action is allowed, with what leaves that open. */
export interface Decision {
    readonly allowed: Match;
    readonly doubts: readonly string[];
}

/**
 * Decides as IAM does within one account: an explicit denial in any policy wins; a boundary limits what the others allow; a bucket's policy
 * allows by itself; a key's policy allows by itself or leaves it to the caller's policies by naming the account, as a key without a
 * policy does. What a resource's policy allows to everybody, it allows to sessions, and what sessions are granted no boundary limits. Source: IAM user guide, "Policy evaluation logic"; AWS KMS developer guide, "Key policies".
 */
export function decideAccess(
    { decider, identity, boundary, resource }: Documents,
    question: Question,
): Decision {
    const own = askIdentity(identity, question);
    const bounds = boundary === undefined ? undefined : askIdentity([boundary], question);
    const granted = resource === undefined ? undefined : askResource([resource], question);
    const account = { ...question, principal: accountPrincipal(question) };
    const delegated = resource === undefined ? undefined : askResource([resource], account);
    const everyone = { ...question, principal: "everyone" };
    const opened = resource === undefined ? "no" : askResource([resource], everyone).allow;
    const denied = oneOf([
        own.deny,
        bounds?.deny ?? "no",
        granted?.deny ?? "no",
        delegated?.deny ?? "no",
    ]);
    const ways: Readonly<Record<Decider, Match>> = {
        identity: own.allow,
        bucket: oneOf([own.allow, granted?.allow ?? "no"]),
        key:
            resource === undefined
                ? own.allow
                : oneOf([granted?.allow ?? "no", allOf([delegated?.allow ?? "no", own.allow])]),
    };
    return {
        allowed: allOf([
            oneOf([opened, allOf([ways[decider], bounds?.allow ?? "yes"])]),
            unless(denied),
        ]),
        doubts: [
            ...new Set([own, bounds, granted, delegated].flatMap((asked) => asked?.doubts ?? [])),
        ].sort(),
    };
}

/** The principal that stands for all of an account. */
function accountPrincipal({ account }: Pick<Question, "account">): string {
    return `arn:*:iam::${account ?? "*"}:root`;
}

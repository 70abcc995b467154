import { allOf, oneOf, unless, type Match } from "./match";
import type { Policy, Request } from "./request";
import { askIdentity, askResource } from "./statements";

/** Which policies decide: `key`: the key's own alone, which may leave it to the account; `bucket`: its own or the caller's; `identity`. */
export type Decider = "key" | "bucket" | "identity";

/** The policies that decide about one caller and one resource. */
export interface Policies {
    readonly decider: Decider;
    readonly identity: readonly Policy[];
    /** Undefined where the caller has no boundary. */
    readonly boundary: Policy | undefined;
    /** Policy of the resource; undefined where it has none. */
    readonly resource: Policy | undefined;
}

/** Whether an action is allowed, with what leaves that open. */
export interface Decision {
    readonly allowed: Match;
    readonly doubts: readonly string[];
}

/**
 * Decides one request as IAM does within one account: an explicit denial in any policy wins; a boundary limits what the others allow; a
 * bucket's policy allows by itself; a key's policy allows by itself or leaves it to the caller's policies by naming the account, as a key
 * without a policy does. A boundary limits what a resource's policy grants to a role by its ARN, but not what it grants to everybody,
 * even where a condition then names the role. Source: IAM user guide, "Policy evaluation for requests within a single account" and "IAM
 * role principals"; AWS KMS developer guide, "Key policies".
 */
export function decideRequest(
    { decider, identity, boundary, resource }: Policies,
    request: Request,
): Decision {
    const own = askIdentity(identity, request);
    const bounds = boundary === undefined ? undefined : askIdentity([boundary], request);
    const asked = (principal: string): ReturnType<typeof askResource> | undefined =>
        resource === undefined
            ? undefined
            : askResource([resource], { ...request, principal }, boundary !== undefined);
    const [caller, account, everybody] = callersAsked(request);
    const granted = asked(caller);
    const delegated = asked(account);
    const opened = boundary === undefined ? undefined : asked(everybody);
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
    const limited = allOf([ways[decider], bounds?.allow ?? "yes"]);
    const unlimited = decider === "identity" ? "no" : (opened?.allow ?? "no");
    return {
        allowed: allOf([oneOf([unlimited, limited]), unless(denied)]),
        doubts: [
            ...new Set(
                [own, bounds, granted, delegated, opened].flatMap((said) => said?.doubts ?? []),
            ),
        ].sort(),
    };
}

/** For whom a resource's policy is asked: the caller, all of its account, and everybody. */
export function callersAsked({
    principal,
    account,
}: Pick<Request, "principal" | "account">): readonly [string, string, string] {
    return [principal, `arn:*:iam::${account ?? "*"}:root`, "*"];
}

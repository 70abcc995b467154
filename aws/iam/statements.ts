import { matchesPattern } from "../action-pattern";
import type {
    PolicyDocument,
    PolicyElement,
    PolicyPrincipal,
    PolicyStatement,
} from "../policy-document";
import { conditionHolds, describeCondition } from "./condition";
import { covers } from "./coverage";
import { allOf, oneOf, unless, type Match } from "./match";
import type { Policy, Request } from "./request";

/** What the statements of some policies say together. */
export interface Said {
    readonly allow: Match;
    readonly deny: Match;
    /** Conditions and unknown parts that decide, as texts. */
    readonly doubts: readonly string[];
}

type Meant = (statement: PolicyStatement, policy: Policy) => Match;

/** Asks identity policies, or boundaries: the caller is the one that they are attached to. */
export function askIdentity(policies: readonly Policy[], request: Request): Said {
    return ask(policies, request, () => "yes");
}

/** Asks resource policies for a caller. `bounded`: the caller has a boundary, so that a denial to all but a list denies it in any case. */
export function askResource(policies: readonly Policy[], request: Request, bounded: boolean): Said {
    return ask(policies, request, (statement, policy) =>
        bounded && statement.effect === "Deny" && statement.notPrincipal !== undefined
            ? "yes"
            : principalMatch(statement, policy, request),
    );
}

/** Whether a resource policy's statement can be about one of these callers; a denial to all but a list can always be. */
export function concernsCaller(
    statement: PolicyStatement,
    policy: Policy,
    principals: readonly string[],
): boolean {
    return (
        statement.notPrincipal !== undefined ||
        principals.some((principal) => principalMatch(statement, policy, { principal }) !== "no")
    );
}

/** The statements of a document that are about an action, certainly or perhaps. */
export function statementsAbout(
    document: PolicyDocument,
    action: string,
): readonly PolicyStatement[] {
    const known = byAction.get(document) ?? new Map<string, readonly PolicyStatement[]>();
    byAction.set(document, known);
    const found =
        known.get(action) ??
        document.statements.filter((statement) => actionMatch(statement, action) !== "no");
    known.set(action, found);
    return found;
}

const byAction = new WeakMap<PolicyDocument, Map<string, readonly PolicyStatement[]>>();

function ask(policies: readonly Policy[], request: Request, isMeant: Meant): Said {
    const allow: Match[] = [];
    const deny: Match[] = [];
    const doubts = new Set<string>();
    for (const policy of policies) {
        const { document } = policy;
        for (const statement of statementsAbout(document, request.action)) {
            const isAsked = isMeant(statement, policy);
            if (isAsked === "no") {
                continue;
            }
            const conditions = statement.conditions.map((condition) => ({
                condition,
                holds: conditionHolds(condition, request),
            }));
            if (conditions.some(({ holds }) => holds === "no")) {
                continue;
            }
            const meant = allOf([
                isAsked,
                actionMatch(statement, request.action),
                resourceMatch(statement, policy, request.resource),
            ]);
            const hidden = document.doubts.some(({ place }) => hidesCondition(place, statement));
            const match = allOf([
                meant,
                ...conditions.map(({ holds }) => holds),
                ...(hidden ? (["maybe"] as const) : []),
            ]);
            (statement.effect === "Allow" ? allow : deny).push(match);
            if (match === "maybe") {
                conditions
                    .filter(({ holds }) => holds === "maybe")
                    .forEach(({ condition }) => doubts.add(describeCondition(condition)));
                if (meant === "maybe" || hidden) {
                    const part = hidden ? "the condition" : "who or what";
                    doubts.add(
                        `${part} of ${statement.effect} in ${nameOf(statement)} is not known`,
                    );
                }
            }
        }
        if (document.doubts.some(({ place }) => hidesStatement(place))) {
            allow.push("maybe");
            deny.push("maybe");
            doubts.add("a policy that is not known before deployment");
        }
    }
    return { allow: oneOf(allow), deny: oneOf(deny), doubts: [...doubts] };
}

function nameOf({ sid, index }: PolicyStatement): string {
    return sid === undefined ? `Statement[${index}]` : `the statement "${sid}"`;
}

function hidesStatement(place: string): boolean {
    return !/\.(Action|NotAction|Resource|NotResource|Principal|NotPrincipal|Condition)/.test(
        place,
    );
}

/** Whether a whole condition, or a whole operator of one, could not be read; single values are part of the conditions themselves. */
function hidesCondition(place: string, { index }: PolicyStatement): boolean {
    return new RegExp(`^Statement\\[${index}\\]\\.Condition(\\.[^.]+)?$`).test(place);
}

function actionMatch({ action, notAction }: PolicyStatement, wanted: string): Match {
    return element(
        action,
        notAction,
        (pattern) => (matchesPattern(pattern, wanted) ? "yes" : "no"),
        "maybe",
    );
}

/** A resource policy need not name a resource: it is attached to one. */
function resourceMatch(
    { resource, notResource }: PolicyStatement,
    { openResource }: Policy,
    wanted: string,
): Match {
    return resource === undefined && notResource === undefined
        ? "yes"
        : element(resource, notResource, (pattern) => covers(pattern, wanted), openResource);
}

function element(
    included: PolicyElement | undefined,
    excluded: PolicyElement | undefined,
    match: (pattern: string) => Match,
    whatIsOpen: Match,
): Match {
    const values = (list: PolicyElement): Match =>
        oneOf([...list.values.map(match), ...(list.open ? [whatIsOpen] : [])]);
    if (included !== undefined) {
        return values(included);
    }
    return excluded === undefined ? "no" : unless(values(excluded));
}

function principalMatch(
    { principal, notPrincipal }: PolicyStatement,
    { openPrincipal }: Policy,
    request: Pick<Request, "principal">,
): Match {
    const match = (list: readonly PolicyPrincipal[]): Match =>
        oneOf(
            list.flatMap(({ kind, values, open }) => [
                ...values.map((name) => principalNamed(kind, name, request)),
                ...(open ? [openPrincipal] : []),
            ]),
        );
    if (principal !== undefined) {
        return match(principal);
    }
    return notPrincipal === undefined ? "no" : unless(match(notPrincipal));
}

function principalNamed(
    kind: string,
    name: string,
    { principal }: Pick<Request, "principal">,
): Match {
    if (name === "*") {
        return kind === "*" || kind.toLowerCase() === "aws" ? "yes" : "no";
    }
    const named = /^\d{12}$/.test(name) ? `arn:aws:iam::${name}:root` : name;
    if (named === principal) {
        return "yes";
    }
    if (isRoot(principal) || principal === "*") {
        // The account itself is named by nothing but its own ARN, whatever the partition; everybody by `*` alone.
        return isRoot(principal) && covers(principal, named) !== "no" ? "yes" : "no";
    }
    return principal.includes("*") && covers(principal, named) !== "no" ? "maybe" : "no";
}

function isRoot(principal: string): boolean {
    return /^arn:[^:]*:iam::(\d{12}|\*):root$/.test(principal);
}

import { matchesPattern } from "../../aws/action-pattern";
import type {
    PolicyCondition,
    PolicyDocument,
    PolicyElement,
    PolicyPrincipal,
    PolicyStatement,
} from "../../aws/policy-document";

/** What is asked of policies. Texts are ARNs, or parts of which that is all that is known. */
export interface Question {
    readonly action: string;
    /** ARN of the resource, with `*` for parts that are not known before deployment. */
    readonly resource: string;
    /** ARN or service name of the caller; asked of resource policies. */
    readonly principal: string;
    /** Account of the caller and the resource; undefined when not known. */
    readonly account: string | undefined;
}

/** `maybe`: conditions or unknown parts decide. */
export type Match = "yes" | "maybe" | "no";

/** What the statements of some documents say together. */
export interface Statements {
    readonly allow: Match;
    readonly deny: Match;
    /** Conditions and unknown parts that decide, as texts. */
    readonly doubts: readonly string[];
}

/** Asks identity policies, or boundaries: the caller is the one that they are attached to. */
export function askIdentity(documents: readonly PolicyDocument[], question: Question): Statements {
    return ask(documents, question, () => "yes");
}

/** Asks resource policies for a caller. */
export function askResource(documents: readonly PolicyDocument[], question: Question): Statements {
    return ask(documents, question, (statement) => principalMatch(statement, question));
}

/** Whether all of several demands are met. */
export function allOf(matches: readonly Match[]): Match {
    return matches.includes("no") ? "no" : matches.includes("maybe") ? "maybe" : "yes";
}

/** Whether one of several ways is open. */
export function oneOf(matches: readonly Match[]): Match {
    return matches.includes("yes") ? "yes" : matches.includes("maybe") ? "maybe" : "no";
}

/** The contrary: a denial that is certain leaves nothing, one that may hold leaves a doubt. */
export function unless(denied: Match): Match {
    return denied === "yes" ? "no" : denied === "maybe" ? "maybe" : "yes";
}

function ask(
    documents: readonly PolicyDocument[],
    question: Question,
    isMeant: (statement: PolicyStatement) => Match,
): Statements {
    const allow: Match[] = [];
    const deny: Match[] = [];
    const doubts = new Set<string>();
    for (const { statements, doubts: unread } of documents) {
        for (const statement of statements) {
            const meant = allOf([isMeant(statement), ...matchesOf(statement, question)]);
            const conditions = statement.conditions.map(describeCondition);
            const match = allOf([meant, conditions.length > 0 ? "maybe" : "yes"]);
            (statement.effect === "Allow" ? allow : deny).push(match);
            if (match === "maybe") {
                conditions.forEach((text) => doubts.add(text));
            }
            if (meant === "maybe") {
                doubts.add(`${statement.effect} of Statement[${statement.index}] is not known`);
            }
        }
        if (unread.some(({ place }) => hidesStatement(place))) {
            allow.push("maybe");
            deny.push("maybe");
            doubts.add("a policy that is not known before deployment");
        }
    }
    return { allow: oneOf(allow), deny: oneOf(deny), doubts: [...doubts] };
}

function hidesStatement(place: string): boolean {
    return !/\.(Action|NotAction|Resource|NotResource|Principal|NotPrincipal|Condition)/.test(
        place,
    );
}

function matchesOf(statement: PolicyStatement, question: Question): readonly Match[] {
    const { action, notAction, resource, notResource } = statement;
    return [
        element(action, notAction, (pattern) =>
            matchesPattern(pattern, question.action) ? "yes" : "no",
        ),
        // A resource policy need not name a resource: it is attached to one.
        resource === undefined && notResource === undefined
            ? "yes"
            : element(resource, notResource, (pattern) => arnMatch(pattern, question.resource)),
    ];
}

function element(
    included: PolicyElement | undefined,
    excluded: PolicyElement | undefined,
    match: (pattern: string) => Match,
): Match {
    const values = (list: PolicyElement): Match =>
        oneOf([...list.values.map(match), ...(list.open ? (["maybe"] as const) : [])]);
    if (included !== undefined) {
        return values(included);
    }
    return excluded === undefined ? "no" : unless(values(excluded));
}

/** Whether a pattern of an ARN covers one of which parts may be unknown (`*`). */
function arnMatch(pattern: string, arn: string): Match {
    if (matchesPattern(pattern, arn)) {
        return "yes";
    }
    // A variable stands for some text, and so does a part of the ARN that is not known.
    const widened = pattern.replace(/\$\{[^}]*\}/g, "*");
    const mayBe =
        matchesPattern(widened, arn) || (arn.includes("*") && matchesPattern(arn, widened));
    return mayBe || (arn.includes("*") && pattern.includes("*") && shareText(widened, arn))
        ? "maybe"
        : "no";
}

/** Whether two patterns may have a text in common: their fixed beginnings and ends agree. */
function shareText(a: string, b: string): boolean {
    const head = (text: string): string => text.slice(0, text.indexOf("*"));
    const tail = (text: string): string => text.slice(text.lastIndexOf("*") + 1);
    const agree = (
        x: string,
        y: string,
        ends: (long: string, short: string) => boolean,
    ): boolean => (x.length > y.length ? ends(x, y) : ends(y, x));
    return (
        agree(head(a), head(b), (long, short) => long.startsWith(short)) &&
        agree(tail(a), tail(b), (long, short) => long.endsWith(short))
    );
}

function principalMatch(statement: PolicyStatement, question: Question): Match {
    const { principal, notPrincipal } = statement;
    const match = (list: readonly PolicyPrincipal[]): Match =>
        oneOf(
            list.flatMap(({ kind, values, open }) => [
                ...values.map((name) => principalNamed(kind, name, question)),
                ...(open ? (["maybe"] as const) : []),
            ]),
        );
    if (principal !== undefined) {
        return match(principal);
    }
    return notPrincipal === undefined ? "no" : unless(match(notPrincipal));
}

function principalNamed(kind: string, name: string, { principal }: Question): Match {
    if (name === "*") {
        return kind === "*" || kind.toLowerCase() === "aws" ? "yes" : "no";
    }
    const root = /^\d{12}$/.test(name) ? `arn:aws:iam::${name}:root` : name;
    if (root === principal || (principal === anyRoot && root.endsWith(":root"))) {
        return "yes";
    }
    if (isRootPattern(principal)) {
        return matchesPattern(principal, root) ? "yes" : "no";
    }
    return principal.includes("*") && matchesPattern(principal, name) ? "maybe" : "no";
}

/** The account principal where the account is not known. */
const anyRoot = "arn:*:iam::*:root";

/** The account principal of any partition. */
function isRootPattern(principal: string): boolean {
    return /^arn:\*:iam::\d{12}:root$/.test(principal);
}

/** `StringEquals kms:ViaService = s3.eu-central-1.amazonaws.com`. */
function describeCondition({ operator, key, values, open }: PolicyCondition): string {
    const shown = [...values, ...(open ? ["(not known)"] : [])].join(", ");
    return `${operator} ${key} = ${shown}`;
}

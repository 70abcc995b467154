import type { PolicyDocument, PolicyStatement } from "../../aws/policy-document";
import { formatPath } from "../graph/peek";
import type { Observation } from "../rules/rule";
import { narrowing, type Narrowing } from "./condition-keys";
import { doubtsOf, type WrittenPolicy } from "./identity-policies";
import { failed, undecided } from "./observations";

/** A statement as messages name it: `policy: the statement "Logs"`. */
export function statementPlace({ path }: WrittenPolicy, { sid, index }: PolicyStatement): string {
    const name = sid === undefined ? `Statement[${index}]` : `the statement "${sid}"`;
    return `${formatPath(path)}: ${name}`;
}

/** Tells a weakness of a statement apart from others, by the statement's own name where it has one. */
export function statementSubject({ sid }: PolicyStatement, weakness: string): string {
    return `${sid ?? ""} ${weakness}`.trim();
}

/** Whether a place of a document, as doubts name it, lies in this statement or around it. */
function concerns(place: string, { index }: PolicyStatement): boolean {
    const found = /^Statement\[(\d+)\]/.exec(place)?.[1];
    return found === undefined || Number(found) === index;
}

/** A document with these statements alone, and what is doubtful within them. */
export function partOf(
    { doubts }: PolicyDocument,
    statements: readonly PolicyStatement[],
): PolicyDocument {
    const within = doubts.filter(({ place }) =>
        statements.some(({ index }) => place.startsWith(`Statement[${index}].`)),
    );
    return { statements, doubts: within };
}

/** Whether what a doubt names is a whole statement, its effect, or all of a document: nothing can then be told of it. */
function hidesStatements(place: string): boolean {
    return /^(|Statement(\[\d+\](\.Effect)?)?)$/.test(place);
}

/** Whether nothing of a document could be read. */
export function isHidden({ statements, doubts }: PolicyDocument): boolean {
    return statements.length === 0 && doubts.length > 0;
}

/** One principal of a statement; `kind` in small letters: `aws`, `service`, `federated`, `canonicaluser`, `*`. */
export interface NamedPrincipal {
    readonly kind: string;
    readonly name: string;
}

/** The principals that a statement names. */
export function principalsOf({ principal }: PolicyStatement): readonly NamedPrincipal[] {
    return (principal ?? []).flatMap(({ kind, values }) =>
        values.map((name) => ({ kind: kind.toLowerCase(), name })),
    );
}

/** Whether a principal is everybody: `*`, alone or within an ARN. Services and identity providers are named as wholes. */
export function isEverybody({ kind, name }: NamedPrincipal): boolean {
    return (kind === "*" || kind === "aws") && name.includes("*");
}

/** Whether a statement is for everybody, or for everybody but a list. */
export function isForEverybody(statement: PolicyStatement): boolean {
    return statement.notPrincipal !== undefined || principalsOf(statement).some(isEverybody);
}

/** What is said of a statement that nothing narrows down, of one that something may, and what tells the two from other weaknesses. */
export interface ConditionTexts {
    readonly wide: string;
    readonly open: string;
    readonly subject: string;
}

/**
 * What to report of a statement that is sound only where its conditions name values of some keys: nothing where they do, a doubt
 * where they may. The texts complete a sentence that begins with the statement.
 */
export function demandCondition(
    policy: WrittenPolicy,
    statement: PolicyStatement,
    isKey: (key: string) => boolean,
    texts: ConditionTexts,
): readonly Observation[] {
    return reportNarrowing(policy, statement, narrowing(statement, isKey), texts);
}

/** What to report of a statement that its conditions narrow down, or not. */
export function reportNarrowing(
    policy: WrittenPolicy,
    statement: PolicyStatement,
    limits: Narrowing,
    texts: ConditionTexts,
): readonly Observation[] {
    if (limits === "narrow") {
        return [];
    }
    const hidden = policy.document.doubts.some(
        ({ place }) => /\.Condition(\.[^.]+)?$/.test(place) && concerns(place, statement),
    );
    const report = limits === "open" || hidden ? undecided : failed;
    return [
        report(
            policy.resource,
            policy.path,
            `${statementPlace(policy, statement)} ${report === failed ? texts.wide : texts.open}`,
            statementSubject(statement, texts.subject),
        ),
    ];
}

/** Doubts about who a policy admits, besides those of statements about which something was found already. */
export function principalDoubts(
    policy: WrittenPolicy,
    found: ReadonlyMap<PolicyStatement, readonly Observation[]>,
): readonly Observation[] {
    const open = [...found].filter(([, observations]) => observations.length === 0);
    return doubtsOf(
        policy,
        (place) =>
            hidesStatements(place) ||
            (/\.(Not)?Principal/.test(place) &&
                open.some(([statement]) => concerns(place, statement))),
    );
}

/**
 * Judges each statement that allows. What of the document is unknown is told too, where it hides statements or could change the
 * judgement of one about which nothing was found.
 */
export function judgeAllowing(
    policy: WrittenPolicy,
    judge: (statement: PolicyStatement) => readonly Observation[],
    canMatter: (statement: PolicyStatement, place: string) => boolean,
): readonly Observation[] {
    const found = policy.document.statements
        .filter(({ effect }) => effect === "Allow")
        .map((statement) => ({ statement, observations: judge(statement) }));
    const open = found.filter(({ observations }) => observations.length === 0);
    return [
        ...found.flatMap(({ observations }) => observations),
        ...doubtsOf(
            policy,
            (place) =>
                hidesStatements(place) ||
                open.some(
                    ({ statement }) => concerns(place, statement) && canMatter(statement, place),
                ),
        ),
    ];
}

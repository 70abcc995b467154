import type { Way } from "../../aws/iam/ways";
import type { PolicyStatement } from "../../aws/policy-document";
import { accountOf } from "../reading/accounts";
import { isBinding, isNarrowValue } from "../reading/condition-keys";
import { admittingStatement, judgeForeign } from "../reading/foreign-accounts";
import { ownersOfKey } from "../reading/key-policies";
import { undecided } from "../reading/observations";
import { demandCondition, statementPlace, statementSubject } from "../reading/statements";
import type { Observation, RuleContext } from "../rules/rule";
import { admissionOf, denialsToStrangers, type KeyQuestion } from "./admission";

/** What AWS KMS itself says of the caller. Source: AWS KMS developer guide, condition keys. */
const callerAccount = "kms:calleraccount";

/** Requests of AWS's own services, which the usual denials to strangers leave alone. Source: IAM user guide, data perimeters. */
const ofAwsItself = "aws:principalisawsservice";

/** Whether a key says who uses an AWS KMS key, or for whom. */
export function tellsCaller(key: string): boolean {
    return isBinding(key) || key === callerAccount;
}

/**
 * Judges a statement of a key's policy for everybody, by its conditions on the caller and the policy's denials: it is sound where each way to
 * be admitted names the caller, and none a foreign account.
 */
export function judgeStrangers(
    context: RuleContext,
    question: KeyQuestion,
    statement: PolicyStatement,
    name: string,
): readonly Observation[] {
    const { policy } = question;
    const place = statementPlace(policy, statement);
    const unlimited = demandCondition(policy, statement, tellsCaller, {
        wide: 'admits everybody ("*") without a condition on the caller, such as kms:CallerAccount or aws:PrincipalArn',
        open: 'admits everybody ("*") under conditions that are not known before deployment',
        subject: "*",
    });
    const denials = denialsToStrangers(policy);
    if (unlimited.length > 0 && denials.length === 0) {
        return unlimited;
    }
    const [doubtful] = unlimited;
    const who = onlyWho(statement);
    const left = admissionOf(context.graph, question, who, name, denials);
    const callers = callersOf(left.ways);
    if (doubtful !== undefined && callers.some((values) => values.length === 0)) {
        return unlimited;
    }
    if (doubtful !== undefined && left.doubts.length > 0) {
        const doubts = [...new Set(left.doubts)].join("; ");
        const message = `${place} admits everybody ("*") unless a denial turns strangers away, which depends on ${doubts}`;
        return doubtful.verdict === "fail"
            ? [undecided(policy.resource, policy.path, message, statementSubject(statement, "*"))]
            : unlimited;
    }
    const home = homeOf(context, question, who, name, denials);
    const isOurs = (value: string): boolean => home.has(accountOf(value) ?? "");
    const certain =
        left.doubts.length === 0
            ? callers
            : callersOf(admissionOf(context.graph, question, who, name, []).ways);
    const strangers = [
        ...certain.filter((values) => !values.some(isOurs)).flat(),
        ...exceptionsOf(denials).filter((exception) => {
            const { ways, doubts } = admissionOf(context.graph, question, who, exception, denials);
            return ways.length > 0 || doubts.length > 0;
        }),
    ];
    return [...new Set(strangers)].flatMap((principal) =>
        judgeForeign(context, home, principal, admittingStatement(policy, statement)),
    );
}

/** The key's own accounts; where nothing else shows them, the one account that the denials leave to change the policy. */
function homeOf(
    { graph }: RuleContext,
    question: KeyQuestion,
    who: PolicyStatement,
    name: string,
    denials: readonly PolicyStatement[],
): ReadonlySet<string> {
    const owners = ownersOfKey(graph, question.policy);
    if (owners.size > 0) {
        return owners;
    }
    const changing = {
        ...who,
        action: { values: ["kms:PutKeyPolicy"], open: false },
        conditions: [],
    };
    const callers = callersOf(admissionOf(graph, question, changing, name, denials).ways);
    const accounts = new Set(callers.map((values) => values.map(accountOf)[0]));
    const [only] = accounts;
    return new Set(accounts.size === 1 && only !== undefined ? [only] : []);
}

/** The statement without what says nothing about the caller, or is not known: it admits no fewer callers then. */
function onlyWho(statement: PolicyStatement): PolicyStatement {
    const conditions = statement.conditions.filter(({ key, open }) => tellsCaller(key) && !open);
    return { ...statement, conditions };
}

/** The callers that each way names; none where anybody may come that way. */
function callersOf(ways: readonly Way[]): readonly (readonly string[])[] {
    return ways
        .filter((way) => way.get(ofAwsItself) !== "true")
        .map((way) =>
            [...way]
                .filter(([key, value]) => tellsCaller(key) && isNarrowValue(value))
                .map(([, value]) => value),
        );
}

/** Those whom denials to everybody else leave alone. */
function exceptionsOf(denials: readonly PolicyStatement[]): readonly string[] {
    return denials.flatMap(({ notPrincipal }) =>
        (notPrincipal ?? []).flatMap(({ values }) => values),
    );
}

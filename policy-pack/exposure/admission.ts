import type { Way } from "../../aws/iam/ways";
import type { PolicyStatement } from "../../aws/policy-document";
import type { GraphIndex } from "../graph/graph-index";
import type { WrittenPolicy } from "../reading/identity-policies";
import { isForEverybody, partOf } from "../reading/statements";
import { askNamed, type Question } from "./ask";

/** A key, with the policy that is asked about. */
export interface KeyQuestion extends Omit<Question, "action" | "policy"> {
    readonly policy: WrittenPolicy;
}

/** What one statement lets a caller do. */
interface Admission {
    /** What the requests must carry that it admits, whatever they do; one without demands is open to any request. */
    readonly ways: readonly Way[];
    /** What leaves it open whether it admits more. */
    readonly doubts: readonly string[];
}

/**
 * What a statement of a key's policy lets a caller do, as far as these denials leave it. A pattern of actions is asked about as it is
 * written: only a denial of all that it stands for takes it away.
 */
export function admissionOf(
    graph: GraphIndex,
    { policy, ...key }: KeyQuestion,
    statement: PolicyStatement,
    caller: string,
    denials: readonly PolicyStatement[],
): Admission {
    // Whatever a statement names as its resource, the policy is about one key.
    const allowing = { ...statement, resource: undefined, notResource: undefined };
    const { doubts } = partOf(policy.document, denials);
    const document = { statements: [allowing, ...denials], doubts };
    const decisions = actionsOf(statement).map((action) =>
        askNamed(graph, caller, { ...key, policy: { ...policy, document }, action }),
    );
    return {
        ways: decisions.flatMap(({ ways }) => ways),
        doubts: decisions.flatMap((decision) =>
            decision.allowed === "maybe" ? decision.doubts : [],
        ),
    };
}

/** The denials that can turn strangers away: those to named callers leave everybody else alone. */
export function denialsToStrangers({ document }: WrittenPolicy): readonly PolicyStatement[] {
    return document.statements.filter(
        (statement) => statement.effect === "Deny" && isForEverybody(statement),
    );
}

const everyAction = "kms:*";

function actionsOf({ action }: PolicyStatement): readonly string[] {
    return action === undefined || action.open
        ? [everyAction]
        : action.values.map((pattern) => (pattern === "*" ? everyAction : pattern));
}

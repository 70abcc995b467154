import { matchesPattern } from "../../aws/action-pattern";
import { escalatingActions, roleTakingActions } from "../../aws/escalations";
import type { PolicyStatement } from "../../aws/policy-document";
import { narrowing } from "../reading/condition-keys";
import {
    identityPolicyReads,
    judgeIdentityPolicies,
    type WrittenPolicy,
} from "../reading/identity-policies";
import { failed } from "../reading/observations";
import {
    demandCondition,
    judgeAllowing,
    statementPlace,
    statementSubject,
} from "../reading/statements";
import { aboutAny, askHolder } from "../exposure/ask";
import { holdersOfPolicy } from "../exposure/principals";
import type { GraphIndex } from "../graph/graph-index";
import type { Observation, Rule } from "./rule";

const passRole = "iam:PassRole";

/** No identity policy lets its holder gain rights that it was not given, or hand roles to whatever service it likes. */
export const iamNoPrivilegeEscalation: Rule = {
    name: "iam-no-privilege-escalation",
    reads: identityPolicyReads,
    judge: (context) => judgeIdentityPolicies(context, (policy) => decide(context.graph, policy)),
};

function decide(graph: GraphIndex, policy: WrittenPolicy): readonly Observation[] {
    // Other policies of whoever holds this one, or its boundary, may take back what it gives.
    const holders = holdersOfPolicy(graph, policy);
    const isDenied = (action: string): boolean =>
        holders.every((holder) => askHolder(graph, holder, aboutAny(action, "*")).allowed === "no");
    return judgeAllowing(
        policy,
        (statement) => judgeStatement(policy, statement, isDenied),
        canMatter,
    );
}

/** Which resources are unknown matters only to actions that are harmless on named ones. */
function canMatter(statement: PolicyStatement, place: string): boolean {
    return place.endsWith(".Resource")
        ? [passRole, ...roleTakingActions].some((action) => grants(statement, action))
        : /\.(Not)?Action$/.test(place);
}

function judgeStatement(
    policy: WrittenPolicy,
    statement: PolicyStatement,
    isDenied: (action: string) => boolean,
): readonly Observation[] {
    const { resource, path } = policy;
    const place = statementPlace(policy, statement);
    const gained = escalatingActions.filter(
        (action) => grants(statement, action) && !isDenied(action),
    );
    const everywhere = isEveryRole(statement);
    const taken = roleTakingActions.filter(
        (action) => everywhere && grants(statement, action) && !isDenied(action),
    );
    // A boundary that the statement demands is a limit of its own.
    const bounded = narrowing(statement, (key) => key === "iam:permissionsboundary") === "narrow";
    const risen = [...(bounded ? [] : gained), ...taken];
    // A pattern that gives both is one cause, and reported once.
    const passes =
        grants(statement, passRole) &&
        !isDenied(passRole) &&
        !(risen.length > 0 && isGrantedWith(statement, risen));
    return [
        ...(risen.length > 0
            ? [
                  failed(
                      resource,
                      path,
                      `${place} allows ${listed(risen)}, by which its holder gains rights that it was not given`,
                      statementSubject(statement, risen[0] ?? ""),
                  ),
              ]
            : []),
        ...(passes && everywhere
            ? [
                  failed(
                      resource,
                      path,
                      `${place} allows ${passRole} on every role: a service can be given a stronger role than its caller's`,
                      statementSubject(statement, passRole),
                  ),
              ]
            : []),
        ...(passes && !everywhere
            ? demandCondition(policy, statement, (key) => key === "iam:passedtoservice", {
                  wide: `allows ${passRole} to any service: no condition names iam:PassedToService`,
                  open: `allows ${passRole} to a service that is not known before deployment`,
                  subject: passRole,
              })
            : []),
    ];
}

function grants({ action, notAction }: PolicyStatement, wanted: string): boolean {
    const matches = (pattern: string): boolean => matchesPattern(pattern, wanted);
    return notAction === undefined
        ? (action?.values ?? []).some(matches)
        : !notAction.open && !notAction.values.some(matches);
}

/** Whether what lets a statement pass roles also gives one of these actions. */
function isGrantedWith({ action, notAction }: PolicyStatement, others: readonly string[]): boolean {
    const passing = (action?.values ?? []).filter((pattern) => matchesPattern(pattern, passRole));
    return (
        notAction !== undefined ||
        passing.every((pattern) => others.some((other) => matchesPattern(pattern, other)))
    );
}

/** Whether no name of a role or function limits the statement. */
function isEveryRole({ resource, notResource }: PolicyStatement): boolean {
    return (
        notResource !== undefined ||
        (resource?.values ?? []).some((pattern) =>
            /^[*?]*\*$|^arn:[^:]*:(iam|lambda|\*):[^:]*:[^:]*:(\*|(role|function)[/:]?\*|role\/\*\*?)$/i.test(
                pattern,
            ),
        )
    );
}

function listed(actions: readonly string[]): string {
    const shown = actions.slice(0, 3).join(", ");
    return actions.length > 3 ? `${shown} and ${actions.length - 3} more` : shown;
}

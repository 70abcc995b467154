import { matchesPattern } from "../../aws/action-pattern";
import { covers } from "../../aws/iam/coverage";
import { certificateIssuing, escalatingActions, roleTakingActions } from "../../aws/escalations";
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
    reportNarrowing,
    statementPlace,
    statementSubject,
} from "../reading/statements";
import { aboutAny, askHolder, carrying } from "../exposure/ask";
import { holdersOfPolicy, type Holder } from "../exposure/principals";
import type { GraphIndex } from "../graph/graph-index";
import type { Observation, Rule } from "./rule";

const passRole = "iam:PassRole";

/** No identity policy lets its holder gain rights that it was not given, hand roles to whatever service it likes, or make authorities. */
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
        (statement) => [
            ...judgeStatement(policy, statement, isDenied),
            ...judgeIssuing(graph, policy, statement, holders),
        ],
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
        !(risen.length > 0 && isGrantedWith(statement, passRole, risen));
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

/** Whoever issues a certificate that signs others is an authority itself, and vouches for servers of its own. */
function judgeIssuing(
    graph: GraphIndex,
    policy: WrittenPolicy,
    statement: PolicyStatement,
    holders: readonly Holder[],
): readonly Observation[] {
    const { action, authority, templateKey, authorityTemplates } = certificateIssuing;
    const mayIssue = (holder: Holder): boolean =>
        authorityTemplates.some((template) => {
            const question = carrying(aboutAny(action, authority), { [templateKey]: template });
            return askHolder(graph, holder, question).allowed !== "no";
        });
    return grants(statement, action) &&
        !isGrantedWith(statement, action, escalatingActions) &&
        holders.some(mayIssue)
        ? reportNarrowing(
              policy,
              statement,
              narrowing(
                  statement,
                  (key) => key === templateKey,
                  (pattern) =>
                      authorityTemplates.every((template) => covers(pattern, template) === "no"),
              ),
              {
                  wide: `allows ${action} by every template: its holder can make itself a certificate authority`,
                  open: `allows ${action} by templates that are not known before deployment`,
                  subject: action,
              },
          )
        : [];
}

/** Whether what gives a statement one action also gives one of others. */
function isGrantedWith(
    { action, notAction }: PolicyStatement,
    wanted: string,
    others: readonly string[],
): boolean {
    const giving = (action?.values ?? []).filter((pattern) => matchesPattern(pattern, wanted));
    return (
        notAction !== undefined ||
        giving.every((pattern) => others.some((other) => matchesPattern(pattern, other)))
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

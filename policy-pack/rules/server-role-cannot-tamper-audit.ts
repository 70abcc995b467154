import { archiveTampering, trailTampering } from "../../aws/audit-tampering";
import type { BestDecision } from "../../aws/iam/ways";
import { TypeToken } from "../../aws/type-tokens";
import { aboutAny, askHolder, grantingPolicies, type Question } from "../exposure/ask";
import {
    holderByResource,
    unplacedRoleGrants,
    type Holder,
    type UnplacedGrant,
} from "../exposure/principals";
import { serverHolders, type ServerHolder } from "../exposure/server-holders";
import { targetsOf } from "../exposure/targets";
import { unreadPermissions } from "../exposure/unread-permissions";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath } from "../graph/peek";
import { homePlace } from "../reading/accounts";
import { identityPolicyReads } from "../reading/identity-policies";
import { chain, label } from "../reading/labels";
import { logBucketReads, logBucketsOf } from "../reading/log-buckets";
import { failed, settle, undecided } from "../reading/observations";
import { attachmentReads } from "../reading/policy-attachments";
import { serverReads } from "../reading/servers";
import type { Observation, Rule, RuleContext } from "./rule";

/** A bucket of which nothing is said but that it holds logs, perhaps of another stack. */
const someArchive = "keyward-archive-of-another-stack";

/** No key server's role can touch what records its own doings. */
export const serverRoleCannotTamperAudit: Rule = {
    name: "server-role-cannot-tamper-audit",
    reads: [
        ...new Set([
            ...serverReads,
            TypeToken.InstanceProfile,
            ...identityPolicyReads,
            ...attachmentReads,
            ...logBucketReads,
        ]),
    ],
    *judge(context) {
        const { holders, elsewhere } = serverHolders(context.graph, context.scope);
        const questions = questionsAbout(context.graph, context.scope);
        for (const server of holders) {
            yield* settle(server.holder.resource, judgeHolder(context, server, questions));
        }
        if (holders.length > 0) {
            yield* unplacedRoleGrants(context.graph).flatMap((grant) =>
                judgeUnplaced(context.graph, grant, questions),
            );
        }
        for (const { resource, path } of elsewhere) {
            yield undecided(
                resource,
                path,
                `${formatPath(path)} of ${label(resource)} names nothing in this stack: whether the server's role can touch its audit trail is not known`,
            );
        }
    },
};

function judgeHolder(
    { graph }: RuleContext,
    { holder, links }: ServerHolder,
    questions: readonly Question[],
): readonly Observation[] {
    const { resource } = holder;
    const found = questions.flatMap((question) => {
        const decision = askHolder(graph, holder, question);
        return decision.allowed === "no" ? [] : [{ question, decision }];
    });
    const through = chain(...links);
    // The same right by the same policies is one cause, on however many resources.
    const [certain, open] = (["yes", "maybe"] as const).map((allowed) => [
        ...new Map(
            found
                .filter(({ decision }) => decision.allowed === allowed)
                .map((each) => [each.question.action, each]),
        ).values(),
    ]);
    return [
        ...[...groupBy(certain, (each) => placeOf(holder, each))].map(([place, actions]) =>
            failed(
                resource,
                [],
                `${through} may ${actions.map(describe).join(", ")} by ${place}: an intruder on the server could remove its traces`,
                `${place} ${actions.map(({ question }) => question.action).join(" ")}`,
            ),
        ),
        ...[...groupBy(open, ({ decision }) => decision.doubts.join("; "))].map(([doubt, same]) =>
            undecided(
                resource,
                [],
                `whether ${through} may ${same.map(({ question }) => question.action).join(", ")} depends on ${doubt}`,
                doubt,
            ),
        ),
        ...unreadPermissions(
            holder,
            "whether it lets the server touch its audit trail is not known",
        ),
    ];
}

/** What would touch the audit trail, given to a role that may be a key server's. */
function judgeUnplaced(
    graph: GraphIndex,
    { grant, path }: UnplacedGrant,
    questions: readonly Question[],
): readonly Observation[] {
    const holder = holderByResource(graph).get(grant);
    const touches =
        holder === undefined ||
        holder.foreign.length > 0 ||
        questions.some((question) => askHolder(graph, holder, question).allowed !== "no");
    return touches
        ? [
              undecided(
                  grant,
                  path,
                  `${formatPath(path)} of ${label(grant)} is not known before deployment: it may give a server's role power over the server's own audit trail`,
              ),
          ]
        : [];
}

interface Found {
    readonly question: Question;
    readonly decision: BestDecision;
}

function describe({ question: { action }, decision: { ways } }: Found): string {
    const [demands] = ways;
    return demands === undefined || demands.size === 0
        ? action
        : `${action} (with ${[...demands].map(([key, value]) => `${key} = ${value}`).join(" and ")})`;
}

/** The policies that grant something, as messages name them. */
function placeOf(holder: Holder, { question }: Found): string {
    const policies = grantingPolicies(holder, question.action).map(
        ({ resource, path }) => `${label(resource)} ${formatPath(path)}`,
    );
    return policies.length === 0 ? "the policy of the resource" : policies.join(" and ");
}

function groupBy(
    found: readonly Found[],
    keyOf: (found: Found) => string,
): ReadonlyMap<string, readonly Found[]> {
    const groups = new Map<string, readonly Found[]>();
    for (const each of found) {
        const key = keyOf(each);
        groups.set(key, [...(groups.get(key) ?? []), each]);
    }
    return groups;
}

function questionsAbout(graph: GraphIndex, scope: RuleContext["scope"]): readonly Question[] {
    const { partition } = homePlace(graph);
    const anywhere = Object.entries(trailTampering).flatMap(([pattern, actions]) =>
        actions.map((action) => aboutAny(action, `arn:${partition}:${pattern}`)),
    );
    const archives = new Set(logBucketsOf(graph).map(({ bucket }) => bucket));
    const buckets = targetsOf(graph, scope).filter(({ resource }) => archives.has(resource));
    const written = buckets.flatMap(({ actions, ...target }) =>
        actions.map((action): Question => ({ ...target, action })),
    );
    const archive = `arn:${partition}:s3:::${someArchive}`;
    const elsewhere = [
        ...archiveTampering.objects.map((action) => aboutAny(action, `${archive}/x`)),
        ...archiveTampering.bucket.map((action) => aboutAny(action, archive)),
    ].map((question): Question => ({ ...question, isOneOfMany: false }));
    return [...anywhere, ...elsewhere, ...written];
}

import type { BestDecision } from "../../aws/iam/ways";
import { askHolder, carrying, grantingPolicies, type Question } from "../exposure/ask";
import { holdersOf, type Holder } from "../exposure/principals";
import { serverQuestions } from "../exposure/server-questions";
import { trustOf, type Trust } from "../exposure/trust";
import { unreadPermissions } from "../exposure/unread-permissions";
import { formatPath } from "../graph/peek";
import { identityPolicyReads } from "../reading/identity-policies";
import { label } from "../reading/labels";
import { failed, settle, undecided } from "../reading/observations";
import { attachmentReads } from "../reading/policy-attachments";
import type { Observation, Rule, RuleContext } from "./rule";

/** Actions that put their caller on a server. Source: service authorization reference. */
const opening = ["ec2-instance-connect:SendSSHPublicKey", "ssm:SendCommand", "ssm:StartSession"];

const presence = "aws:multifactorauthpresent";
const age = "aws:multifactorauthage";

/** Whoever opens a session on a key server or runs a command there logged in with a second factor, and not long ago. */
export const mfaForSessions: Rule = {
    name: "mfa-for-sessions",
    reads: [...new Set([...identityPolicyReads, ...attachmentReads])],
    *judge(context) {
        for (const holder of holdersOf(context.graph)) {
            const { resource } = holder;
            // What only services take on acts without a login, and is asked by other policies who may start it.
            const trust = trustOf(resource);
            if (context.scope.includes(resource) && trust?.isForServicesOnly !== true) {
                yield* settle(resource, judgeHolder(context, holder, trust));
            }
        }
    },
};

function judgeHolder(
    context: RuleContext,
    holder: Holder,
    trust: Trust | undefined,
): readonly Observation[] {
    const { graph } = context;
    const seconds = context.parameter<number>("sessionMfaAgeMinutes") * 60;
    const requests: readonly { readonly values: Values; readonly how: string }[] = [
        { values: { [presence]: undefined, [age]: undefined }, how: "with an access key alone" },
        { values: { [presence]: "false", [age]: undefined }, how: "without a second factor" },
        {
            values: { [presence]: "true", [age]: String(seconds + 1) },
            how: `more than ${seconds} seconds after the login with a second factor`,
        },
    ];
    const found = opening.flatMap((action): readonly Found[] => {
        for (const { values, how } of requests) {
            const decision = strongest(
                serverQuestions(context, action).map((question) => {
                    const asked = carrying(question, values);
                    return afterTrust(askHolder(graph, holder, asked), trust, asked);
                }),
            );
            if (decision.allowed !== "no") {
                return [{ action, how, decision }];
            }
        }
        return [];
    });
    return [
        ...report(holder, found),
        ...unreadPermissions(
            holder,
            "whether it opens sessions without a second factor is not known",
        ),
    ];
}

type Values = Readonly<Record<string, string | undefined>>;

interface Found {
    readonly action: string;
    readonly how: string;
    readonly decision: BestDecision;
}

/** One finding for all actions that the same policies allow in the same way. */
function report(holder: Holder, found: readonly Found[]): readonly Observation[] {
    const { resource } = holder;
    const groups = new Map<string, Found[]>();
    for (const each of found) {
        const key = JSON.stringify([each.how, each.decision.allowed, each.decision.doubts]);
        groups.set(key, [...(groups.get(key) ?? []), each]);
    }
    return [...groups.values()].flatMap((same) => {
        const [first] = same;
        if (first === undefined) {
            return [];
        }
        const actions = same.map(({ action }) => action).join(", ");
        const policies = new Set(
            same.flatMap(({ action }) =>
                grantingPolicies(holder, action).map(
                    (policy) => `${label(policy.resource)} ${formatPath(policy.path)}`,
                ),
            ),
        );
        const through = [label(resource), ...policies].join(" ← ");
        const { how, decision } = first;
        return decision.allowed === "yes"
            ? [failed(resource, [], `${through} allows ${actions} ${how}`, `${actions} ${how}`)]
            : [
                  undecided(
                      resource,
                      [],
                      `whether ${through} allows ${actions} ${how} depends on ${decision.doubts.join("; ")}`,
                      `${actions} ${how}`,
                  ),
              ];
    });
}

/** A session of a role tells nothing of the login that it began with, so the role's trust may demand the second factor instead. */
function afterTrust(
    decision: BestDecision,
    trust: Trust | undefined,
    { fixed = new Map() }: Question,
): BestDecision {
    const admitted = trust?.admits(fixed) ?? "yes";
    if (admitted === "yes" || decision.allowed === "no") {
        return decision;
    }
    return admitted === "no"
        ? { allowed: "no", doubts: [], ways: [] }
        : {
              allowed: "maybe",
              doubts: [...decision.doubts, "whom assumeRolePolicy lets in, and how they log in"],
              ways: [],
          };
}

function strongest(decisions: readonly BestDecision[]): BestDecision {
    const none: BestDecision = { allowed: "no", doubts: [], ways: [] };
    return (
        decisions.find(({ allowed }) => allowed === "yes") ??
        decisions.find(({ allowed }) => allowed === "maybe") ??
        none
    );
}

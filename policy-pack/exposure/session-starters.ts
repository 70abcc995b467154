import { TypeToken } from "../../aws/type-tokens";
import { isAttested } from "../reading/attestations";
import { formatPath } from "../graph/peek";
import { label } from "../reading/labels";
import { failed, undecided } from "../reading/observations";
import { readText } from "../reading/values";
import type { Observation, RuleContext } from "../rules/rule";
import { askHolder, carrying, grantingPolicies } from "./ask";
import { holdersOf, type Holder } from "./principals";
import { serverQuestions } from "./server-questions";
import { trustOf } from "./trust";

const action = "ssm:StartSession";
/** Set by Systems Manager: whether the caller's right to the session document was asked for. Source: service authorization reference. */
const check = "ssm:sessiondocumentaccesscheck";
/** The document by which sessions run where a caller names none. */
const defaultDocument = "SSM-SessionManagerRunShell";

/**
 * Whoever may start sessions on key servers by the account's default preferences, which need not be those of the stack's session document:
 * AWS asks for rights to the document only where a policy says so. Fine where the stack makes the default document itself.
 */
export function* judgeSessionStarters(context: RuleContext): Generator<Observation> {
    const { graph, scope } = context;
    const isDefaultOurs = graph.ofType(TypeToken.SsmDocument).some(({ properties }) => {
        const name = readText(properties, ["name"]);
        return name.kind === "known" && name.value === defaultDocument;
    });
    if (
        scope.keyServers.length === 0 ||
        isDefaultOurs ||
        isAttested(context, "session-preferences")
    ) {
        return;
    }
    for (const holder of holdersOf(graph)) {
        const { resource } = holder;
        if (scope.includes(resource) && trustOf(resource)?.isForServicesOnly !== true) {
            yield* judgeHolder(context, holder);
        }
    }
}

function judgeHolder(context: RuleContext, holder: Holder): readonly Observation[] {
    const { resource } = holder;
    const decisions = serverQuestions(context, action).map((question) =>
        askHolder(context.graph, holder, carrying(question, { [check]: "false" })),
    );
    const decision =
        decisions.find(({ allowed }) => allowed === "yes") ??
        decisions.find(({ allowed }) => allowed === "maybe");
    if (decision === undefined) {
        return [];
    }
    const policies = grantingPolicies(holder, action).map(
        (policy) => `${label(policy.resource)} ${formatPath(policy.path)}`,
    );
    const through = [...new Set([label(resource), ...policies])].join(" ← ");
    return [
        decision.allowed === "yes"
            ? failed(
                  resource,
                  [],
                  `${through} allows ${action} without ssm:SessionDocumentAccessCheck, so a session may run by the account's default preferences`,
                  action,
              )
            : undecided(
                  resource,
                  [],
                  `whether ${through} allows ${action} without ssm:SessionDocumentAccessCheck depends on ${decision.doubts.join("; ")}`,
                  action,
              ),
    ];
}

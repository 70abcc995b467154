import { matchesWholeService } from "../../aws/action-pattern";
import type { PolicyStatement } from "../../aws/policy-document";
import { formatPath } from "../graph/peek";
import {
    doubtsOf,
    identityPoliciesOf,
    identityPolicyReads,
    ownersOf,
    type WrittenPolicy,
} from "../reading/identity-policies";
import { failed, settle } from "../reading/observations";
import type { Observation, Rule } from "./rule";

/** No identity policy allows every action of a service, or everything but a list. */
export const iamNoWildcardActions: Rule = {
    name: "iam-no-wildcard-actions",
    reads: identityPolicyReads,
    certainAlone: true,
    *judge({ graph, scope }) {
        for (const resource of graph.ofType(...identityPolicyReads)) {
            const judged = [resource, ...ownersOf(graph, resource)];
            if (judged.some((other) => scope.includes(other))) {
                yield* settle(resource, identityPoliciesOf(resource).flatMap(decide));
            }
        }
    },
};

function decide(policy: WrittenPolicy): readonly Observation[] {
    const allowed = policy.document.statements.filter(({ effect }) => effect === "Allow");
    return [
        ...allowed.flatMap((statement) => judgeStatement(policy, statement)),
        ...doubtsOf(policy, (place) => isAboutActions(place) && !isDenied(policy, place)),
    ];
}

function judgeStatement(
    { resource, path }: WrittenPolicy,
    statement: PolicyStatement,
): readonly Observation[] {
    const { index, sid, action, notAction, notResource } = statement;
    const name = sid === undefined ? `Statement[${index}]` : `the statement "${sid}"`;
    const place = `${formatPath(path)}: ${name}`;
    const wide = (action?.values ?? []).filter(matchesWholeService);
    return [
        ...wide.map((pattern) =>
            failed(
                resource,
                path,
                `${place} allows "${pattern}", every action${pattern.includes(":") ? " of the service" : " of AWS"}`,
                `${sid ?? ""} ${pattern}`.trim(),
            ),
        ),
        ...(notAction === undefined
            ? []
            : [
                  failed(
                      resource,
                      path,
                      `${place} allows everything but ${notAction.values.join(", ")} (NotAction)`,
                      `${sid ?? ""} NotAction`.trim(),
                  ),
              ]),
        ...(notResource === undefined
            ? []
            : [
                  failed(
                      resource,
                      path,
                      `${place} allows its actions on everything but ${notResource.values.join(", ")} (NotResource)`,
                      `${sid ?? ""} NotResource`.trim(),
                  ),
              ]),
    ];
}

/** Unknown resources, principals and conditions change nothing here. */
function isAboutActions(place: string): boolean {
    return /^(|Statement(\[\d+\])?|Statement\[\d+\]\.(Effect|Action))$/.test(place);
}

function isDenied({ document }: WrittenPolicy, place: string): boolean {
    const index = Number(/\[(\d+)\]/.exec(place)?.[1] ?? -1);
    return document.statements.some(
        (statement) => statement.index === index && statement.effect === "Deny",
    );
}

import { matchesWholeService } from "../../aws/action-pattern";
import type { PolicyStatement } from "../../aws/policy-document";
import {
    doubtsOf,
    identityPolicyReads,
    inlinePolicyTypes,
    judgeIdentityPolicies,
    type WrittenPolicy,
} from "../reading/identity-policies";
import { failed } from "../reading/observations";
import { statementPlace, statementSubject } from "../reading/statements";
import type { Observation, Rule } from "./rule";

/** No identity policy allows every action of a service, or everything but a list. */
export const iamNoWildcardActions: Rule = {
    name: "iam-no-wildcard-actions",
    reads: identityPolicyReads,
    certainAlone: inlinePolicyTypes,
    judge: (context) => judgeIdentityPolicies(context, decide),
};

function decide(policy: WrittenPolicy): readonly Observation[] {
    const allowed = policy.document.statements.filter(({ effect }) => effect === "Allow");
    return [
        ...allowed.flatMap((statement) => judgeStatement(policy, statement)),
        ...doubtsOf(policy, (place) => isAboutActions(place) && !isDenied(policy, place)),
    ];
}

function judgeStatement(policy: WrittenPolicy, statement: PolicyStatement): readonly Observation[] {
    const { action, notAction, notResource } = statement;
    const report = (text: string, subject: string): Observation =>
        failed(
            policy.resource,
            policy.path,
            `${statementPlace(policy, statement)} allows ${text}`,
            statementSubject(statement, subject),
        );
    const wide = (action?.values ?? []).filter(matchesWholeService);
    return [
        ...wide.map((pattern) =>
            report(
                `"${pattern}", every action${pattern.includes(":") ? " of the service" : " of AWS"}`,
                pattern,
            ),
        ),
        ...(notAction === undefined
            ? []
            : [report(`everything but ${notAction.values.join(", ")} (NotAction)`, "NotAction")]),
        ...(notResource === undefined
            ? []
            : [
                  report(
                      `its actions on everything but ${notResource.values.join(", ")} (NotResource)`,
                      "NotResource",
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

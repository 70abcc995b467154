import type { BestDecision } from "../../aws/iam/ways";
import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath } from "../graph/peek";
import { isHidden, principalsOf } from "../reading/statements";
import { pathOf, type Access } from "./access";
import { askNamed } from "./ask";
import type { Target } from "./targets";

/** Access of those that the policy of a key or bucket names and that are no roles of this stack. */
export function namedAccess(graph: GraphIndex, target: Target): readonly Access[] {
    const { policy } = target;
    if (policy === undefined) {
        return [];
    }
    const hidden: BestDecision = {
        allowed: "maybe",
        doubts: [`${formatPath(policy.path)} is not known before deployment`],
        ways: [],
    };
    const names = new Set(
        policy.document.statements
            .filter(({ effect }) => effect === "Allow")
            .flatMap((statement) =>
                statement.notPrincipal === undefined
                    ? principalsOf(statement).map(({ name }) => name)
                    : ["*"],
            ),
    );
    return [
        ...(isHidden(policy.document)
            ? pathOf(undefined, "unknown", target, "*", hidden, [policy])
            : []),
        ...[...names]
            .filter((name) => !graph.identifiedBy(name).some(({ type }) => type === TypeToken.Role))
            .flatMap((name) =>
                target.actions.flatMap((action) => {
                    const decision = askNamed(graph, name, { ...target, action, policy });
                    return pathOf(undefined, name, target, action, decision, [policy]);
                }),
            ),
    ];
}

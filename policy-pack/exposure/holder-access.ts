import type { GraphIndex } from "../graph/graph-index";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { label } from "../reading/labels";
import { isHidden } from "../reading/statements";
import { openAccess, pathOf, type Access } from "./access";
import { askHolder, grantingPolicies, type Question } from "./ask";
import { mayAllow } from "./possible";
import type { Holder } from "./principals";
import type { Target } from "./targets";

/** Policies of a holder about which nothing is known. */
export function unreadPolicies({ resource, policies, foreign }: Holder): readonly Access[] {
    return [
        ...policies
            .filter(({ document }) => isHidden(document))
            .map((policy) => ({
                ...openAccess(
                    resource,
                    "*",
                    `${formatPath(policy.path)} ${policy.document.doubts[0]?.reason === "unknown" ? "is not known before deployment" : "cannot be read"}`,
                    [label(resource), label(policy.resource)],
                ),
                resource: policy.resource.urn,
                target: policy.resource,
            })),
        ...foreign.map((arn) =>
            openAccess(resource, "*", `the policy ${arn} is not in this stack`, [
                label(resource),
                `policy ${arn}`,
            ]),
        ),
    ];
}

/** One action on one target. */
type Act = Target & Question & { readonly resource: RegisteredResource };

/** All acts by action, and those among them on targets with a policy of their own. */
interface Acts {
    readonly all: readonly Act[];
    readonly governed: readonly Act[];
}

/** The acts on all targets, by their actions. */
export function actsOn(targets: readonly Target[]): ReadonlyMap<string, Acts> {
    const acts = targets.flatMap((target) =>
        target.actions.map((action): Act => ({ ...target, action })),
    );
    const byAction = new Map<string, Act[]>();
    for (const act of acts) {
        const list = byAction.get(act.action) ?? [];
        byAction.set(act.action, list);
        list.push(act);
    }
    return new Map(
        [...byAction].map(([action, all]) => [
            action,
            { all, governed: all.filter(({ policy }) => policy !== undefined) },
        ]),
    );
}

/** What the policies of a holder, and those of keys and buckets, let it do. */
export function accessOfHolder(
    graph: GraphIndex,
    holder: Holder,
    acts: ReadonlyMap<string, Acts>,
): readonly Access[] {
    const { resource } = holder;
    return [...acts].flatMap(([action, { all, governed }]) =>
        (mayAllow(holder, action) ? all : governed).flatMap((act) => {
            const decision = askHolder(graph, holder, act);
            if (decision.allowed === "no") {
                return [];
            }
            const granting = [
                ...grantingPolicies(holder, action),
                ...(act.policy === undefined ? [] : [act.policy]),
            ];
            return pathOf(resource, resource.urn, act, action, decision, granting);
        }),
    );
}

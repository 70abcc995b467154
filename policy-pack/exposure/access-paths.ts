import type { AccessPath } from "../../catalog/records/judged-stack";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import type { Scope } from "../graph/scope";
import { compareBy } from "../judging/order";
import { label } from "../reading/labels";
import { oncePerScope } from "../reading/memo";
import { openAccess, type Access } from "./access";
import { grantAccess } from "./grant-access";
import { accessOfHolder, actsOn, unreadPolicies } from "./holder-access";
import { namedAccess } from "./named-access";
import { holdersOf } from "./principals";
import { targetsOf, type Target } from "./targets";

/** What may be told of an error: its message may quote a property. */
export type DescribeError = (error: unknown) => string;

/**
 * Who may do what of danger to a key server, its keys and its audit trail: roles, users and groups of the stack, whoever will carry a managed
 * policy that the stack attaches to nobody, and whom policies of keys and buckets, and grants of keys, name. A policy that is not known at all is one entry, with
 * the action `*`.
 */
const accessOf = oncePerScope((graph, scope) =>
    sorted([
        ...holdersOf(graph).flatMap((holder) =>
            guarded(holder.resource, () => unreadPolicies(holder)),
        ),
        ...accessToKeys(graph, scope),
        ...accessTo(
            graph,
            targetsOf(graph, scope).filter((target) => !isKey(target)),
        ),
    ]),
);

/** The part of it that is about keys, which takes a fraction of the time. */
export const accessToKeys = oncePerScope((graph, scope) =>
    sorted(accessTo(graph, targetsOf(graph, scope).filter(isKey))),
);

function isKey({ decider }: Target): boolean {
    return decider === "key";
}

function accessTo(graph: GraphIndex, targets: readonly Target[]): readonly Access[] {
    const acts = actsOn(targets);
    return [
        ...holdersOf(graph).flatMap((holder) =>
            guarded(holder.resource, () => accessOfHolder(graph, holder, acts)),
        ),
        ...targets.flatMap((target) =>
            guarded(target.resource, () => [
                ...namedAccess(graph, target),
                ...grantAccess(graph, target),
            ]),
        ),
    ];
}

/** Each access once, in one order. */
function sorted(found: readonly Access[]): readonly Access[] {
    const distinct = new Map(
        found.map((path) => [
            [path.principal, path.action, path.resource, path.verdict, ...path.chain].join("\n"),
            path,
        ]),
    );
    return [...distinct.values()].sort(
        compareBy<Access>(
            ({ resource }) => resource,
            ({ action }) => action,
            ({ principal }) => principal,
            ({ chain }) => chain.join("\n"),
        ),
    );
}

/** The same as reports show it. */
export function accessPathsOf(
    graph: GraphIndex,
    scope: Scope,
    describeError: DescribeError,
): readonly AccessPath[] {
    return accessOf(graph, scope).map(
        ({ principal, action, resource, verdict, condition, requires, chain, error }) => ({
            principal,
            action,
            resource,
            verdict,
            condition: error === undefined ? condition : `${condition} (${describeError(error)})`,
            ...(requires === undefined ? {} : { requires }),
            chain,
        }),
    );
}

/** What could not be worked out is open, and hides nothing else. */
function guarded(
    resource: RegisteredResource,
    compute: () => readonly Access[],
): readonly Access[] {
    try {
        return compute();
    } catch (error) {
        const condition = "its access could not be worked out";
        return [{ ...openAccess(resource, "*", condition, [label(resource)]), error }];
    }
}

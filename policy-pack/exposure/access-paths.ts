import type { BestDecision, Way } from "../../aws/iam/ways";
import { TypeToken } from "../../aws/type-tokens";
import type { AccessPath } from "../../catalog/records/judged-stack";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { Scope } from "../graph/scope";
import { compareBy } from "../judging/order";
import type { WrittenPolicy } from "../reading/identity-policies";
import { label } from "../reading/labels";
import { isHidden, principalsOf } from "../reading/statements";
import { askHolder, askNamed, grantingPolicies, type Question } from "./ask";
import { mayAllow } from "./possible";
import { holdersOf, type Holder } from "./principals";
import { targetsOf, type Target } from "./targets";

/** What may be told of an error: its message may quote a property. */
export type DescribeError = (error: unknown) => string;

/** An access path with the resources that it is about. */
export interface Access extends AccessPath {
    /** Undefined for whom only the policy of a key or bucket names. */
    readonly holder: RegisteredResource | undefined;
    readonly target: RegisteredResource;
    readonly ways: readonly Way[];
    /** What kept the rest from being worked out. */
    readonly error?: unknown;
}

/**
 * Who may do what of danger to a key server, its keys and its audit trail: roles, users and groups of the stack, whoever will carry a managed
 * policy that the stack attaches to nobody, and whom policies of keys and buckets name. A policy that is not known at all is one entry, with
 * the action `*`.
 */
export function accessOf(graph: GraphIndex, scope: Scope): readonly Access[] {
    const known = computed.get(scope);
    const access = known ?? computeAccess(graph, scope);
    computed.set(scope, access);
    return access;
}

/** A scope belongs to one graph, and both do not change. */
const computed = new WeakMap<Scope, readonly Access[]>();

function computeAccess(graph: GraphIndex, scope: Scope): readonly Access[] {
    const targets = targetsOf(graph, scope);
    const acts = actsOn(targets);
    const found = [
        ...holdersOf(graph).flatMap((holder) =>
            guarded(holder.resource, () => [
                ...unreadPolicies(holder),
                ...accessOfHolder(graph, holder, acts),
            ]),
        ),
        ...targets.flatMap((target) => guarded(target.resource, () => namedAccess(graph, target))),
    ];
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
        return [{ ...open(resource, "*", condition, [label(resource)]), error }];
    }
}

function open(
    resource: RegisteredResource,
    action: string,
    condition: string,
    chain: readonly string[],
): Access {
    return {
        principal: resource.urn,
        action,
        resource: resource.urn,
        verdict: "indeterminate",
        condition,
        chain,
        holder: resource,
        target: resource,
        ways: [],
    };
}

/** Policies of a holder about which nothing is known. */
function unreadPolicies({ resource, policies, foreign }: Holder): readonly Access[] {
    return [
        ...policies
            .filter(({ document }) => isHidden(document))
            .map((policy) => ({
                ...open(
                    resource,
                    "*",
                    `${formatPath(policy.path)} ${policy.document.doubts[0]?.reason === "unknown" ? "is not known before deployment" : "cannot be read"}`,
                    [label(resource), label(policy.resource)],
                ),
                resource: policy.resource.urn,
                target: policy.resource,
            })),
        ...foreign.map((arn) =>
            open(resource, "*", `the policy ${arn} is not in this stack`, [
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

function actsOn(targets: readonly Target[]): ReadonlyMap<string, Acts> {
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

function accessOfHolder(
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

/** Access of those that the policy of a key or bucket names and that are no roles of this stack. */
function namedAccess(graph: GraphIndex, target: Target): readonly Access[] {
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
            .flatMap((statement) => principalsOf(statement))
            .map(({ name }) => name),
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

function pathOf(
    holder: RegisteredResource | undefined,
    principal: string,
    { resource }: Target,
    action: string,
    { allowed, doubts, ways }: BestDecision,
    granting: readonly WrittenPolicy[],
): readonly Access[] {
    if (allowed === "no") {
        return [];
    }
    const links = granting.map((policy) => `${label(policy.resource)} ${formatPath(policy.path)}`);
    const demands = ways.filter(({ size }) => size > 0).map(describeWay);
    return [
        {
            principal,
            action,
            resource: resource.urn,
            verdict: allowed === "yes" ? "allowed" : "indeterminate",
            condition: allowed === "yes" ? "" : doubts.join("; "),
            ...(demands.length === 0 ? {} : { requires: demands }),
            chain: [
                ...new Set([
                    holder === undefined ? principal : label(holder),
                    ...links,
                    label(resource),
                ]),
            ],
            holder,
            target: resource,
            ways,
        },
    ];
}

/** `aws:multifactorauthpresent = true and kms:viaservice = …`. */
function describeWay(way: Way): string {
    return [...way].map(([key, value]) => `${key} = ${value}`).join(" and ");
}

import type { AccessPath } from "../../catalog/records/judged-stack";
import type { PolicyDocument } from "../../aws/policy-document";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { Scope } from "../graph/scope";
import { compareBy } from "../judging/order";
import { accountOf, homeAccounts } from "../reading/accounts";
import type { WrittenPolicy } from "../reading/identity-policies";
import { label } from "../reading/labels";
import { principalsOf } from "../reading/statements";
import { readText } from "../reading/values";
import { askIdentity, type Question } from "./decision";
import { decideAccess, type Decision } from "./decide-access";
import { rolePermissions, type RolePermissions } from "./principals";
import { targetsOf, type Target } from "./targets";

/**
 * Who may do what of danger to a key server, its keys and its audit trail: the roles of the stack, and whom policies of keys and
 * buckets name. A policy that is not known at all is one entry, with the action `*`.
 */
export function accessPathsOf(graph: GraphIndex, scope: Scope): readonly AccessPath[] {
    const targets = targetsOf(graph, scope);
    const roles = rolePermissions(graph);
    const [account, ...others] = [...homeAccounts(graph)];
    const home = others.length === 0 ? account : undefined;
    const acts = actsOn(targets);
    const paths = [
        ...roles.flatMap((role) => [...unreadPolicies(role), ...accessOfRole(role, acts, home)]),
        ...targets.flatMap((target) => namedAccess(graph, target, home)),
    ];
    const distinct = new Map(paths.map((path) => [JSON.stringify(path), path]));
    return [...distinct.values()].sort(
        compareBy<AccessPath>(
            ({ resource }) => resource,
            ({ action }) => action,
            ({ principal }) => principal,
            ({ chain }) => chain.join("\n"),
        ),
    );
}

/** Whether nothing of a document could be read. */
function isUnread({ statements, doubts }: PolicyDocument): boolean {
    return statements.length === 0 && doubts.length > 0;
}

/** Policies of a role about which nothing is known. */
function unreadPolicies({ role, policies, foreign }: RolePermissions): readonly AccessPath[] {
    const entry = (resource: string, condition: string, via: string): AccessPath => ({
        principal: role.urn,
        action: "*",
        resource,
        verdict: "indeterminate",
        condition,
        chain: [label(role), via],
    });
    return [
        ...policies
            .filter(({ document }) => isUnread(document))
            .map(({ resource, path, document }) =>
                entry(
                    resource.urn,
                    `${formatPath(path)} ${document.doubts[0]?.reason === "unknown" ? "is not known before deployment" : "cannot be read"}`,
                    label(resource),
                ),
            ),
        ...foreign.map((arn) =>
            entry(role.urn, `the policy ${arn} is not in this stack`, `policy ${arn}`),
        ),
    ];
}

/** One action on one target. */
interface Act {
    readonly target: Target;
    readonly action: string;
}

/** Acts by action; those on targets without a policy apart, for only the caller's policies allow them. */
function actsOn(targets: readonly Target[]): {
    readonly own: readonly Act[];
    readonly callers: ReadonlyMap<string, readonly Act[]>;
} {
    const acts = targets.flatMap((target) => target.actions.map((action) => ({ target, action })));
    const hasPolicy = ({ target }: Act): boolean => target.policy !== undefined;
    const callers = new Map<string, Act[]>();
    for (const act of acts.filter((each) => !hasPolicy(each))) {
        const list = callers.get(act.action) ?? [];
        callers.set(act.action, list);
        list.push(act);
    }
    return { own: acts.filter(hasPolicy), callers };
}

function accessOfRole(
    { role, policies, boundary }: RolePermissions,
    { own, callers }: ReturnType<typeof actsOn>,
    account: string | undefined,
): readonly AccessPath[] {
    const read = policies.filter(({ document }) => !isUnread(document));
    const identity = read.map(({ document }) => document);
    const principal = arnOfRole(role);
    const ask = (action: string, resource: string): Question => ({
        action,
        resource,
        principal,
        account,
    });
    const possible = [...callers].flatMap(([action, acts]) =>
        askIdentity(identity, ask(action, "*")).allow === "no" ? [] : acts,
    );
    return [...own, ...possible].flatMap(({ target, action }) => {
        const question = ask(action, target.arn);
        const { decider, policy } = target;
        const documents = { decider, identity, boundary, resource: policy?.document };
        const decision = decideAccess(documents, question);
        if (decision.allowed === "no") {
            return [];
        }
        const granting = read.filter(
            ({ document }) => askIdentity([document], question).allow !== "no",
        );
        const links = [...granting, ...(policy === undefined ? [] : [policy])];
        return pathOf(role.urn, label(role), target, action, decision, links);
    });
}

/** Access of those that the policy of a key or bucket names and that are no roles of this stack. */
function namedAccess(
    graph: GraphIndex,
    target: Target,
    account: string | undefined,
): readonly AccessPath[] {
    const { policy } = target;
    if (policy === undefined) {
        return [];
    }
    const unread = policy.document.doubts.length > 0 && policy.document.statements.length === 0;
    const hidden: Decision = {
        allowed: "maybe",
        doubts: [`${formatPath(policy.path)} is not known before deployment`],
    };
    const names = new Set(
        policy.document.statements
            .filter(({ effect }) => effect === "Allow")
            .flatMap((statement) => principalsOf(statement))
            .map(({ name }) => name),
    );
    return [
        ...(unread ? pathOf("unknown", "unknown", target, "*", hidden, [policy]) : []),
        ...[...names]
            .filter((name) => !graph.identifiedBy(name).some(({ type }) => type.endsWith(":Role")))
            .flatMap((name) =>
                target.actions.flatMap((action) => {
                    const question: Question = {
                        action,
                        resource: target.arn,
                        principal: name,
                        account: accountOf(name) ?? account,
                    };
                    const decision = decideAccess(
                        {
                            decider: "bucket",
                            identity: [],
                            boundary: undefined,
                            resource: policy.document,
                        },
                        question,
                    );
                    return pathOf(name, name, target, action, decision, [policy]);
                }),
            ),
    ];
}

function pathOf(
    principal: string,
    shown: string,
    { resource }: Target,
    action: string,
    { allowed, doubts }: Decision,
    policies: readonly WrittenPolicy[],
): readonly AccessPath[] {
    if (allowed === "no") {
        return [];
    }
    const links = policies.map((policy) => `${label(policy.resource)} ${formatPath(policy.path)}`);
    return [
        {
            principal,
            action,
            resource: resource.urn,
            verdict: allowed === "yes" ? "allowed" : "indeterminate",
            condition: allowed === "yes" ? "" : doubts.join("; "),
            chain: [...new Set([shown, ...links, label(resource)])],
        },
    ];
}

/** The ARN of a role, as far as it is known. */
function arnOfRole(role: RegisteredResource): string {
    const arn = readText(role.properties, ["arn"]);
    if (arn.kind === "known") {
        return arn.value;
    }
    const name = readText(role.properties, ["name"]);
    return `arn:*:iam::*:role/*${name.kind === "known" ? name.value : `${role.name}-*`}`;
}

import { managedPolicyDocument } from "../../aws/iam/managed-policies";
import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import {
    identityPoliciesOf,
    unknownPolicy,
    type WrittenPolicy,
} from "../reading/identity-policies";
import { elementPaths } from "../reading/interfaces";
import { oncePerGraph } from "../reading/memo";
import {
    attachedPolicies,
    awsManagedName,
    boundaryPath,
    policyUse,
    type AttachedPolicy,
} from "../reading/policy-attachments";

/** Whoever holds permissions in a stack, with what is written about them. */
export interface Holder {
    /**
     * A role, user or group. A managed policy that this stack attaches to nobody, and what gives permissions to a holder that is not known
     * yet, stand for whoever will carry them.
     */
    readonly resource: RegisteredResource;
    readonly policies: readonly WrittenPolicy[];
    /** Managed policies outside this stack, by ARN or by why they are not known. */
    readonly foreign: readonly string[];
    /** Undefined without a boundary; a boundary outside this stack is a document that is not known. */
    readonly boundary: WrittenPolicy | undefined;
}

const holderTypes = [TypeToken.Role, TypeToken.User, TypeToken.Group];

/** Resources that give a holder permissions, with the properties that name the holders. */
const granting: Readonly<Record<string, readonly string[]>> = {
    [TypeToken.RolePolicy]: ["role"],
    [TypeToken.UserPolicy]: ["user"],
    [TypeToken.GroupPolicy]: ["group"],
    [TypeToken.RolePolicyAttachment]: ["role"],
    [TypeToken.UserPolicyAttachment]: ["user"],
    [TypeToken.GroupPolicyAttachment]: ["group"],
    [TypeToken.PolicyAttachment]: ["roles", "users", "groups"],
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": ["roleName"],
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": ["userName"],
    "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": ["groupName"],
};

/** Every holder of permissions in the graph: inline, attached in each of the ways, and bounded. */
export const holdersOf = oncePerGraph((graph): readonly Holder[] => {
    const { grants, unplaced } = grantsByHolder(graph);
    const attached = new Set<RegisteredResource>();
    const carriers = [...graph.ofType(...holderTypes), ...unplaced.map(({ grant }) => grant)];
    const holders = carriers.map((resource): Holder => {
        const sources = [resource, ...(grants.get(resource) ?? [])];
        const links = sources.flatMap((source) =>
            attachedPolicies(graph, source).map((link) => ({ source, link })),
        );
        const managed = links.flatMap(({ link }) =>
            link.kind === "resources" ? link.policies : [],
        );
        managed.forEach((policy) => attached.add(policy));
        const named = links.map(({ source, link }) => namedPolicy(source, link));
        return {
            resource,
            policies: [
                ...[...new Set([...sources, ...managed])].flatMap(identityPoliciesOf),
                ...named.flatMap(({ written }) => written ?? []),
            ],
            foreign: named.flatMap(({ foreign }) => foreign ?? []),
            boundary: boundaryOf(graph, resource),
        };
    });
    const { bounding } = policyUse(graph);
    const loose = graph
        .ofType(TypeToken.Policy)
        .filter((policy) => !attached.has(policy) && !bounding.has(policy))
        .map((resource): Holder => ({
            resource,
            policies: identityPoliciesOf(resource),
            foreign: [],
            boundary: undefined,
        }));
    return [...holders, ...loose];
});

/** The holders of a graph by their resource. */
export const holderByResource = oncePerGraph(
    (graph): ReadonlyMap<RegisteredResource, Holder> =>
        new Map(holdersOf(graph).map((holder) => [holder.resource, holder])),
);

/** Whoever holds a policy of this stack; itself alone where the stack does not show who. */
export function holdersOfPolicy(graph: GraphIndex, policy: WrittenPolicy): readonly Holder[] {
    return (
        holdersByPolicy(graph).get(policy.resource) ?? [
            { resource: policy.resource, policies: [policy], foreign: [], boundary: undefined },
        ]
    );
}

const holdersByPolicy = oncePerGraph((graph) => {
    const found = new Map<RegisteredResource, Holder[]>();
    for (const holder of holdersOf(graph)) {
        for (const resource of new Set(holder.policies.map((policy) => policy.resource))) {
            const list = found.get(resource) ?? [];
            found.set(resource, list);
            list.push(holder);
        }
    }
    return found;
});

/** What gives permissions to a holder that is not known before deployment. */
export interface UnplacedGrant {
    readonly grant: RegisteredResource;
    /** Where it names the holder. */
    readonly path: PropertyPath;
}

interface Grants {
    readonly grants: ReadonlyMap<RegisteredResource, readonly RegisteredResource[]>;
    readonly unplaced: readonly UnplacedGrant[];
}

const grantsByHolder = oncePerGraph((graph): Grants => {
    const found = new Map<RegisteredResource, RegisteredResource[]>();
    const unplaced = new Map<RegisteredResource, UnplacedGrant>();
    for (const [type, properties] of Object.entries(granting)) {
        for (const grant of graph.ofType(type)) {
            for (const path of properties.flatMap((property) => elementPaths(grant, [property]))) {
                const holders = graph.reference(grant, path, holderTypes);
                if (holders.kind === "unknown") {
                    unplaced.set(grant, { grant, path });
                }
                for (const holder of holders.resources) {
                    const list = found.get(holder) ?? [];
                    found.set(holder, list);
                    list.push(grant);
                }
            }
        }
    }
    return { grants: found, unplaced: [...unplaced.values()] };
});

/** What gives permissions to roles that are not known before deployment. */
export function unplacedRoleGrants(graph: GraphIndex): readonly UnplacedGrant[] {
    return grantsByHolder(graph).unplaced.filter(({ path }) => /^role/.test(String(path[0])));
}

/** A managed policy outside this stack: its document where AWS's own is known, else its name. */
function namedPolicy(
    resource: RegisteredResource,
    link: AttachedPolicy,
): { readonly written?: WrittenPolicy; readonly foreign?: string } {
    switch (link.kind) {
        case "resources":
            return {};
        case "open":
            return { foreign: "an attached policy that is not known" };
        case "arn": {
            const document = managedPolicyDocument(awsManagedName(link.arn) ?? "");
            return document === undefined
                ? { foreign: link.arn }
                : { written: { resource, path: link.path, document } };
        }
    }
}

function boundaryOf(graph: GraphIndex, holder: RegisteredResource): WrittenPolicy | undefined {
    const reference = graph.reference(holder, boundaryPath, [TypeToken.Policy]);
    if (reference.kind === "absent") {
        return undefined;
    }
    const [policy] = reference.resources;
    const [written] = policy === undefined ? [] : identityPoliciesOf(policy);
    return written ?? unknownPolicy(holder, boundaryPath);
}

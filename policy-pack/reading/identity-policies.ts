import { readPolicyDocument, type PolicyDocument } from "../../aws/policy-document";
import { bucketTypes, TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath, peek, type PropertyPath } from "../graph/peek";
import { UNKNOWN, type RegisteredResource } from "../graph/resource";
import type { Observation, RuleContext } from "../rules/rule";
import { notApplicable, settle, undecided } from "./observations";
import { policyUse } from "./policy-attachments";
import { open, readElements, valueAt } from "./values";

/** A policy document where it is written. */
export interface WrittenPolicy {
    readonly resource: RegisteredResource;
    readonly path: PropertyPath;
    readonly document: PolicyDocument;
}

/** Resources that state permissions of a role, user or group, with the property that holds the document. */
const documentPaths: Readonly<Record<string, PropertyPath>> = {
    [TypeToken.RolePolicy]: ["policy"],
    [TypeToken.Policy]: ["policy"],
    [TypeToken.UserPolicy]: ["policy"],
    [TypeToken.GroupPolicy]: ["policy"],
};

/** Type tokens that hold identity policies. */
export const identityPolicyReads: readonly string[] = [
    TypeToken.Role,
    ...Object.keys(documentPaths),
];

/** Types whose policies give permissions whatever else there is: a managed policy may be nothing but a boundary. */
export const inlinePolicyTypes: readonly string[] = identityPolicyReads.filter(
    (type) => type !== TypeToken.Policy,
);

/** Every identity policy of a resource: a role's inline policies, or the one document of a policy resource. */
export function identityPoliciesOf(resource: RegisteredResource): readonly WrittenPolicy[] {
    if (resource.type === TypeToken.Role) {
        const inline = readElements(resource.properties, ["inlinePolicies"]);
        const paths =
            inline.kind === "known"
                ? inline.value.map((path): PropertyPath => [...path, "policy"])
                : inline.kind === "open"
                  ? [["inlinePolicies"]]
                  : [];
        // An element without a document is the provider's way to say that there are no inline policies.
        return paths.flatMap((path) => policyAt(resource, path) ?? []);
    }
    const path = documentPaths[resource.type];
    return path === undefined ? [] : [policyAt(resource, path) ?? unreadable(resource, path)];
}

/** The policy document at a path; undefined when there is none. */
export function policyAt(
    resource: RegisteredResource,
    path: PropertyPath,
): WrittenPolicy | undefined {
    const found = peek(resource.properties, path);
    // A bucket without a policy has an empty one in what the provider reads back.
    const isEmptyOutput =
        bucketTypes.includes(resource.type) && valueAt(resource.properties, path) === "";
    if (found.kind === "absent" || isEmptyOutput) {
        return undefined;
    }
    const value = found.kind === "known" ? open(found.value) : UNKNOWN;
    return { resource, path, document: readPolicyDocument(value) };
}

/**
 * Judges every identity policy in scope, one observation at least for each resource that states some. A policy is in scope with the holder
 * that it belongs to; one that only bounds others gives nothing, so there is nothing to judge.
 */
export function* judgeIdentityPolicies(
    { graph, scope }: Pick<RuleContext, "graph" | "scope">,
    decide: (policy: WrittenPolicy) => readonly Observation[],
): Generator<Observation> {
    const { attached, bounding } = policyUse(graph);
    for (const resource of graph.ofType(...identityPolicyReads)) {
        const judged = [resource, ...ownersOf(graph, resource)];
        if (judged.some((other) => scope.includes(other))) {
            yield* bounding.has(resource) && !attached.has(resource)
                ? [notApplicable(resource)]
                : settle(resource, identityPoliciesOf(resource).flatMap(decide));
        }
    }
}

/** The role of this stack that an inline policy belongs to. */
function ownersOf(graph: GraphIndex, resource: RegisteredResource): readonly RegisteredResource[] {
    return resource.type === TypeToken.RolePolicy
        ? graph.reference(resource, ["role"], [TypeToken.Role]).resources
        : [];
}

/** What of a document could not be read. */
export function doubtsOf(
    { resource, path, document }: WrittenPolicy,
    isRelevant: (place: string) => boolean,
): readonly Observation[] {
    return document.doubts
        .filter(({ place }) => isRelevant(place))
        .map(({ place, reason }) => {
            const where = place === "" ? formatPath(path) : `${formatPath(path)}: ${place}`;
            const why = reason === "unknown" ? "is not known before deployment" : "cannot be read";
            return undecided(resource, path, `${where} ${why}`, place);
        });
}

function unreadable(resource: RegisteredResource, path: PropertyPath): WrittenPolicy {
    return { resource, path, document: readPolicyDocument(undefined) };
}

/** A policy of which nothing is known, where a property names it. */
export function unknownPolicy(resource: RegisteredResource, path: PropertyPath): WrittenPolicy {
    return { resource, path, document: readPolicyDocument(UNKNOWN) };
}

import { TypeToken } from "../../aws/type-tokens";
import type { PropertyPath } from "../graph/peek";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { oncePerGraph } from "./memo";
import { readElements, readText } from "./values";

/** Resources that attach managed policies, with the property that names one or several. */
const attachingProperties: Readonly<Record<string, string>> = {
    [TypeToken.Role]: "managedPolicyArns",
    [TypeToken.RolePolicyAttachment]: "policyArn",
    [TypeToken.UserPolicyAttachment]: "policyArn",
    [TypeToken.GroupPolicyAttachment]: "policyArn",
    [TypeToken.PolicyAttachment]: "policyArn",
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": "policyArns",
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": "policyArns",
    "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": "policyArns",
};

/** Type tokens that attach managed policies. */
export const attachmentReads: readonly string[] = Object.keys(attachingProperties);

/** A managed policy where it is attached. */
export type AttachedPolicy =
    /** A policy of this stack, which is judged itself. */
    | {
          readonly kind: "resources";
          readonly path: PropertyPath;
          readonly policies: readonly RegisteredResource[];
      }
    | { readonly kind: "arn"; readonly path: PropertyPath; readonly arn: string }
    | { readonly kind: "open"; readonly path: PropertyPath; readonly why: string };

/** The managed policies that a resource attaches. */
export function attachedPolicies(
    graph: GraphIndex,
    resource: RegisteredResource,
): readonly AttachedPolicy[] {
    const property = attachingProperties[resource.type];
    if (property === undefined) {
        return [];
    }
    const list = readElements(resource.properties, [property]);
    const paths = list.kind === "known" ? list.value : list.kind === "open" ? [[property]] : [];
    return paths.map((path): AttachedPolicy => {
        const reference = graph.reference(resource, path, [TypeToken.Policy]);
        if (reference.kind === "resources") {
            return { kind: "resources", path, policies: reference.resources };
        }
        const arn = readText(resource.properties, path);
        return arn.kind === "known"
            ? { kind: "arn", path, arn: arn.value }
            : { kind: "open", path, why: arn.kind === "open" ? arn.why : "is empty" };
    });
}

/** How the managed policies of a stack are used, as far as it shows. */
export interface PolicyUse {
    readonly attached: ReadonlySet<RegisteredResource>;
    /** Boundaries of roles and users: they limit, and give nothing. */
    readonly bounding: ReadonlySet<RegisteredResource>;
}

/** Reads it for all policies of a stack. */
export const policyUse = oncePerGraph((graph): PolicyUse => {
    const attached = graph
        .ofType(...attachmentReads)
        .flatMap((resource) => attachedPolicies(graph, resource))
        .flatMap((link) => (link.kind === "resources" ? link.policies : []));
    const bounding = graph
        .ofType(TypeToken.Role, TypeToken.User)
        .flatMap((holder) => graph.reference(holder, boundaryPath, [TypeToken.Policy]).resources);
    return { attached: new Set(attached), bounding: new Set(bounding) };
});

/** The property of a role or user that names its boundary. */
export const boundaryPath: PropertyPath = ["permissionsBoundary"];

/** The name of a managed policy of AWS: the last part of an ARN without an account; undefined for customers' policies. */
export function awsManagedName(arn: string): string | undefined {
    return /^arn:[a-z0-9-]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
}

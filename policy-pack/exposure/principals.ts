import { readPolicyDocument, type PolicyDocument } from "../../aws/policy-document";
import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { identityPoliciesOf, type WrittenPolicy } from "../reading/identity-policies";
import { elementPaths } from "../reading/interfaces";
import { oncePerGraph } from "../reading/memo";
import { readText } from "../reading/values";

/** A role of a stack with what is written about its permissions. */
export interface RolePermissions {
    readonly role: RegisteredResource;
    readonly policies: readonly WrittenPolicy[];
    /** Managed policies outside this stack, by ARN. */
    readonly foreign: readonly string[];
    /** Undefined without a boundary; a boundary outside this stack is a document that is not known. */
    readonly boundary: PolicyDocument | undefined;
}

/** Managed policies that allow nothing of what `dangerousActions` lists. Source: AWS managed policy reference. */
const harmless = /:policy\/(AmazonSSMManagedInstanceCore|CloudWatchAgentServerPolicy)$/;

/** Every role of the graph with its permissions: inline, attached in each of the ways, and bounded. */
export const rolePermissions = oncePerGraph((graph): readonly RolePermissions[] => {
    const attached = attachmentsByRole(graph);
    return graph.ofType(TypeToken.Role).map((role) => {
        const found = [
            ...elementPaths(role, ["managedPolicyArns"]).map((path) => ({ from: role, path })),
            ...(attached.get(role) ?? []),
        ].map(({ from, path }) => ({
            reference: graph.reference(from, path, [TypeToken.Policy]),
            text: readText(from.properties, path),
        }));
        const managed = found.flatMap(({ reference }) => reference.resources);
        const named = found
            .filter(({ reference }) => reference.resources.length === 0)
            .flatMap(({ text }) =>
                text.kind === "known"
                    ? [text.value]
                    : text.kind === "open"
                      ? ["an attached policy that is not known"]
                      : [],
            );
        return {
            role,
            policies: [
                ...identityPoliciesOf(role),
                ...(inlineByRole(graph).get(role) ?? []).flatMap(identityPoliciesOf),
                ...managed.flatMap(identityPoliciesOf),
            ],
            foreign: named.filter((arn) => !harmless.test(arn)),
            boundary: boundaryOf(graph, role),
        };
    });
});

const inlineByRole = oncePerGraph((graph) => {
    const found = new Map<RegisteredResource, RegisteredResource[]>();
    for (const policy of graph.ofType(TypeToken.RolePolicy)) {
        for (const role of graph.reference(policy, ["role"], [TypeToken.Role]).resources) {
            found.set(role, [...(found.get(role) ?? []), policy]);
        }
    }
    return found;
});

interface Attachment {
    readonly from: RegisteredResource;
    readonly path: PropertyPath;
}

function attachmentsByRole(
    graph: GraphIndex,
): ReadonlyMap<RegisteredResource, readonly Attachment[]> {
    const found = new Map<RegisteredResource, Attachment[]>();
    const forms = [
        { type: TypeToken.RolePolicyAttachment, roles: "role" },
        { type: TypeToken.PolicyAttachment, roles: "roles" },
    ];
    for (const { type, roles } of forms) {
        for (const from of graph.ofType(type)) {
            for (const path of elementPaths(from, [roles])) {
                for (const role of graph.reference(from, path, [TypeToken.Role]).resources) {
                    const list = found.get(role) ?? [];
                    found.set(role, [...list, { from, path: ["policyArn"] }]);
                }
            }
        }
    }
    return found;
}

function boundaryOf(graph: GraphIndex, role: RegisteredResource): PolicyDocument | undefined {
    const path = ["permissionsBoundary"];
    const reference = graph.reference(role, path, [TypeToken.Policy]);
    if (reference.kind === "absent") {
        return undefined;
    }
    const [policy] = reference.resources;
    const [written] = policy === undefined ? [] : identityPoliciesOf(policy);
    return written?.document ?? readPolicyDocument(Symbol("unknown"));
}

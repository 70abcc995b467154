import { customerKeyTypes, TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { oncePerGraph } from "./memo";
import { readElements, readText, type Reading } from "./values";

/** Where a grant names who gets it. */
export const granteePath = ["granteePrincipal"];

/** Who gets a grant: roles and users of this stack, or whom a text names. */
type Grantee =
    | { readonly kind: "resources"; readonly resources: readonly RegisteredResource[] }
    | Reading<string>;

/** Types whose ARN a grant may name; a role that a service brings along is the account's own as well. */
const granteeTypes = [TypeToken.Role, TypeToken.User, TypeToken.ServiceLinkedRole];

/** Reads who gets a grant. */
export function granteeOf(graph: GraphIndex, grant: RegisteredResource): Grantee {
    const { resources } = graph.reference(grant, granteePath, granteeTypes);
    return resources.length > 0
        ? { kind: "resources", resources }
        : readText(grant.properties, granteePath);
}

/** The actions that a grant allows, such as `kms:Decrypt`, as far as they are known. */
export function grantedActions({ properties }: RegisteredResource): {
    readonly values: readonly string[];
    readonly open: boolean;
} {
    const operations = readElements(properties, ["operations"]);
    const read =
        operations.kind === "known" ? operations.value.map((at) => readText(properties, at)) : [];
    return {
        values: read.flatMap((name) => (name.kind === "known" ? [`kms:${name.value}`] : [])),
        open: operations.kind === "open" || read.some(({ kind }) => kind === "open"),
    };
}

/** Key → the grants of this stack that let somebody use it. */
export const grantsByKey = oncePerGraph(
    (graph): ReadonlyMap<RegisteredResource, readonly RegisteredResource[]> => {
        const found = new Map<RegisteredResource, RegisteredResource[]>();
        for (const grant of graph.ofType(TypeToken.KmsGrant)) {
            for (const key of graph.reference(grant, ["keyId"], customerKeyTypes).resources) {
                found.set(key, [...(found.get(key) ?? []), grant]);
            }
        }
        return found;
    },
);

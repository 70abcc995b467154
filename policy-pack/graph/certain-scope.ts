import type { GraphIndex } from "./graph-index";
import { markOf, typeChain } from "./marks";
import type { RegisteredResource } from "./resource";
import type { ScopeOptions } from "./scope";
import { matchesUrn } from "../../catalog/exemptions/urn-pattern";

/**
 * Whether a resource is in scope whatever else the stack holds. While a stack is being registered, marks of other resources may still
 * come, so the resource must speak for itself.
 */
export function isCertainlyInScope(
    resource: RegisteredResource,
    graph: GraphIndex,
    options: ScopeOptions,
): boolean {
    return (
        options.mode === "all" ||
        typeChain(resource.urn).some((type) => type.startsWith("keyward:index:")) ||
        options.keyServers.some((pattern) => matchesUrn(pattern, resource.urn)) ||
        markOf(resource, graph) === "marked"
    );
}

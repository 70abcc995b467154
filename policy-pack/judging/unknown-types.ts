import type { GraphIndex } from "../graph/graph-index";
import { neutralTypes } from "../graph/neutral-types";
import type { Scope } from "../graph/scope";
import { familyOf, type TypeFamily } from "../graph/type-families";
import type { Observation } from "../rules/rule";

const dangers: Readonly<Record<TypeFamily, string>> = {
    compute: "may run a key server",
    iam: "may let people act on a key server",
    network: "may let packets reach a key server",
    opaque: "may create any resource",
};

/**
 * One observation for every resource of a type that can weaken a key server and that no policy reads: nothing is known of it, and
 * that is not a pass.
 */
export function* observeUnknownTypes(
    graph: GraphIndex,
    scope: Scope,
    read: ReadonlySet<string>,
): Generator<Observation> {
    for (const resource of graph.resources) {
        const family = familyOf(resource.type);
        if (family === undefined || !scope.includes(resource)) {
            continue;
        }
        if (read.has(resource.type) || Object.hasOwn(neutralTypes, resource.type)) {
            continue;
        }
        yield {
            verdict: "indeterminate",
            resource,
            subject: "unknown-type",
            message: `no policy reads the type ${resource.type}, which ${dangers[family]}`,
        };
    }
}

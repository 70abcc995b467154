import type { Exposure } from "../catalog/records/judged-stack";
import { accessPathsOf } from "./exposure/access-paths";
import { networkPathsOf } from "./exposure/network-paths";
import type { GraphIndex } from "./graph/graph-index";
import type { Scope } from "./graph/scope";

/** Who can reach each key server of a stack, and who may do what to it. */
export function exposureOf(graph: GraphIndex, scope: Scope): Exposure {
    return { paths: networkPathsOf(graph, scope), access: accessPathsOf(graph, scope) };
}

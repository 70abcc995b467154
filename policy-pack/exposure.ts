import type { Exposure } from "../catalog/records/judged-stack";
import { accessPathsOf, type DescribeError } from "./exposure/access-paths";
import { networkPathsOf } from "./exposure/network-paths";
import type { GraphIndex } from "./graph/graph-index";
import type { Scope } from "./graph/scope";

/** Who can reach each key server of a stack, and who may do what to it. Never throws: what cannot be worked out is indeterminate. */
export function exposureOf(
    graph: GraphIndex,
    scope: Scope,
    describeError: DescribeError,
): Exposure {
    return {
        paths: networkPathsOf(graph, scope, describeError),
        access: accessPathsOf(graph, scope, describeError),
    };
}

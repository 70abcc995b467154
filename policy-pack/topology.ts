import type { Topology } from "../catalog/records/judged-stack";
import type { GraphIndex } from "./graph/graph-index";
import type { Scope } from "./graph/scope";

/** What the drawing of a deployment needs. */
export const topologyOf: (graph: GraphIndex, scope: Scope) => Topology = () => ({
    nodes: [],
    edges: [],
});

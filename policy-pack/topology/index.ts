import type { Topology } from "../../catalog/records/judged-stack";
import type { GraphIndex } from "../graph/graph-index";
import type { Scope } from "../graph/scope";
import { edgesOf } from "./edges";
import { nodesOf } from "./nodes";

/** What the drawing of a deployment needs: networks with subnets and servers, who may talk to whom, where logs go, what keys encrypt. */
export function topologyOf(graph: GraphIndex, scope: Scope): Topology {
    const nodes = nodesOf(graph, scope);
    const drawn = new Set(nodes.map(({ urn }) => urn));
    // An end that is a resource without a place in the drawing, such as a volume, would be drawn as a stranger.
    const isShown = (end: string): boolean => drawn.has(end) || graph.byUrn(end) === undefined;
    return {
        nodes,
        edges: edgesOf(graph, scope).filter(({ from, to }) => isShown(from) && isShown(to)),
    };
}

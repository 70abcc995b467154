import type { GraphIndex } from "../graph/graph-index";

/** Computes something about a graph once, however many rules ask for it. */
export function oncePerGraph<T>(compute: (graph: GraphIndex) => T): (graph: GraphIndex) => T {
    const results = new WeakMap<GraphIndex, { readonly value: T }>();
    return (graph) => {
        const known = results.get(graph);
        if (known !== undefined) {
            return known.value;
        }
        const value = compute(graph);
        results.set(graph, { value });
        return value;
    };
}

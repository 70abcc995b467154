import type { GraphIndex } from "../graph/graph-index";
import type { Scope } from "../graph/scope";

/** Computes something about a graph once, however many rules ask for it. */
export function oncePerGraph<T>(compute: (graph: GraphIndex) => T): (graph: GraphIndex) => T {
    return oncePer((graph) => graph, compute);
}

/** Computes something about a scope once: it belongs to one graph, and both do not change. */
export function oncePerScope<T>(
    compute: (graph: GraphIndex, scope: Scope) => T,
): (graph: GraphIndex, scope: Scope) => T {
    return oncePer((_, scope) => scope, compute);
}

function oncePer<Arguments extends readonly unknown[], T>(
    keyOf: (...asked: Arguments) => object,
    compute: (...asked: Arguments) => T,
): (...asked: Arguments) => T {
    const results = new WeakMap<object, { readonly value: T }>();
    return (...asked) => {
        const key = keyOf(...asked);
        const known = results.get(key);
        if (known !== undefined) {
            return known.value;
        }
        const value = compute(...asked);
        results.set(key, { value });
        return value;
    };
}

import { compareBy } from "../../policy-pack/judging/order";
import type { SavedResource } from "./saved-resource";

/**
 * The resources in an order that follows from the graph alone, not from the moments at which a program registered them: by URN, but each
 * after its parent, its provider and what it depends on, as the engine writes them into a state.
 */
export function inDependencyOrder(resources: readonly SavedResource[]): readonly SavedResource[] {
    const sorted = [...resources].sort(compareBy<SavedResource>(({ urn }) => urn));
    const unvisited = new Map(sorted.map((resource) => [resource.urn, resource]));
    const ordered: SavedResource[] = [];
    for (const root of sorted) {
        const path = unvisited.delete(root.urn) ? [visit(root)] : [];
        for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
            const needed = last.needed.next();
            if (needed.done === true) {
                ordered.push(last.resource);
                path.pop();
                continue;
            }
            const resource = unvisited.get(needed.value);
            if (resource !== undefined) {
                unvisited.delete(resource.urn);
                path.push(visit(resource));
            }
        }
    }
    return ordered;
}

/** A resource with the URNs of what it needs that were not looked at yet. */
function visit(resource: SavedResource): {
    readonly resource: SavedResource;
    readonly needed: Iterator<string>;
} {
    const { parent, provider, dependencies = [] } = resource;
    const needed = [
        ...(parent === undefined ? [] : [parent]),
        // A reference to a provider is its URN, `::` and its id.
        ...(provider === undefined ? [] : [provider.slice(0, provider.lastIndexOf("::"))]),
        ...dependencies,
    ];
    return { resource, needed: needed.values() };
}

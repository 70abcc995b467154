import type { TopologyNode } from "../../../catalog/records/judged-stack";
import { groupBy } from "../../group-by";

/** Which nodes stand inside which. */
export interface Tree {
    readonly roots: readonly TopologyNode[];
    readonly children: ReadonlyMap<string, readonly TopologyNode[]>;
}

/**
 * Builds the tree of a topology. A node inside an unknown node, or inside itself over some steps, is a root: it is drawn in any case.
 */
export function drawableTree(nodes: readonly TopologyNode[]): Tree {
    const unique = [...new Map(nodes.map((node) => [node.urn, node])).values()];
    const byUrn = new Map(unique.map((node) => [node.urn, node]));
    const parentOf = (node: TopologyNode): string =>
        byUrn.has(node.inside) && !isInsideItself(node, byUrn) ? node.inside : "";
    const children = groupBy(unique, parentOf);
    return { roots: children.get("") ?? [], children };
}

function isInsideItself(node: TopologyNode, byUrn: ReadonlyMap<string, TopologyNode>): boolean {
    const seen = new Set<string>();
    let place: TopologyNode | undefined = node;
    while (place !== undefined && !seen.has(place.urn)) {
        seen.add(place.urn);
        place = byUrn.get(place.inside);
    }
    return place !== undefined && place.urn === node.urn;
}

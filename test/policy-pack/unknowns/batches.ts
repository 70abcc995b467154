import type { RegisteredResource } from "../../../policy-pack/graph/resource";

/** Puts changes together, one of each resource at most, so that they can be asked about at once. */
export function batchesOf<T extends { readonly resource: RegisteredResource }>(
    changes: readonly T[],
): readonly (readonly T[])[] {
    const batches: T[][] = [];
    const used = new Map<RegisteredResource, number>();
    for (const change of changes) {
        const index = used.get(change.resource) ?? 0;
        used.set(change.resource, index + 1);
        (batches[index] ??= []).push(change);
    }
    return batches;
}

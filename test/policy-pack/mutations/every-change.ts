import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { editsOf } from "./graph-edits";
import { withValue } from "./leaves";
import { changesOf } from "./operators";
import { representatives } from "./representatives";
import { WeaknessFinder } from "./weakness-finder";

/** One mechanical change of a stack, and who notices it. */
export interface Change {
    readonly type: string;
    readonly name: string;
    /** Where in the inputs, without the indexes of lists; empty for an edit of whole resources. */
    readonly path: string;
    readonly operator: string;
    /** Names of the policies that newly find something. */
    readonly caughtBy: readonly string[];
}

/** Changes the inputs of a stack one by one, in every way that fits them. */
export function changeLeaves(resources: readonly RegisteredResource[]): readonly Change[] {
    const finder = new WeaknessFinder(resources);
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    return [...representatives(resources)].flatMap(({ resource, place, pattern }) =>
        changesOf(place, resource, byUrn).map(({ operator, value }) => ({
            type: resource.type,
            name: resource.name,
            path: pattern,
            operator,
            caughtBy: finder.afterChange(
                resource,
                String(place.steps[0]),
                withValue(resource, place, value),
            ),
        })),
    );
}

/** Takes resources away, lays others beside them and unties them, one by one. */
export function editGraph(resources: readonly RegisteredResource[]): readonly Change[] {
    const finder = new WeaknessFinder(resources);
    return [...editsOf(resources)].map(({ resource, edit, graph }) => ({
        type: resource.type,
        name: resource.name,
        path: "",
        operator: edit,
        caughtBy: finder.inGraph(graph),
    }));
}

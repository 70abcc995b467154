import type { GraphIndex } from "./graph-index";
import { SecretValue, type RegisteredResource } from "./resource";
import { isProviderType } from "./wire-resource";

/** Which resources of a graph are tied to which. Built once, look-ups are constant time. */
export class Links {
    private readonly forward = new Map<RegisteredResource, readonly RegisteredResource[]>();
    private readonly backward = new Map<RegisteredResource, RegisteredResource[]>();

    public constructor(graph: GraphIndex) {
        for (const resource of graph.resources) {
            const targets = targetsOf(resource, graph);
            this.forward.set(resource, targets);
            for (const target of targets) {
                const sources = this.backward.get(target);
                if (sources === undefined) {
                    this.backward.set(target, [resource]);
                } else {
                    sources.push(resource);
                }
            }
        }
    }

    /** What a resource takes values from, waits for, or names by a known id, ARN or name. */
    public from = (resource: RegisteredResource): readonly RegisteredResource[] =>
        this.forward.get(resource) ?? [];

    /** The resources that do so with this one. */
    public to = (resource: RegisteredResource): readonly RegisteredResource[] =>
        this.backward.get(resource) ?? [];
}

/** Everything that these resources reach in steps of `next`, themselves included; what `stop` names is never entered. */
export function reach(
    from: Iterable<RegisteredResource>,
    next: (resource: RegisteredResource) => readonly RegisteredResource[],
    stop: (resource: RegisteredResource) => boolean = () => false,
): Set<RegisteredResource> {
    const reached = new Set(from);
    for (const resource of reached) {
        for (const other of next(resource)) {
            if (!stop(other)) {
                reached.add(other);
            }
        }
    }
    return reached;
}

/** Components, providers and the stack are left out: every resource hangs on them, so they tie nothing together. */
function targetsOf(resource: RegisteredResource, graph: GraphIndex): RegisteredResource[] {
    const found = new Set<RegisteredResource>();
    for (const urns of [resource.dependencies, ...Object.values(resource.propertyDependencies)]) {
        for (const urn of urns) {
            const other = graph.byUrn(urn);
            if (other !== undefined) {
                found.add(other);
            }
        }
    }
    for (const text of stringsIn(resource.properties)) {
        for (const other of graph.identifiedBy(text)) {
            found.add(other);
        }
    }
    found.delete(resource);
    return [...found].filter((other) => other.custom && !isProviderType(other.type));
}

function* stringsIn(value: unknown): Generator<string> {
    if (typeof value === "string") {
        yield value;
    } else if (value instanceof SecretValue) {
        yield* stringsIn(value.value);
    } else if (typeof value === "object" && value !== null) {
        for (const inner of Object.values(value)) {
            yield* stringsIn(inner);
        }
    }
}

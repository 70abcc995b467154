import { formatPath, peek, type PropertyPath } from "./peek";
import type { RegisteredResource } from "./resource";

/** What a property that names other resources points to. */
export interface Reference {
    /**
     * `resources`: resources of this graph; `foreign`: a known value that names nothing in this graph (an adopted resource, another stack);
     * `unknown`: unknown and without provenance in this graph; `absent`.
     */
    readonly kind: "resources" | "foreign" | "unknown" | "absent";
    readonly resources: readonly RegisteredResource[];
    /** The known value, for `foreign` and for references resolved by value. */
    readonly value?: unknown;
    /** Path that was looked at, as reports show it. */
    readonly path: string;
}

/** The resources of one stack, with the look-ups that rules share. Built once per judgement; look-ups are constant time. */
export class GraphIndex {
    private readonly urns = new Map<string, RegisteredResource>();
    private readonly types = new Map<string, RegisteredResource[]>();
    private readonly childrenOf = new Map<string, RegisteredResource[]>();
    private readonly identifiers = new Map<string, RegisteredResource[]>();
    private readonly dependents = new Map<string, RegisteredResource[]>();

    public constructor(
        /** Every resource in order of registration; the stack and providers included. */
        public readonly resources: readonly RegisteredResource[],
        public readonly project: string,
        public readonly stack: string,
    ) {
        for (const resource of resources) {
            this.urns.set(resource.urn, resource);
            append(this.types, resource.type, resource);
            if (resource.parent !== undefined) {
                append(this.childrenOf, resource.parent, resource);
            }
            for (const urn of new Set([
                ...resource.dependencies,
                ...Object.values(resource.propertyDependencies).flat(),
            ])) {
                append(this.dependents, urn, resource);
            }
            const identifiers = new Set([resource.id]);
            for (const property of ["id", "arn", "name", "bucket", "keyId"]) {
                const found = peek(resource.properties, [property]);
                if (found.kind === "known" && typeof found.value === "string") {
                    identifiers.add(found.value);
                }
            }
            for (const identifier of identifiers) {
                if (identifier !== undefined && identifier !== "") {
                    append(this.identifiers, identifier, resource);
                }
            }
        }
    }

    /** URN that findings about the whole stack are reported on. */
    public get stackUrn(): string {
        const [stack] = this.ofType("pulumi:pulumi:Stack");
        return (
            stack?.urn ??
            `urn:pulumi:${this.stack}::${this.project}::pulumi:pulumi:Stack::${this.project}-${this.stack}`
        );
    }

    public byUrn(urn: string): RegisteredResource | undefined {
        return this.urns.get(urn);
    }

    /** All resources of these types, in order of registration within each type. */
    public ofType(...types: readonly string[]): readonly RegisteredResource[] {
        return types.flatMap((type) => this.types.get(type) ?? []);
    }

    /** Resources whose known id, ARN, name, bucket or key id is this text. */
    public identifiedBy(text: string): readonly RegisteredResource[] {
        return this.identifiers.get(text) ?? [];
    }

    public children(urn: string): readonly RegisteredResource[] {
        return this.childrenOf.get(urn) ?? [];
    }

    /** Parents from the nearest to the stack. */
    public ancestors(resource: RegisteredResource): readonly RegisteredResource[] {
        const found: RegisteredResource[] = [];
        let parent = resource.parent;
        while (parent !== undefined) {
            const next = this.urns.get(parent);
            if (next === undefined || found.includes(next)) {
                break;
            }
            found.push(next);
            parent = next.parent;
        }
        return found;
    }

    /** Resources that take a value from, or wait for, this one. */
    public dependentsOf(urn: string): readonly RegisteredResource[] {
        return this.dependents.get(urn) ?? [];
    }

    /**
     * What the property at `path` points to, of these types. A known value is looked up by id, ARN and name; an unknown one by the
     * property's dependencies.
     */
    public reference(
        resource: RegisteredResource,
        path: PropertyPath,
        types: readonly string[],
    ): Reference {
        const shown = formatPath(path);
        const found = peek(resource.properties, path);
        if (found.kind === "absent") {
            return { kind: "absent", resources: [], path: shown };
        }
        if (found.kind === "known") {
            const named = typeof found.value === "string" ? this.identifiedBy(found.value) : [];
            const matching = named.filter((other) => types.includes(other.type));
            return matching.length > 0
                ? { kind: "resources", resources: matching, value: found.value, path: shown }
                : { kind: "foreign", resources: [], value: found.value, path: shown };
        }
        const [property] = path;
        const sources = (resource.propertyDependencies[String(property)] ?? [])
            .map((urn) => this.urns.get(urn))
            .filter((other) => other !== undefined)
            .filter((other) => types.includes(other.type));
        return sources.length > 0
            ? { kind: "resources", resources: sources, path: shown }
            : { kind: "unknown", resources: [], path: shown };
    }
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
    const list = map.get(key);
    if (list === undefined) {
        map.set(key, [value]);
    } else {
        list.push(value);
    }
}

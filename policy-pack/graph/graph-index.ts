import { identifyingProperties } from "../../aws/type-tokens";
import { formatPath, peek, type PropertyPath } from "./peek";
import { SecretValue, type RegisteredResource } from "./resource";
import { sourceUrns } from "./source-urns";

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
        /** Every resource in the order given; the stack and providers included. */
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
            const others = identifyingProperties[resource.type] ?? [];
            for (const property of ["id", "arn", "name", "bucket", "keyId", ...others]) {
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

    /** All resources of these types, in the order given within each type. */
    public ofType(...types: readonly string[]): readonly RegisteredResource[] {
        const [only = "", ...others] = types;
        const found = this.types.get(only) ?? [];
        // Rules ask for one type most of the time, and often: its list needs no copy.
        return others.length === 0
            ? found
            : found.concat(...others.map((type) => this.types.get(type) ?? []));
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
     * property's dependencies. Where several resources are answered for one value, it is one of them, and which is not known.
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
        const ofTypes = ({ type }: RegisteredResource): boolean => types.includes(type);
        const all = this.sourcesOf(resource, path);
        const sources = all.filter(ofTypes);
        if (found.kind === "unknown") {
            const possible =
                sources.length > 0
                    ? sources
                    : [...new Set(all.flatMap((source) => this.madeBy(source)))].filter(ofTypes);
            return possible.length > 0
                ? { kind: "resources", resources: possible, path: shown }
                : { kind: "unknown", resources: [], path: shown };
        }
        const named = typeof found.value === "string" ? this.identifiedBy(found.value) : [];
        const matching = named.filter(({ type }) => types.includes(type));
        const meant = matching.length > 0 ? matching : this.onlySources(resource, path, sources);
        return meant.length > 0
            ? { kind: "resources", resources: meant, value: found.value, path: shown }
            : { kind: "foreign", resources: [], value: found.value, path: shown };
    }

    /** The resources of the graph that the value at `path` comes from, as far as its whole property does. */
    public sourcesOf(
        resource: RegisteredResource,
        path: PropertyPath,
    ): readonly RegisteredResource[] {
        return sourceUrns(resource, String(path[0]))
            .map((urn) => this.urns.get(urn))
            .filter((other) => other !== undefined);
    }

    /**
     * What a component made, at any depth. A program in another language takes values from a component as a whole: the engine does not tell
     * which child they come from.
     */
    private madeBy(source: RegisteredResource): readonly RegisteredResource[] {
        const found = new Set(source.custom ? [] : this.children(source.urn));
        for (const resource of found) {
            this.children(resource.urn).forEach((child) => found.add(child));
        }
        return [...found];
    }

    /**
     * At the end of an update the engine tells values but not the ids that they are. A value then comes from the property's sources where
     * nothing else can have been written: as many sources with an untold id as there are values of the same name in the property.
     */
    private onlySources(
        resource: RegisteredResource,
        path: PropertyPath,
        sources: readonly RegisteredResource[],
    ): readonly RegisteredResource[] {
        if (sources.length === 0 || sources.some((source) => this.tellsId(source))) {
            return [];
        }
        const whole = peek(resource.properties, path.slice(0, 1));
        const leaf = [...path].reverse().find((part) => typeof part === "string");
        const values =
            whole.kind === "known" ? countValues(whole.value, leaf, leaf === path[0]) : NaN;
        return values === sources.length ? sources : [];
    }

    private tellsId(resource: RegisteredResource): boolean {
        return resource.id !== undefined || peek(resource.properties, ["id"]).kind === "known";
    }
}

/** Counts texts under a key, at any depth; NaN when one of them is no plain text. */
function countValues(value: unknown, leaf: string | number | undefined, counts: boolean): number {
    if (value instanceof SecretValue) {
        return NaN;
    }
    if (typeof value === "object" && value !== null) {
        return Object.entries(value)
            .map(([key, inner]) =>
                countValues(inner, leaf, Array.isArray(value) ? counts : key === leaf),
            )
            .reduce((sum, count) => sum + count, 0);
    }
    if (!counts || value === undefined || value === null || value === "") {
        return 0;
    }
    return typeof value === "string" ? 1 : NaN;
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
    const list = map.get(key);
    if (list === undefined) {
        map.set(key, [value]);
    } else {
        list.push(value);
    }
}

import type { GraphIndex } from "./graph-index";
import { peek, type Peeked } from "./peek";
import type { RegisteredResource } from "./resource";

/** The tag by which a program says that a machine is a key server. */
const markTag = { key: "keyward:role", value: "key-server" } as const;

/** Components whose machines are key servers. */
const serverComponents = new Set(["keyward:index:KeyServer", "keyward:index:KeyServerCluster"]);

/** `unknown`: a tag that may be the mark has a value that is not known yet. */
export type Mark = "marked" | "unmarked" | "unknown";

/** Whether a machine is marked as a key server by its component, by its own tags or by its provider's default tags. */
export function markOf(resource: RegisteredResource, graph: GraphIndex): Mark {
    if (typeChain(resource.urn).some((type) => serverComponents.has(type))) {
        return "marked";
    }
    const tags = tagSources(resource, graph).map((source) => tagValue(source, markTag.key));
    if (tags.some((tag) => tag.kind === "known" && tag.value === markTag.value)) {
        return "marked";
    }
    return tags.some((tag) => tag.kind === "unknown") ? "unknown" : "unmarked";
}

/** Types from the outermost component to the resource itself, as its URN lists them. */
export function typeChain(urn: string): readonly string[] {
    return (urn.split("::")[2] ?? "").split("$");
}

function tagSources(resource: RegisteredResource, graph: GraphIndex): readonly Peeked[] {
    const tags = peek(resource.properties, ["tags"]);
    const all = peek(resource.properties, ["tagsAll"]);
    const specifications = peek(resource.properties, ["tagSpecifications"]);
    const listed = known(specifications);
    const ofTemplate = Array.isArray(listed)
        ? listed.map((_, index) => peek(resource.properties, ["tagSpecifications", index, "tags"]))
        : [specifications];
    const provider =
        resource.provider === undefined ? undefined : graph.byUrn(resource.provider)?.properties;
    // `tagsAll` is computed by the provider from the other two, so while it is unknown it adds no doubt of its own.
    return [tags, ...(all.kind === "known" ? [all] : []), ...ofTemplate, defaultTags(provider)];
}

/** A provider's properties reach the engine as JSON text. */
export function defaultTags(provider: unknown): Peeked {
    const found = peek(provider, ["defaultTags"]);
    const text = known(found);
    if (typeof text !== "string") {
        return found.kind === "known" ? peek(provider, ["defaultTags", "tags"]) : found;
    }
    try {
        return peek(JSON.parse(text), ["tags"]);
    } catch {
        return { kind: "unknown" };
    }
}

/** Looks a tag up in a map, or in the `{key, value}` lists of Auto Scaling groups and of Cloud Control. */
export function tagValue(source: Peeked, key: string): Peeked {
    if (source.kind !== "known") {
        return source;
    }
    if (!Array.isArray(source.value)) {
        return peek(source.value, [key]);
    }
    let doubt: Peeked = { kind: "absent" };
    for (const [index] of source.value.entries()) {
        const name = peek(source.value, [index, "key"]);
        if (name.kind === "known" && name.value === key) {
            return peek(source.value, [index, "value"]);
        }
        if (name.kind === "unknown" || peek(source.value, [index]).kind === "unknown") {
            doubt = { kind: "unknown" };
        }
    }
    return doubt;
}

function known(found: Peeked): unknown {
    return found.kind === "known" ? found.value : undefined;
}

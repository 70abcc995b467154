import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import { defaultTags, tagValue } from "../graph/marks";
import { peek, type Peeked, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { templatesOf } from "./templates";
import { absent, notKnownYet, readBoolean, readElements, readText, type Reading } from "./values";

/**
 * A tag as the server's instances carry it: an instance's own, its provider's default, its template's; for an Auto Scaling group those
 * that it propagates. A spot request's tags stay on the request.
 */
export function serverTag(
    graph: GraphIndex,
    server: RegisteredResource,
    key: string,
): Reading<string> {
    const template = templatesOf(graph, server);
    const described = template.kind === "resources" ? template.resources : [];
    const sources = [
        ...ownTags(graph, server, key),
        ...described.flatMap((resource) => instanceTags(resource, key)),
        ...(template.kind === "open" ? [notKnownYet] : []),
    ];
    return (
        sources.find(({ kind }) => kind === "known") ??
        sources.find(({ kind }) => kind === "open") ??
        absent
    );
}

function ownTags(
    graph: GraphIndex,
    server: RegisteredResource,
    key: string,
): readonly Reading<string>[] {
    if (server.type === TypeToken.AutoScalingGroup) {
        return propagatedTags(server, key);
    }
    if (server.type !== TypeToken.Instance) {
        return [];
    }
    const provider =
        server.provider === undefined ? undefined : graph.byUrn(server.provider)?.properties;
    const all = peek(server.properties, ["tagsAll"]);
    return [
        peek(server.properties, ["tags"]),
        ...(all.kind === "known" ? [all] : []),
        defaultTags(provider),
    ].map((source) => toReading(tagValue(source, key)));
}

function propagatedTags(group: RegisteredResource, key: string): readonly Reading<string>[] {
    const list = readElements(group.properties, ["tags"]);
    if (list.kind !== "known") {
        return [list.kind === "open" ? notKnownYet : absent];
    }
    return list.value.map((path) => {
        const name = readText(group.properties, [...path, "key"]);
        const propagates = readBoolean(group.properties, [...path, "propagateAtLaunch"]);
        if (name.kind !== "known" || name.value !== key) {
            return name.kind === "open" ? notKnownYet : absent;
        }
        if (propagates.kind !== "known") {
            return propagates.kind === "open" ? notKnownYet : absent;
        }
        return propagates.value ? readText(group.properties, [...path, "value"]) : absent;
    });
}

/** Tags that a launch template puts on the instances, not on their volumes. */
function instanceTags(template: RegisteredResource, key: string): readonly Reading<string>[] {
    const list = readElements(template.properties, ["tagSpecifications"]);
    if (list.kind !== "known") {
        return [list.kind === "open" ? notKnownYet : absent];
    }
    return list.value.map((path): Reading<string> => {
        const target = readText(template.properties, [...path, "resourceType"]);
        if (target.kind === "open") {
            return notKnownYet;
        }
        return target.kind === "known" && target.value === "instance"
            ? tagAt(template, [...path, "tags"], key)
            : absent;
    });
}

function tagAt(resource: RegisteredResource, path: PropertyPath, key: string): Reading<string> {
    return toReading(tagValue(peek(resource.properties, path), key));
}

function toReading(found: Peeked): Reading<string> {
    if (found.kind !== "known") {
        return found.kind === "unknown" ? notKnownYet : absent;
    }
    return readText({ value: found.value }, ["value"]);
}

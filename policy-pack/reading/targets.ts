import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { serverTag } from "./tags";
import { readElements, readText } from "./values";

/** Whether targets name a server; `open`: what decides is not known. */
export type Reach = "yes" | "no" | "open";

/** Whether every criterion of a Systems Manager target list (`{key, values}`) fits a server. */
export function reaches(
    graph: GraphIndex,
    resource: RegisteredResource,
    path: PropertyPath,
    server: RegisteredResource,
): Reach {
    const criteria = readElements(resource.properties, path);
    if (criteria.kind !== "known") {
        return criteria.kind === "open" ? "open" : "no";
    }
    return every(criteria.value.map((criterion) => fits(graph, resource, criterion, server)));
}

/** `no` when one says no, `open` when one is open, else `yes`. */
function every(verdicts: readonly Reach[]): Reach {
    return verdicts.includes("no") ? "no" : verdicts.includes("open") ? "open" : "yes";
}

/** `yes` when one says yes, `open` when one is open, else `no`. */
export function some(verdicts: readonly Reach[]): Reach {
    return verdicts.includes("yes") ? "yes" : verdicts.includes("open") ? "open" : "no";
}

function fits(
    graph: GraphIndex,
    resource: RegisteredResource,
    criterion: PropertyPath,
    server: RegisteredResource,
): Reach {
    const key = readText(resource.properties, [...criterion, "key"]);
    if (key.kind !== "known") {
        return key.kind === "open" ? "open" : "no";
    }
    const list = readElements(resource.properties, [...criterion, "values"]);
    const values = list.kind === "known" ? list.value : [];
    if (list.kind === "open") {
        return "open";
    }
    if (key.value.toLowerCase() === "instanceids") {
        return some(values.map((path) => namesInstance(graph, resource, path, server)));
    }
    if (key.value.startsWith("tag:")) {
        const tag = serverTag(graph, server, key.value.slice("tag:".length));
        if (tag.kind !== "known") {
            return tag.kind === "open" ? "open" : "no";
        }
        return some(values.map((path) => holds(resource, path, (value) => value === tag.value)));
    }
    if (key.value === "tag-key") {
        return some(
            values.map((path) =>
                holds(resource, path, (value) => serverTag(graph, server, value).kind !== "absent"),
            ),
        );
    }
    return "open";
}

function namesInstance(
    graph: GraphIndex,
    resource: RegisteredResource,
    path: PropertyPath,
    server: RegisteredResource,
): Reach {
    const reference = graph.reference(resource, path, [TypeToken.Instance]);
    switch (reference.kind) {
        case "resources":
            return reference.resources.includes(server) ? "yes" : "no";
        case "unknown":
            return "open";
        case "foreign":
            return reference.value === "*" ? "yes" : server.id === undefined ? "open" : "no";
        case "absent":
            return "no";
    }
}

function holds(
    resource: RegisteredResource,
    path: PropertyPath,
    test: (value: string) => boolean,
): Reach {
    const value = readText(resource.properties, path);
    return value.kind === "open"
        ? "open"
        : value.kind === "known" && test(value.value)
          ? "yes"
          : "no";
}

import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { isPlainObject } from "../../../policy-pack/graph/wire-values";

export type Graph = readonly RegisteredResource[];
export type Properties = Readonly<Record<string, unknown>>;

/** Another way to write what a graph says. */
export interface Rewrite {
    readonly what: string;
    readonly rewrite: (graph: Graph) => Graph;
}

/** Changes resources of a type. */
export function eachOf(
    type: string,
    change: (resource: RegisteredResource) => RegisteredResource,
): (graph: Graph) => Graph {
    return (graph) =>
        graph.map((resource) => (resource.type === type ? change(resource) : resource));
}

/** Lays properties over those of all resources of a type; undefined takes one away. */
export function set(type: string, properties: Properties): (graph: Graph) => Graph {
    return eachOf(type, (resource) => withProperties(resource, properties));
}

/** Takes properties away from all resources of a type that have the value which AWS or the provider takes anyway. */
export function without(type: string, defaults: Properties): (graph: Graph) => Graph {
    return eachOf(type, (resource) =>
        withProperties(
            resource,
            Object.fromEntries(
                Object.entries(defaults)
                    .filter(([name, value]) => resource.properties[name] === value)
                    .map(([name]) => [name, undefined]),
            ),
        ),
    );
}

export function withProperties(
    resource: RegisteredResource,
    properties: Properties,
): RegisteredResource {
    return {
        ...resource,
        properties: Object.fromEntries(
            Object.entries({ ...resource.properties, ...properties }).filter(
                ([, value]) => value !== undefined,
            ),
        ),
    };
}

/** Takes a property of one resource over to another one, with where it comes from. */
export function moved(
    source: RegisteredResource,
    properties: Readonly<Record<string, string>>,
): Pick<RegisteredResource, "properties" | "propertyDependencies"> {
    const pick = <T>(all: Readonly<Record<string, T>>): Record<string, T> =>
        Object.fromEntries(
            Object.entries(properties).flatMap(([from, to]) => {
                const value = all[from];
                return value === undefined ? [] : [[to, value]];
            }),
        );
    return {
        properties: pick(source.properties),
        propertyDependencies: pick(source.propertyDependencies),
    };
}

/** A resource beside another: same parent and provider. `sources` says where unknown properties come from. */
export function beside(
    other: RegisteredResource,
    type: string,
    name: string,
    properties: Properties,
    sources: RegisteredResource["propertyDependencies"] = {},
): RegisteredResource {
    return {
        ...other,
        urn: `${other.urn.split("::").slice(0, 2).join("::")}::${type}::${name}`,
        type,
        name,
        properties,
        propertyDependencies: sources,
        dependencies: Object.values(sources).flat(),
        // What is ignored on one type means nothing on another.
        options: { ...other.options, ignoreChanges: [] },
    };
}

/** Puts another type token on resources, in their URNs and in what refers to them as well. */
export function renamed(tokens: Readonly<Record<string, string>>): (graph: Graph) => Graph {
    return (graph) => {
        const urns = new Map(
            graph.map(({ urn, type }) => [urn, urn.replace(type, tokens[type] ?? type)]),
        );
        const now = (urn: string): string => urns.get(urn) ?? urn;
        return graph.map((resource) => ({
            ...resource,
            urn: now(resource.urn),
            type: tokens[resource.type] ?? resource.type,
            dependencies: resource.dependencies.map(now),
            propertyDependencies: Object.fromEntries(
                Object.entries(resource.propertyDependencies).map(([name, sources]) => [
                    name,
                    sources.map(now),
                ]),
            ),
        }));
    };
}

/** Changes every value of every resource, from the inside out. */
export function everyValue(
    change: (value: unknown, key: string) => unknown,
): (graph: Graph) => Graph {
    const inside = (value: unknown, key: string): unknown =>
        change(
            Array.isArray(value)
                ? value.map((element) => inside(element, key))
                : isPlainObject(value)
                  ? objectOf(value, inside)
                  : value,
            key,
        );
    return (graph) =>
        graph.map((resource) =>
            resource.type.startsWith("pulumi:")
                ? resource
                : { ...resource, properties: objectOf(resource.properties, inside) },
        );
}

function objectOf(
    value: Properties,
    inside: (value: unknown, key: string) => unknown,
): Record<string, unknown> {
    return Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [name, inside(inner, name)]),
    );
}

const policyProperties = new Set(["policy", "assumeRolePolicy"]);

/** Changes every IAM policy document that stands in a text, and writes it as text again. */
export function everyPolicy(change: (document: Properties) => unknown): (graph: Graph) => Graph {
    return everyPolicyText((text) => JSON.stringify(change(JSON.parse(text) as Properties)));
}

/** Changes the value of every property that holds an IAM policy as text. */
export function everyPolicyText(change: (text: string) => unknown): (graph: Graph) => Graph {
    return (graph) =>
        graph.map((resource) => ({
            ...resource,
            properties: Object.fromEntries(
                Object.entries(resource.properties).map(([name, value]) => [
                    name,
                    policyProperties.has(name) && typeof value === "string" ? change(value) : value,
                ]),
            ),
        }));
}

/** Changes every statement of every IAM policy. */
export function everyStatement(
    change: (statement: Properties) => Properties,
): (graph: Graph) => Graph {
    return everyPolicy((document) => {
        const { Statement: statements } = document;
        return {
            ...document,
            Statement: Array.isArray(statements)
                ? statements.map((statement) => change(statement as Properties))
                : change(statements as Properties),
        };
    });
}

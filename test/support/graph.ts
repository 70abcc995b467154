import { parameterById } from "../../catalog/parameters";
import type { ParameterValue } from "../../catalog/parameter";
import { policyRecord } from "../../catalog/policies";
import { GraphIndex } from "../../policy-pack/graph/graph-index";
import { formatPath } from "../../policy-pack/graph/peek";
import { UNKNOWN, type RegisteredResource } from "../../policy-pack/graph/resource";
import { buildScope } from "../../policy-pack/graph/scope";
import type { Observation, Rule, RuleContext } from "../../policy-pack/rules/rule";
import { sketchResource, testProject, testStack, type ResourceSketch } from "./resources";

/** Stands in properties for an output that is not known yet and comes from other resources. */
class Output {
    public constructor(public readonly sources: readonly RegisteredResource[]) {}
}

/** An unknown value that comes from these resources. */
export function from(...sources: readonly RegisteredResource[]): unknown {
    return new Output(sources);
}

/** An unknown value that comes from nowhere in the stack. */
export const unknown: unknown = UNKNOWN;

/** Makes a resource; values made by `from` become unknown, with the property's dependencies. */
export function resource(
    type: string,
    name: string,
    properties: Readonly<Record<string, unknown>> = {},
    more: Omit<ResourceSketch, "type" | "name" | "properties"> = {},
): RegisteredResource {
    const propertyDependencies = Object.fromEntries(
        Object.entries(properties).map(([key, value]) => [
            key,
            [...new Set(sourcesIn(value).map(({ urn }) => urn))],
        ]),
    );
    return sketchResource({
        type,
        name,
        properties: resolved(properties) as Readonly<Record<string, unknown>>,
        propertyDependencies,
        dependencies: [...new Set(Object.values(propertyDependencies).flat())],
        ...more,
    });
}

export interface Judgement {
    /** Values of parameters instead of the catalog's. */
    readonly parameters?: Readonly<Record<string, ParameterValue>>;
    readonly asOf?: string;
}

/** All observations of one rule on a stack of these resources. */
export function judge(
    rule: Rule,
    resources: readonly RegisteredResource[],
    judgement: Judgement = {},
): readonly Observation[] {
    return [...rule.judge(contextOf(rule, resources, judgement))];
}

/** The same as lines `verdict name path`, sorted; the path is left out where it is the whole resource. */
export function verdicts(
    rule: Rule,
    resources: readonly RegisteredResource[],
    judgement: Judgement = {},
): readonly string[] {
    return judge(rule, resources, judgement)
        .map(({ verdict, resource: about, path = [] }) =>
            [verdict, about?.name ?? "stack", formatPath(path)].filter(Boolean).join(" "),
        )
        .sort();
}

/** The messages of what a rule found, sorted. */
export function messages(
    rule: Rule,
    resources: readonly RegisteredResource[],
    judgement: Judgement = {},
): readonly string[] {
    return judge(rule, resources, judgement)
        .flatMap(({ message }) => message ?? [])
        .sort();
}

/** What the rule of this name may know of a stack. A parameter that its record does not list is refused, as in a real run. */
export function contextOf(
    rule: Rule,
    resources: readonly RegisteredResource[],
    { parameters = {}, asOf = "2026-11-01T00:00:00Z" }: Judgement = {},
): RuleContext {
    const graph = new GraphIndex(resources, testProject, testStack);
    const listed = policyRecord(rule.name).parameters;
    return {
        graph,
        scope: buildScope(graph),
        asOf: new Date(asOf),
        parameter<T extends ParameterValue>(id: string): T {
            if (!listed.includes(id)) {
                throw new Error(`the policy ${rule.name} does not list the parameter ${id}`);
            }
            return (parameters[id] ?? parameterById(id).value) as T;
        },
    };
}

function sourcesIn(value: unknown): readonly RegisteredResource[] {
    if (value instanceof Output) {
        return value.sources;
    }
    return isContainer(value) ? Object.values(value).flatMap(sourcesIn) : [];
}

function resolved(value: unknown): unknown {
    if (value instanceof Output) {
        return UNKNOWN;
    }
    if (Array.isArray(value)) {
        return value.map(resolved);
    }
    return isContainer(value)
        ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolved(part)]))
        : value;
}

/** Secrets and assets are classes of their own and stay as they are. */
function isContainer(value: unknown): value is Record<string, unknown> {
    return (
        Array.isArray(value) ||
        (typeof value === "object" &&
            value !== null &&
            Object.getPrototypeOf(value) === Object.prototype)
    );
}

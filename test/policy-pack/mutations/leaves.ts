import { UNKNOWN, type RegisteredResource } from "../../../policy-pack/graph/resource";
import { isPlainObject } from "../../../policy-pack/graph/wire-values";

/** One place in the inputs of a resource: a value, or a list or object that can be emptied. */
export interface Place {
    /** From the outside in; `json` steps into a text that holds a JSON document. */
    readonly steps: readonly Step[];
    readonly value: unknown;
}

export type Step = string | number | typeof json;

/** The step from a text to the document that it holds. */
export const json: unique symbol = Symbol("json");

/** Every place in the inputs of a resource; the inputs as a whole are none. */
export function* placesOf(resource: RegisteredResource): Generator<Place> {
    for (const [name, value] of Object.entries(resource.properties)) {
        yield* placesIn(value, [name]);
    }
}

function* placesIn(value: unknown, steps: readonly Step[]): Generator<Place> {
    yield { steps, value };
    const document = documentIn(value);
    if (document !== undefined) {
        yield* inside(document, [...steps, json]);
    }
    yield* inside(value, steps);
}

function* inside(value: unknown, steps: readonly Step[]): Generator<Place> {
    if (Array.isArray(value)) {
        for (const [index, element] of value.entries()) {
            yield* placesIn(element, [...steps, index]);
        }
    } else if (isPlainObject(value)) {
        for (const [name, inner] of Object.entries(value)) {
            yield* placesIn(inner, [...steps, name]);
        }
    }
}

/** The document that a text holds, where it holds an object or a list. */
function documentIn(value: unknown): unknown {
    if (typeof value !== "string" || !/^\s*[{[]/.test(value)) {
        return undefined;
    }
    try {
        return JSON.parse(value);
    } catch {
        return undefined;
    }
}

/** Where a place is, without the indexes of lists, as a list of neutral leaves names it. */
export function patternOf({ steps }: Place): string {
    return steps
        .map((step, index) =>
            step === json
                ? "{}"
                : typeof step === "number"
                  ? "[]"
                  : index === 0
                    ? step
                    : `.${step}`,
        )
        .join("");
}

/** The resource with another value at a place; undefined takes the place away. */
export function withValue(
    resource: RegisteredResource,
    { steps, value }: Place,
    other: unknown,
): RegisteredResource {
    const [property = ""] = steps;
    return {
        ...resource,
        properties: replaced(resource.properties, steps, other) as RegisteredResource["properties"],
        propertyDependencies:
            typeof property === "string"
                ? sourcesAfter(resource, property, steps, value)
                : resource.propertyDependencies,
    };
}

function replaced(value: unknown, [step, ...rest]: readonly Step[], other: unknown): unknown {
    if (step === undefined) {
        return other;
    }
    if (step === json) {
        return JSON.stringify(replaced(documentIn(value), rest, other));
    }
    if (Array.isArray(value)) {
        const elements: readonly unknown[] = value;
        return elements.flatMap((element, index) =>
            index === step ? kept(replaced(element, rest, other)) : [element],
        );
    }
    return Object.fromEntries(
        Object.entries(value as object).flatMap(([name, inner]): [string, unknown][] =>
            name === step
                ? kept(replaced(inner, rest, other)).map((one) => [name, one])
                : [[name, inner]],
        ),
    );
}

function kept(value: unknown): readonly unknown[] {
    return value === undefined ? [] : [value];
}

/** What is taken away or replaced comes from its sources no more: the n-th open value from the n-th source. */
function sourcesAfter(
    resource: RegisteredResource,
    property: string,
    steps: readonly Step[],
    value: unknown,
): RegisteredResource["propertyDependencies"] {
    const sources = resource.propertyDependencies[property] ?? [];
    const open = [...placesIn(resource.properties[property], [property])].filter(
        (place) => place.value === UNKNOWN,
    );
    const gone = open.filter((place) => steps.every((step, index) => place.steps[index] === step));
    if (gone.length === 0 && value !== resource.properties[property]) {
        return resource.propertyDependencies;
    }
    const left =
        open.length === sources.length
            ? sources.filter((_, index) => !gone.includes(open[index]))
            : gone.length === open.length
              ? []
              : sources;
    return { ...resource.propertyDependencies, [property]: left };
}

import { UNKNOWN, type RegisteredResource } from "../../../policy-pack/graph/resource";
import { recordedGuards } from "../mutations/guard-record";
import { json, patternOf, withValue, type Place, type Step } from "../mutations/leaves";
import { changesOf } from "../mutations/operators";
import { representatives } from "../mutations/representatives";
import type { WeaknessFinder } from "../mutations/weakness-finder";

/** A weak value in a stack that is sound otherwise, with the policies that it alarms. */
export interface Alarm {
    readonly resource: RegisteredResource;
    readonly changed: RegisteredResource;
    readonly place: Place;
    readonly operator: string;
    readonly policies: readonly string[];
}

/**
 * The alarms that the record of `plain-aws` names, which are those worth asking for; of those that a policy gives at one place that can be
 * unknown by itself, the first that takes something away and the first that changes it.
 */
export function* alarmsOf(
    resources: readonly RegisteredResource[],
    finder: WeaknessFinder,
): Generator<Alarm> {
    const guards = recordedGuards("plain-aws");
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    const heard = new Set<string>();
    for (const { resource, place, pattern } of representatives(resources)) {
        const guarded = Object.entries(guards[resource.type]?.[pattern] ?? {});
        const outer = place.steps.slice(0, [...place.steps, json].indexOf(json));
        for (const { operator, value } of changesOf(place, resource, byUrn)) {
            const keyOf = (policy: string): string =>
                JSON.stringify([resource.urn, outer, operator === "delete", policy]);
            const isNew = guarded.some(
                ([policy, ways]) => ways.split(" ").includes(operator) && !heard.has(keyOf(policy)),
            );
            if (isNew) {
                const changed = withValue(resource, place, value);
                const policies = finder.afterChange(resource, String(place.steps[0]), changed);
                policies.forEach((policy) => heard.add(keyOf(policy)));
                yield { resource, changed, place, operator, policies };
            }
        }
    }
}

/** The place of an alarm and all around it that can be unknown by themselves: what a text of JSON holds can be so only with the whole text. */
export function openable({
    resource,
    place: { steps },
}: Pick<Alarm, "resource" | "place">): readonly Place[] {
    return steps
        .map((_, index) => steps.slice(0, index + 1))
        .filter((outer) => !outer.includes(json))
        .map((outer) => ({ steps: outer, value: valueAt(resource.properties, outer) }));
}

/** The resource with a value that is not known and comes from nowhere in the stack. */
export function opened(resource: RegisteredResource, place: Place): RegisteredResource {
    const open = withValue(resource, place, UNKNOWN);
    const property = String(place.steps[0]);
    return { ...open, propertyDependencies: { ...open.propertyDependencies, [property]: [] } };
}

/** The weak resource with an unknown element first, and last, in each list around the weak value. */
export function amongUnknown({ changed, place, operator }: Alarm): readonly RegisteredResource[] {
    const { steps } = place;
    const lists = steps.flatMap((step, index) =>
        typeof step === "number" ? [steps.slice(0, index)] : [],
    );
    return lists
        .filter((list) => !list.includes(json))
        .filter((list) => operator !== "delete" || steps.length > list.length + 1)
        .flatMap((list) => {
            const elements = valueAt(changed.properties, list);
            const weak: readonly unknown[] = Array.isArray(elements) ? elements : [];
            return [
                [UNKNOWN, ...weak],
                [...weak, UNKNOWN],
            ].map((value) => withValue(changed, { steps: list, value: weak }, value));
        });
}

/** How people name an alarm's place. */
export function nameOf(resource: RegisteredResource, place: Place): string {
    return `${resource.type} ${patternOf(place)}`;
}

function valueAt(value: unknown, steps: readonly Step[]): unknown {
    return steps.reduce<unknown>(
        (inner, step) =>
            typeof inner === "object" && inner !== null
                ? (inner as Readonly<Record<Step, unknown>>)[step]
                : undefined,
        value,
    );
}

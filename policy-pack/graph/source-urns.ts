import type { RegisteredResource } from "./resource";

/** URNs of the resources that the value of a property comes from: they are known for whole properties only. */
export function sourceUrns(
    { propertyDependencies }: RegisteredResource,
    property: string,
): readonly string[] {
    return Object.hasOwn(propertyDependencies, property)
        ? (propertyDependencies[property] ?? [])
        : [];
}

import { matchesPattern } from "../../aws/action-pattern";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { objectType } from "./data-events";
import { readBoolean, readElements, readText, valueAt } from "./values";

/** The source of the events of AWS KMS, which trails may leave out for their number. */
const keyService = "kms.amazonaws.com";

/** Whether one basic selector of a trail records all management events, read ones and those of AWS KMS included. */
export function basicRecordsManagement(trail: RegisteredResource, selector: PropertyPath): boolean {
    const management = readBoolean(trail.properties, [...selector, "includeManagementEvents"]);
    const kinds = readText(trail.properties, [...selector, "readWriteType"]);
    return (
        (management.kind === "absent" || (management.kind === "known" && management.value)) &&
        (kinds.kind === "absent" || (kinds.kind === "known" && kinds.value === "All")) &&
        !textsAt(trail, [...selector, "excludeManagementEventSources"]).includes(keyService)
    );
}

/** One condition of an advanced selector. */
export interface SelectorField {
    readonly field: string;
    readonly equals: readonly string[];
    /** Whether it leaves events of AWS KMS, or read or write events, out. */
    readonly limits: boolean;
}

/** The conditions of one advanced selector, which all must hold; undefined when one is not known. */
export function selectorFields(
    trail: RegisteredResource,
    selector: PropertyPath,
): readonly SelectorField[] | undefined {
    const fields = readElements(trail.properties, [...selector, "fieldSelectors"]);
    if (fields.kind !== "known") {
        return undefined;
    }
    const read: SelectorField[] = [];
    for (const element of fields.value) {
        const field = readText(trail.properties, [...element, "field"]);
        if (field.kind !== "known") {
            return undefined;
        }
        const excluded = textsAt(trail, [...element, "notEquals"]);
        read.push({
            field: field.value,
            equals: textsAt(trail, [...element, "equals"]),
            // Leaving out another service than AWS KMS keeps what this policy asks for.
            limits: !(
                field.value === "eventSource" &&
                excluded.length > 0 &&
                !excluded.includes(keyService)
            ),
        });
    }
    return read;
}

/** Whether one advanced selector records all management events, read ones and those of AWS KMS included. */
export function advancedRecordsManagement(fields: readonly SelectorField[]): boolean {
    return (
        fields.some(
            ({ field, equals }) => field === "eventCategory" && equals.includes("Management"),
        ) && fields.every(({ field, limits }) => field === "eventCategory" || !limits)
    );
}

/** Whether one advanced selector records access to objects in S3. */
export function advancedRecordsObjects(fields: readonly SelectorField[]): boolean {
    return (
        fields.some(({ field, equals }) => field === "eventCategory" && equals.includes("Data")) &&
        fields.some(
            ({ field, equals }) =>
                field === "resources.type" &&
                equals.some((type) => matchesPattern(type, objectType)),
        )
    );
}

function textsAt(resource: RegisteredResource, path: PropertyPath): readonly string[] {
    const value = valueAt(resource.properties, path);
    return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

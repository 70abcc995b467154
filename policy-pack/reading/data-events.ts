import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { sourceUrns } from "../graph/source-urns";
import { elementPaths } from "./interfaces";
import { unknownsIn } from "./named-references";
import { readText } from "./values";

/** The type of S3 objects in the selectors of a trail. */
export const objectType = "AWS::S3::Object";

/** What a trail records of the access to objects: of all buckets, or of those below these places of its properties. */
export type RecordedObjects = "all" | readonly PropertyPath[];

/** What the older selectors record: each value is the beginning of an ARN. */
export function recordedByBasic(
    trail: RegisteredResource,
    selectors: readonly PropertyPath[],
): RecordedObjects {
    return selectors
        .flatMap((selector) => objectResources(trail, selector))
        .flatMap((element) => elementPaths(trail, [...element, "values"]));
}

/** The elements of a basic selector that are about objects in S3. */
export function objectResources(
    trail: RegisteredResource,
    selector: PropertyPath,
): readonly PropertyPath[] {
    return elementPaths(trail, [...selector, "dataResources"]).filter((element) => {
        const type = readText(trail.properties, [...element, "type"]);
        return type.kind === "known" && type.value === objectType;
    });
}

/** What newer selectors of data events record: those that name no ARN record every object. */
export function recordedByAdvanced(
    trail: RegisteredResource,
    selectors: readonly PropertyPath[],
): RecordedObjects {
    const recorded = selectors.map((selector) => {
        const limits = elementPaths(trail, [...selector, "fieldSelectors"]).filter((element) => {
            const field = readText(trail.properties, [...element, "field"]);
            return field.kind !== "known" || field.value === "resources.ARN";
        });
        return limits.length === 0
            ? "all"
            : limits.flatMap((element) =>
                  ["startsWiths", "equals"].flatMap((operator) =>
                      elementPaths(trail, [...element, operator]),
                  ),
              );
    });
    return recorded.includes("all")
        ? "all"
        : recorded.flatMap((paths) => (paths === "all" ? [] : paths));
}

/** Whether a trail records the access to every object of a bucket; `maybe` where a value is not known and may come from anywhere. */
export function recordsBucket(
    trail: RegisteredResource,
    recorded: RecordedObjects,
    bucket: RegisteredResource,
): "yes" | "maybe" | "no" {
    if (recorded === "all") {
        return "yes";
    }
    const written = readText(bucket.properties, ["bucket"]);
    const names = [bucket.id, written.kind === "known" ? written.value : undefined].filter(
        (name) => name !== undefined,
    );
    const answers = recorded.map((path) => {
        const value = readText(trail.properties, path);
        if (value.kind === "known") {
            return names.some((name) => `arn:aws:s3:::${name}/`.startsWith(plain(value.value)))
                ? "yes"
                : "no";
        }
        return value.kind === "absent" ? "no" : comesFrom(trail, String(path[0]), bucket);
    });
    return answers.includes("yes") ? "yes" : answers.includes("maybe") ? "maybe" : "no";
}

/** Whether an unknown value of a property may be a bucket's: certainly where every unknown value of the property has a source. */
function comesFrom(
    trail: RegisteredResource,
    property: string,
    bucket: RegisteredResource,
): "yes" | "maybe" | "no" {
    const sources = sourceUrns(trail, property);
    return [...unknownsIn(trail.properties[property], [property])].length > sources.length
        ? "maybe"
        : sources.includes(bucket.urn)
          ? "yes"
          : "no";
}

/** An ARN of the partition that most are in; the older selectors take `arn:aws:s3` for every bucket. */
function plain(arn: string): string {
    return arn.replace(/^arn:[^:]*:/, "arn:aws:");
}

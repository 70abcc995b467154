import { createHash } from "node:crypto";
import { defaultsByType, type Defaults } from "./defaults";
import { openShape, type ObjectShape } from "./resource-shape";
import { hasUnknown, isPlainObject, UNKNOWN, withoutNulls, type Properties } from "./wire";

/** What a program gave for one resource, and what the provider knows beside it. */
export interface CheckRequest {
    readonly type: string;
    readonly name: string;
    readonly shape: ObjectShape;
    readonly news: Properties;
    /** Checked inputs of the resource as it is; undefined for a new one. */
    readonly olds?: Properties;
    /** Makes generated names of one engine run repeatable. */
    readonly seed: Uint8Array;
    readonly region?: string;
    readonly defaultTags: Properties;
}

export interface CheckFailure {
    readonly property: string;
    readonly reason: string;
}

export interface CheckResult {
    readonly inputs: Properties;
    readonly failures: readonly CheckFailure[];
}

/**
 * Checks inputs as the Terraform bridge does: refuses unknown and missing properties, fills the schema's defaults, generated names, the
 * region and the merged tags, and lists in `__defaults` what it filled, at every level.
 */
export function check(request: CheckRequest): CheckResult {
    const given = withoutNulls(request.news);
    if (request.shape === openShape) {
        return { inputs: given, failures: [] };
    }
    const failures = problems(given, request.shape, "");
    const named = { ...given };
    if (request.shape.has("tagsAll")) {
        named["tagsAll"] = mergedTags(request.defaultTags, given["tags"]);
    }
    if (request.shape.get("region")?.input === true && request.region !== undefined) {
        named["region"] ??= request.region;
    }
    const inputs = filled(named, request.shape, defaultsByType[request.type] ?? {});
    const generated = generatedName(request, inputs);
    if (generated !== undefined) {
        const [property, value] = generated;
        inputs[property] = value;
        inputs["__defaults"] = [...(inputs["__defaults"] as string[]), property].sort();
    }
    return { inputs, failures };
}

function problems(given: Properties, shape: ObjectShape, at: string): CheckFailure[] {
    const found: CheckFailure[] = [];
    for (const [property, value] of Object.entries(given)) {
        const expected = shape.get(property);
        if (property.startsWith("__")) {
            continue;
        }
        if (expected === undefined || !expected.input) {
            found.push({
                property: `${at}${property}`,
                reason: `Invalid or unknown key. Examine values at '${at}${property}'.`,
            });
            continue;
        }
        const elements: unknown[] = Array.isArray(value) ? value : [value];
        for (const [index, element] of elements.entries()) {
            if (isPlainObject(element) && expected.properties !== undefined) {
                const place = expected.kind === "list" ? `${property}[${String(index)}]` : property;
                found.push(...problems(element, expected.properties(), `${at}${place}.`));
            }
        }
    }
    for (const [property, expected] of shape) {
        if (expected.required && given[property] === undefined) {
            found.push({
                property: `${at}${property}`,
                reason: `Missing required argument. The argument "${at}${property}" is required, but no definition was found.`,
            });
        }
    }
    return found;
}

function filled(given: Properties, shape: ObjectShape, defaults: Defaults): Properties {
    const result: Properties = { ...given };
    const added: string[] = [];
    for (const [property, value] of Object.entries(defaults)) {
        if (typeof value !== "object" && result[property] === undefined && shape.has(property)) {
            result[property] = value;
            added.push(property);
        }
    }
    for (const [property, { properties }] of shape) {
        if (properties !== undefined && result[property] !== undefined) {
            const inner = defaults[property];
            const deeper = typeof inner === "object" ? inner : {};
            const fill = (value: unknown): unknown =>
                isPlainObject(value) ? filled(value, properties(), deeper) : value;
            const value = result[property];
            result[property] = Array.isArray(value) ? value.map(fill) : fill(value);
        }
    }
    return { ...result, __defaults: added.sort() };
}

function mergedTags(defaultTags: Properties, tags: unknown): unknown {
    return hasUnknown(defaultTags) || hasUnknown(tags)
        ? UNKNOWN
        : { ...defaultTags, ...(isPlainObject(tags) ? tags : {}) };
}

/** Most resources with a name get one from the bridge: the resource's name and seven hexadecimal digits. */
function generatedName(
    request: CheckRequest,
    inputs: Properties,
): readonly [string, unknown] | undefined {
    const property = request.type === "aws:s3/bucket:Bucket" ? "bucket" : "name";
    const shape = request.shape.get(property);
    const prefixed = inputs[`${property}Prefix`] !== undefined;
    if (shape?.input !== true || shape.kind !== "string" || shape.required || prefixed) {
        return undefined;
    }
    if (inputs[property] !== undefined) {
        return undefined;
    }
    const before = request.olds?.["__defaults"];
    if (Array.isArray(before) && before.includes(property)) {
        return [property, request.olds?.[property]];
    }
    const digest = createHash("sha256").update(request.seed).update(request.name).digest("hex");
    const generated = `${request.name}-${digest.slice(0, 7)}`;
    if (property === "bucket") {
        return [property, generated.toLowerCase()];
    }
    return [property, request.type === "aws:kms/alias:Alias" ? `alias/${generated}` : generated];
}

import { formatPath, type PropertyPath } from "../graph/peek";
import { AssetValue, SecretValue, UNKNOWN } from "../graph/resource";
import { isPlainObject, readWireValue } from "../graph/wire-values";
import type { PropertyChange } from "../rules/rule";

/** A change that was made, with its values as JSON text. */
interface AppliedChange {
    readonly path: string;
    /** Empty when the property was absent. */
    readonly before: string;
    readonly after: string;
}

export interface ChangedProperties {
    /** Properties in the engine's wire format: what no change names keeps its marks. */
    readonly properties: unknown;
    readonly changes: readonly AppliedChange[];
}

/**
 * Sets properties of a resource in the engine's wire format. Leaves out a change whose place is unknown or secret, lies inside such a
 * value, or has the wanted value already.
 */
export function applyChanges(
    properties: unknown,
    changes: readonly PropertyChange[],
): ChangedProperties {
    const applied: AppliedChange[] = [];
    let changed = properties;
    for (const { path, value } of changes) {
        const result = setAt(changed, path, value);
        if (result !== undefined) {
            changed = result.changed;
            applied.push({
                path: formatPath(path),
                before: jsonOf(result.before),
                after: jsonOf(value),
            });
        }
    }
    return { properties: changed, changes: applied };
}

interface Setting {
    readonly changed: unknown;
    readonly before: unknown;
}

function setAt(place: unknown, path: PropertyPath, value: unknown): Setting | undefined {
    const read = readWireValue(place);
    if (holdsMark(read, path.length === 0)) {
        return undefined;
    }
    const [key, ...rest] = path;
    if (key === undefined) {
        return jsonOf(place) === jsonOf(value) ? undefined : { changed: value, before: place };
    }
    if (typeof key === "number") {
        return setElement(place, key, rest, value);
    }
    if (place !== undefined && place !== null && !isPlainObject(place)) {
        return undefined;
    }
    const fields = place ?? {};
    const inner = setAt(Object.hasOwn(fields, key) ? fields[key] : undefined, rest, value);
    return inner === undefined
        ? undefined
        : {
              before: inner.before,
              changed: Object.fromEntries([
                  ...Object.entries(fields).filter(([name]) => name !== key),
                  [key, inner.changed],
              ]),
          };
}

/** Elements are changed where they are; none is added, because a list's other half may be written elsewhere. */
function setElement(
    place: unknown,
    index: number,
    rest: PropertyPath,
    value: unknown,
): Setting | undefined {
    if (!Array.isArray(place) || index < 0 || index >= place.length) {
        return undefined;
    }
    const inner = setAt(place[index], rest, value);
    return inner === undefined
        ? undefined
        : {
              before: inner.before,
              changed: place.map((element: unknown, at) =>
                  at === index ? inner.changed : element,
              ),
          };
}

/** Whether a value is not plain: to pass through, the value itself must not be; to replace it, nothing in it may be. */
function holdsMark(value: unknown, deep: boolean): boolean {
    if (value === UNKNOWN || value instanceof SecretValue || value instanceof AssetValue) {
        return true;
    }
    return (
        deep &&
        typeof value === "object" &&
        value !== null &&
        Object.values(value).some((inner) => holdsMark(inner, true))
    );
}

function jsonOf(value: unknown): string {
    return value === undefined || value === null ? "" : JSON.stringify(value);
}

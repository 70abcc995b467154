import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

/** Property values as the provider protocol carries them. */
export type Properties = Record<string, unknown>;

/** Stands for a value that is not known before the resource exists (the protocol's sentinel for an unknown string). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Key that marks a special value, such as an asset or an archive. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

export function fromStruct(struct: Struct | undefined): Properties {
    return struct?.toJavaScript() ?? {};
}

export function toStruct(properties: Properties): Struct {
    return Struct.fromJavaScript(withoutUndefined(properties) as Record<string, JavaScriptValue>);
}

/** An object with named properties; not an array, an asset or an archive. */
export function isPlainObject(value: unknown): value is Properties {
    return (
        typeof value === "object" &&
        value !== null &&
        !Array.isArray(value) &&
        !(SIGNATURE in value)
    );
}

export function hasUnknown(value: unknown): boolean {
    if (value === UNKNOWN) {
        return true;
    }
    return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}

/** A copy without null properties, as the bridge reads what a program gives. */
export function withoutNulls(properties: Properties): Properties {
    const copy: Properties = {};
    for (const [name, value] of Object.entries(properties)) {
        if (value !== null && value !== undefined) {
            copy[name] = isPlainObject(value)
                ? withoutNulls(value)
                : Array.isArray(value)
                  ? value.map((element: unknown) =>
                        isPlainObject(element) ? withoutNulls(element) : element,
                    )
                  : value;
        }
    }
    return copy;
}

function withoutUndefined(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(withoutUndefined);
    }
    if (typeof value === "object" && value !== null) {
        return Object.fromEntries(
            Object.entries(value)
                .filter(([, inner]) => inner !== undefined)
                .map(([name, inner]) => [name, withoutUndefined(inner)]),
        );
    }
    return value;
}

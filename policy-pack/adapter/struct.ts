import { Struct, type Value } from "google-protobuf/google/protobuf/struct_pb";

/** Reads a protobuf struct as JSON. Unlike `Struct.toJavaScript`, it keeps a field named `__proto__` as a field. */
export function structToJson(struct: Struct | undefined): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    struct?.getFieldsMap().forEach((value, key) => {
        entries.push([key, valueToJson(value)]);
    });
    return Object.fromEntries(entries);
}

function valueToJson(value: Value): unknown {
    if (value.hasStructValue()) {
        return structToJson(value.getStructValue());
    }
    if (value.hasListValue()) {
        return (value.getListValue()?.getValuesList() ?? []).map(valueToJson);
    }
    if (value.hasStringValue()) {
        return value.getStringValue();
    }
    if (value.hasNumberValue()) {
        return value.getNumberValue();
    }
    return value.hasBoolValue() ? value.getBoolValue() : null;
}

/** Writes JSON as a protobuf struct. */
export function jsonToStruct(json: unknown): Struct {
    // A round trip leaves plain JSON whatever the caller's types promise.
    return Struct.fromJavaScript(
        JSON.parse(JSON.stringify(json)) as Parameters<typeof Struct.fromJavaScript>[0],
    );
}

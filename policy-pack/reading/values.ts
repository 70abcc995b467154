import { parseBoolean, parseNumber, parseText } from "../../aws/scalars";
import { formatPath, peek, type PropertyPath } from "../graph/peek";
import { AssetValue, SecretValue, UNKNOWN } from "../graph/resource";

/**
 * A value as far as it could be read. `open` covers what is not known yet and what has a shape that cannot be read; `why` completes
 * a sentence that begins with the property: "is not known before deployment".
 */
export type Reading<T> =
    | { readonly kind: "known"; readonly value: T }
    | { readonly kind: "absent" }
    | { readonly kind: "open"; readonly why: string };

/** Reads the property at a path of something's properties. */
export type Reader<T> = (properties: unknown, path: PropertyPath) => Reading<T>;

export const absent = { kind: "absent" } as const;
export const notKnownYet = { kind: "open", why: "is not known before deployment" } as const;

export const readBoolean: Reader<boolean> = reader(parseBoolean);
export const readNumber: Reader<number> = reader(parseNumber);

/** Reads text; empty text counts as absent, as it does for the provider. */
export const readText: Reader<string> = (properties, path) => {
    const found = reader(parseText)(properties, path);
    return found.kind === "known" && found.value === "" ? absent : found;
};

/** Reads whatever is there. */
export const readAny: Reader<unknown> = reader((value) => value);

/** The paths of a list's elements; a single value stands for a list of one. Empty lists are absent. */
export const readElements: Reader<readonly PropertyPath[]> = (properties, path) => {
    const found = readAny(properties, path);
    if (found.kind !== "known") {
        return found;
    }
    if (!Array.isArray(found.value)) {
        return { kind: "known", value: [path] };
    }
    return found.value.length === 0
        ? absent
        : { kind: "known", value: found.value.map((_, index) => [...path, index]) };
};

/** The value with secrets opened at every depth; unknown parts stay the `UNKNOWN` symbol. Never print it. */
export function open(value: unknown): unknown {
    if (value instanceof SecretValue) {
        return open(value.value);
    }
    if (Array.isArray(value)) {
        return value.map(open);
    }
    if (typeof value === "object" && value !== null && !(value instanceof AssetValue)) {
        return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, open(part)]));
    }
    return value;
}

/** The raw value at a path with secrets opened; the `UNKNOWN` symbol where it is not known, undefined where it is absent. */
export function valueAt(properties: unknown, path: PropertyPath): unknown {
    const found = peek(properties, path);
    return found.kind === "known"
        ? open(found.value)
        : found.kind === "unknown"
          ? UNKNOWN
          : undefined;
}

/** A value as a message may show it: short, and never a secret. */
export function show(value: unknown): string {
    const text =
        JSON.stringify(value, (_, part: unknown) => (part === UNKNOWN ? "(unknown)" : part)) ??
        "nothing";
    return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

function reader<T>(parse: (value: unknown) => T | undefined): Reader<T> {
    return (properties, path) => {
        const found = peek(properties, path);
        if (found.kind === "unknown") {
            return notKnownYet;
        }
        if (found.kind === "absent") {
            return misshapen(properties, path) ?? absent;
        }
        const value = parse(found.value);
        return value === undefined
            ? {
                  kind: "open",
                  why: `cannot be read: found ${found.secret ? "[secret]" : show(found.value)}`,
              }
            : { kind: "known", value };
    };
}

/** A value on the way to the path that has no fields or elements, where some were expected. */
function misshapen(properties: unknown, path: PropertyPath): Reading<never> | undefined {
    for (let depth = 1; depth < path.length; depth++) {
        const part = peek(properties, path.slice(0, depth));
        if (part.kind !== "known") {
            return undefined;
        }
        const wantsList = typeof path[depth] === "number";
        if (typeof part.value !== "object" || Array.isArray(part.value) !== wantsList) {
            return {
                kind: "open",
                why: `cannot be read: ${formatPath(path.slice(0, depth))} is not ${wantsList ? "a list" : "an object"}`,
            };
        }
    }
    return undefined;
}

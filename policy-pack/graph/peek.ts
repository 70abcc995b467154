import { SecretValue, UNKNOWN } from "./resource";

/** What is known of a value: a rule has to say what it does with each of the three. */
export type Peeked =
    | { readonly kind: "known"; readonly value: unknown; readonly secret: boolean }
    | { readonly kind: "unknown" }
    | { readonly kind: "absent" };

/** Names of properties and indexes of lists, from the outside in. */
export type PropertyPath = readonly (string | number)[];

const absent: Peeked = { kind: "absent" };

/**
 * Looks at one property without ever throwing. A path that leads through an unknown is unknown; null and undefined are absent.
 * A secret is looked into; the answer says so, and its value must not be printed.
 */
export function peek(properties: unknown, path: PropertyPath): Peeked {
    let value = properties;
    let secret = false;
    for (let depth = 0; ; depth++) {
        while (value instanceof SecretValue) {
            secret = true;
            value = value.value;
        }
        if (value === UNKNOWN) {
            return { kind: "unknown" };
        }
        if (value === null || value === undefined) {
            return absent;
        }
        if (depth === path.length) {
            return { kind: "known", value, secret };
        }
        const key = path[depth];
        if (key === undefined || typeof value !== "object" || !Object.hasOwn(value, key)) {
            return absent;
        }
        value = (value as Record<string | number, unknown>)[key];
    }
}

/** Writes a path as reports show it: `ingress[0].cidrBlocks[1]`. */
export function formatPath(path: PropertyPath): string {
    return path
        .map((part, index) =>
            typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`,
        )
        .join("");
}

import { AssetValue, SecretValue, UNKNOWN } from "./resource";

/**
 * The marks by which the engine's wire format and exported stacks write what JSON has no word for. They are written out because a
 * graph is also judged where no Pulumi SDK is loaded; a test holds them equal to the SDK's.
 */
export const wireMarks = {
    signature: "4dabf18193072939515e22adb298388d",
    secret: "1b47061264138c4ac30d75fd1eb44270",
    asset: "c44067f5952c0a294b673a41bacd8c17",
    archive: "0def7320c3a5731c473e5ecbe6d01bc7",
    resource: "5cf8f73096256a8f31e491e813e4eb8e",
    output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
} as const;

/** The strings that stand for unknown booleans, numbers, strings, lists, assets, archives and objects, in that order. */
export const unknownSentinels: readonly string[] = [
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
    "030794c1-ac77-496b-92df-f27374a8bd58",
    "e48ece36-62e2-4504-bad9-02848725956a",
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

const sentinels = new Set(unknownSentinels);

/** Deeper values are unknown: no real property is nested so far, and a reader must not run out of stack. */
const deepest = 100;

/**
 * Reads one value as the engine, a program's registration or an exported stack writes it. Never throws: what carries a mark that is
 * not understood, and a secret that is still encrypted, is unknown. Keys such as `__proto__` stay ordinary keys.
 */
export function readWireValue(wire: unknown, depth = 0): unknown {
    if (typeof wire === "string") {
        return sentinels.has(wire) ? UNKNOWN : wire;
    }
    if (typeof wire !== "object" || wire === null) {
        return wire;
    }
    if (depth > deepest) {
        return UNKNOWN;
    }
    if (Array.isArray(wire)) {
        return wire.map((element) => readWireValue(element, depth + 1));
    }
    const fields = wire as Readonly<Record<string, unknown>>;
    if (Object.hasOwn(fields, wireMarks.signature)) {
        return readMarked(fields, depth);
    }
    return Object.fromEntries(
        Object.entries(fields).map(([key, value]) => [key, readWireValue(value, depth + 1)]),
    );
}

/** Reads the properties of a resource; anything but an object has none. */
export function readWireProperties(wire: unknown): Record<string, unknown> {
    const value = readWireValue(wire);
    return isPlainObject(value) ? value : {};
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
    return (
        typeof value === "object" &&
        value !== null &&
        !Array.isArray(value) &&
        !(value instanceof SecretValue) &&
        !(value instanceof AssetValue)
    );
}

function readMarked(fields: Readonly<Record<string, unknown>>, depth: number): unknown {
    const field = (name: string): unknown =>
        Object.hasOwn(fields, name) ? fields[name] : undefined;
    const text = (name: string): string | undefined => {
        const value = field(name);
        return typeof value === "string" ? value : undefined;
    };
    switch (field(wireMarks.signature)) {
        case wireMarks.secret:
            return new SecretValue(readSecret(field("value"), text("plaintext"), depth));
        case wireMarks.asset:
            return new AssetValue(text("hash") ?? "", text("text"));
        case wireMarks.archive:
            return new AssetValue(text("hash") ?? "");
        case wireMarks.resource: {
            const id = text("id") ?? "";
            return id === "" || sentinels.has(id) ? UNKNOWN : id;
        }
        case wireMarks.output: {
            const value = Object.hasOwn(fields, "value")
                ? readWireValue(field("value"), depth + 1)
                : UNKNOWN;
            return field("secret") === true ? new SecretValue(value) : value;
        }
        default:
            return UNKNOWN;
    }
}

function readSecret(value: unknown, plaintext: string | undefined, depth: number): unknown {
    if (value !== undefined) {
        return readWireValue(value, depth + 1);
    }
    if (plaintext === undefined) {
        return UNKNOWN;
    }
    try {
        return readWireValue(JSON.parse(plaintext), depth + 1);
    } catch {
        return UNKNOWN;
    }
}

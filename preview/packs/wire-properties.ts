import { isPlainObject, unknownSentinels, wireMarks } from "../../policy-pack/graph/wire-values";

/** Deeper values are unknown: no real property is nested so far, and a writer must not run out of stack. */
const deepest = 100;

/** The sentinel of an unknown text, which stands for a value of any kind. */
const [, , unknown = ""] = unknownSentinels;

/**
 * Writes properties as the engine sends them to a pack: fields of its own (`__defaults`) are left out, and a secret carries its value;
 * one that is still encrypted is unknown.
 */
export function wireProperties(properties: unknown): Readonly<Record<string, unknown>> {
    return isPlainObject(properties) ? fieldsOf(properties, 0) : {};
}

function valueOf(value: unknown, depth: number): unknown {
    if (depth > deepest) {
        return unknown;
    }
    if (Array.isArray(value)) {
        return value.map((element) => valueOf(element, depth + 1));
    }
    if (!isPlainObject(value)) {
        return value;
    }
    if (Object.hasOwn(value, wireMarks.signature)) {
        return value[wireMarks.signature] === wireMarks.secret ? secretOf(value, depth) : value;
    }
    return fieldsOf(value, depth);
}

function fieldsOf(
    fields: Readonly<Record<string, unknown>>,
    depth: number,
): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
        Object.entries(fields)
            .filter(([name]) => !name.startsWith("__"))
            .map(([name, value]) => [name, valueOf(value, depth + 1)]),
    );
}

function secretOf(secret: Readonly<Record<string, unknown>>, depth: number): unknown {
    return {
        [wireMarks.signature]: wireMarks.secret,
        value: valueOf(
            Object.hasOwn(secret, "value") ? secret["value"] : parsed(secret["plaintext"]),
            depth + 1,
        ),
    };
}

/** `pulumi stack export --show-secrets` writes a secret as the text of its JSON. */
function parsed(plaintext: unknown): unknown {
    try {
        return typeof plaintext === "string" ? (JSON.parse(plaintext) as unknown) : unknown;
    } catch {
        return unknown;
    }
}

import type { Project } from "./project-file";
import { isMapping, type Mapping } from "./yaml-file";

/** One key that `Pulumi.yaml` declares. */
export interface DeclaredValue {
    readonly type: string | undefined;
    /** The value, or the default; undefined when neither is given. */
    readonly fallback: unknown;
    readonly secret: boolean;
    /** The stack must give it. */
    readonly required: boolean;
}

const types: Readonly<Record<string, { readonly words: string; holds(value: unknown): boolean }>> =
    {
        string: { words: "a string", holds: (value) => typeof value === "string" },
        integer: {
            words: "an integer",
            holds: (value) =>
                typeof value === "bigint" ||
                (typeof value === "string" && /^[+-]?\d+$/.test(value)),
        },
        boolean: {
            words: "true or false",
            holds: (value) => typeof value === "boolean" || value === "true" || value === "false",
        },
        array: { words: "a list", holds: (value) => Array.isArray(value) },
        object: { words: "a mapping", holds: isMapping },
    };

/** Reads the configuration that a project declares; problems are added to the list. */
export function declaredConfig(
    project: Project,
    problems: string[],
): ReadonlyMap<string, DeclaredValue> {
    const declared = new Map<string, DeclaredValue>();
    for (const [key, written] of Object.entries(project.config)) {
        const full = key.includes(":") ? key : `${project.name}:${key}`;
        const value: DeclaredValue = isDeclaration(written)
            ? readDeclaration(written, full.startsWith(`${project.name}:`))
            : { type: undefined, fallback: written, secret: false, required: false };
        if (value.type !== undefined && types[value.type] === undefined) {
            problems.push(
                `Pulumi.yaml: config.${key}.type must be one of ${Object.keys(types).join(", ")}, got "${value.type}"`,
            );
        }
        const mismatch =
            value.fallback === undefined ? undefined : typeProblem(value.type, value.fallback);
        if (mismatch !== undefined) {
            problems.push(`Pulumi.yaml: the default of config.${key} must be ${mismatch}`);
        }
        declared.set(full, value);
    }
    return declared;
}

/** Says what a value of a declared type must be, when it is not. */
export function typeProblem(type: string | undefined, value: unknown): string | undefined {
    const known = type === undefined ? undefined : types[type];
    if (known === undefined || known.holds(value)) {
        return undefined;
    }
    const got = Array.isArray(value) ? "a list" : isMapping(value) ? "a mapping" : String(value);
    return `${known.words}, got ${got}`;
}

const declarationKeys = ["type", "default", "value", "description", "secret", "items"];

/** A mapping with none but these keys describes a value; any other is the value itself. */
function isDeclaration(written: unknown): written is Mapping {
    return isMapping(written) && Object.keys(written).every((key) => declarationKeys.includes(key));
}

function readDeclaration(written: Mapping, own: boolean): DeclaredValue {
    const fallback = written["value"] ?? written["default"];
    return {
        type: typeof written["type"] === "string" ? written["type"] : undefined,
        fallback: fallback ?? undefined,
        secret: written["secret"] === true,
        required: own && (fallback === undefined || fallback === null),
    };
}

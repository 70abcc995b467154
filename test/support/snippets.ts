import { runInNewContext } from "node:vm";
import type { RegisteredResource } from "../../policy-pack/graph/resource";

/** What the line of code of a remediation makes. */
interface Snippet {
    /** Type token. */
    readonly type: string;
    readonly properties: Readonly<Record<string, unknown>>;
    readonly options: Readonly<Record<string, unknown>>;
}

/** Stands for whatever a snippet takes from elsewhere: `logKey.arn`, a call, a template with either. */
const elsewhere: unknown = new Proxy(() => elsewhere, {
    get: (_, key) => (key === Symbol.toPrimitive ? () => "" : elsewhere),
    apply: () => elsewhere,
});

/** Evaluates the first constructor call of a snippet; undefined where it makes no resource of AWS. */
export function readSnippet(code: string): Snippet | undefined {
    const made: Snippet[] = [];
    const named = (path: readonly string[]): unknown =>
        new Proxy(class {}, {
            get: (_, key) => named([...path, String(key)]),
            apply: () => elsewhere,
            construct: (_, [, properties = {}, options = {}]: unknown[]) => {
                made.push({
                    type: tokenOf(path),
                    properties: properties as Snippet["properties"],
                    options: options as Snippet["options"],
                });
                return elsewhere as object;
            },
        });
    const scope = new Proxy(
        {},
        {
            has: (_, key) => !(key in globalThis),
            get: (_, key) =>
                key === Symbol.unscopables ? undefined : key === "aws" ? named([]) : elsewhere,
        },
    );
    // Arguments of a resource stand for the resource that is made with them.
    const call = code.replace(
        /^const \w+: (?:Partial<)?aws\.(\w+)\.(\w+)Args>? = (.*);$/s,
        'new aws.$1.$2("it", $3);',
    );
    runInNewContext(`with (scope) { ${call} }`, { scope });
    return made[0];
}

function tokenOf(path: readonly string[]): string {
    const [module = "", name = ""] = path;
    return `aws:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
}

/**
 * A resource as it is when a snippet's properties are laid over its own. What the snippet takes from elsewhere is what the sound resource has
 * in its place.
 */
export function applySnippet(
    snippet: Snippet,
    weak: RegisteredResource | undefined,
    sound: RegisteredResource,
): RegisteredResource {
    const properties: Record<string, unknown> = { ...weak?.properties };
    const dependencies: Record<string, readonly string[]> = { ...weak?.propertyDependencies };
    for (const [name, value] of Object.entries(snippet.properties)) {
        properties[name] = laidOver(properties[name], value, sound.properties[name]);
        dependencies[name] = sound.propertyDependencies[name] ?? [];
    }
    return {
        ...sound,
        properties,
        propertyDependencies: dependencies,
        options: { ...(weak ?? sound).options, ...snippet.options },
    };
}

function laidOver(old: unknown, written: unknown, sound: unknown): unknown {
    if (written === elsewhere) {
        return sound;
    }
    if (Array.isArray(written)) {
        return written.map((part, index) => laidOver(undefined, part, partOf(sound, index)));
    }
    if (typeof written === "object" && written !== null) {
        const base = typeof old === "object" && !Array.isArray(old) ? old : {};
        const parts = Object.entries(written).map(([key, part]) => [
            key,
            laidOver(partOf(base, key), part, partOf(sound, key)),
        ]);
        return { ...base, ...(Object.fromEntries(parts) as object) };
    }
    return written;
}

function partOf(value: unknown, key: string | number): unknown {
    return typeof value === "object" && value !== null
        ? (value as Record<string | number, unknown>)[key]
        : undefined;
}

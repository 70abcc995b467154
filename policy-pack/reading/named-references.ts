import type { PropertyPath } from "../graph/peek";
import { UNKNOWN } from "../graph/resource";

/** An ARN that names an account. */
interface FoundArn {
    readonly path: PropertyPath;
    readonly arn: string;
    readonly account: string;
}

/** Every ARN with an account in a value, with its place. */
export function* arnsIn(value: unknown, path: PropertyPath): Generator<FoundArn> {
    if (typeof value === "string") {
        const account = /^arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-]*:(\d{12}):/.exec(value)?.[1];
        if (account !== undefined) {
            yield { path, arn: value, account };
        }
    } else if (typeof value === "object" && value !== null) {
        for (const [key, inner] of Object.entries(value)) {
            yield* arnsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]);
        }
    }
}

/** Settings inside a property that hold a reference, or settings that do; lengths, names and switches do not. */
const referring =
    /(?:arns?|keyid|bucket|role|profile|layers|values?|config(?:uration)?s?|default|destination|parameters|processors|ebs|rules|copyActions)$/i;

/** The first unknown value under every name of a reference: one name is one finding, however many elements a list has. */
export function openReferences(value: unknown, property: PropertyPath): readonly PropertyPath[] {
    const found = new Map<string, PropertyPath>();
    for (const path of unknownsIn(value, property)) {
        const names = path.filter((part) => typeof part === "string");
        const key = names.join(".");
        if (!found.has(key) && (names.length === 1 || referring.test(names.at(-1) ?? ""))) {
            found.set(key, path);
        }
    }
    return [...found.values()];
}

/** Every unknown value in a value, with its place. */
export function* unknownsIn(value: unknown, path: PropertyPath): Generator<PropertyPath> {
    if (value === UNKNOWN) {
        yield path;
    } else if (typeof value === "object" && value !== null) {
        for (const [key, inner] of Object.entries(value)) {
            yield* unknownsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]);
        }
    }
}

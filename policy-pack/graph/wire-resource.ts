import { SecretValue, UNKNOWN, type RegisteredResource } from "./resource";
import { isPlainObject, readWireProperties } from "./wire-values";

/**
 * A resource as a version 3 deployment writes it (`pulumi stack export`, a saved graph). A program's registration and an
 * analyzer request are brought into this shape too, so that one reader serves all three.
 */
export interface WireResource {
    readonly urn: string;
    readonly type: string;
    /** Taken from the type and the provider when it is missing. */
    readonly custom?: boolean;
    readonly id?: string;
    /** Read, not managed, by the stack: `.get()` and stack references. */
    readonly external?: boolean;
    /** Properties with the engine's marks for unknown and secret values. */
    readonly inputs?: unknown;
    readonly outputs?: unknown;
    readonly parent?: string;
    /** A provider's URN, or a reference: the URN, `::` and its id. */
    readonly provider?: string;
    readonly dependencies?: readonly string[];
    readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
    readonly protect?: boolean;
    readonly retainOnDelete?: boolean;
    readonly deleteBeforeReplace?: boolean;
    readonly ignoreChanges?: readonly string[];
    readonly aliases?: readonly string[];
}

/**
 * Whether a resource can be judged. One that the stack reads (`.get()`) is opaque at preview, where the engine leaves it out as well: all
 * that is known is its id. In an exported stack its state is known.
 */
export function isJudged(wire: WireResource): boolean {
    return wire.external !== true || wire.outputs !== undefined;
}

/** Reads a resource: its inputs with the known outputs laid over them. */
export function readWireResource(wire: WireResource): RegisteredResource {
    const inputs = readWireProperties(wire.inputs);
    const outputs = wire.outputs ? readWireProperties(wire.outputs) : {};
    return {
        urn: wire.urn,
        type: wire.type,
        name: nameOf(wire.urn),
        ...(wire.id ? { id: wire.id } : {}),
        custom: wire.custom ?? (Boolean(wire.provider) || isProviderType(wire.type)),
        properties: wire.inputs === undefined ? outputs : layOver(inputs, outputs),
        ...(wire.parent ? { parent: wire.parent } : {}),
        ...(wire.provider ? { provider: providerUrn(wire.provider) } : {}),
        dependencies: wire.dependencies ?? [],
        propertyDependencies: wire.propertyDependencies ?? {},
        options: {
            protect: wire.protect ?? false,
            retainOnDelete: wire.retainOnDelete ?? false,
            ...(wire.deleteBeforeReplace === undefined
                ? {}
                : { deleteBeforeReplace: wire.deleteBeforeReplace }),
            ignoreChanges: wire.ignoreChanges ?? [],
            aliases: wire.aliases ?? [],
        },
    };
}

/** Whether a type token is that of a provider, such as `pulumi:providers:aws`. */
export function isProviderType(type: string): boolean {
    return type.startsWith("pulumi:providers:");
}

/** Name of a resource: what follows the type in its URN. A name may itself hold `::`. */
function nameOf(urn: string): string {
    return urn.split("::").slice(3).join("::");
}

/** The stack and the project that a URN belongs to; "" for what it does not say. */
export function stackOf(urn: string): { readonly stack: string; readonly project: string } {
    const [prefix = "", project = ""] = urn.split("::");
    return { stack: prefix.replace(/^urn:pulumi:/, ""), project };
}

/**
 * Outputs win over inputs wherever they are known. Preview may report a whole object as unknown because one part of it is, so an
 * input that is known stays; and it reports as unknown whatever the provider will choose, which the program has not set: that is absent.
 */
export function layOver(
    inputs: Readonly<Record<string, unknown>>,
    outputs: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
    const keys = new Set([...Object.keys(inputs), ...Object.keys(outputs)]);
    return Object.fromEntries(
        [...keys]
            .map((key) => [key, mergeValue(own(inputs, key), own(outputs, key))] as const)
            .filter(([, value]) => value !== undefined),
    );
}

function mergeValue(input: unknown, output: unknown): unknown {
    if (output === undefined || output === UNKNOWN) {
        return input;
    }
    if (input instanceof SecretValue) {
        const known = output instanceof SecretValue ? output.value : output;
        return new SecretValue(mergeValue(input.value, known));
    }
    if (isPlainObject(input) && isPlainObject(output)) {
        return layOver(input, output);
    }
    if (Array.isArray(input) && Array.isArray(output) && input.length === output.length) {
        // A provider may sort a list, so elements are paired only where the output leaves something open.
        return output.some(holdsUnknown)
            ? output.map((element, index) => mergeValue(input[index], element))
            : output;
    }
    return output;
}

/** Whether a value is unknown at any depth. */
export function holdsUnknown(value: unknown): boolean {
    if (value instanceof SecretValue) {
        return holdsUnknown(value.value);
    }
    return (
        value === UNKNOWN ||
        (Array.isArray(value) && value.some(holdsUnknown)) ||
        (isPlainObject(value) && Object.values(value).some(holdsUnknown))
    );
}

function own(object: Readonly<Record<string, unknown>>, key: string): unknown {
    return Object.hasOwn(object, key) ? object[key] : undefined;
}

function providerUrn(reference: string): string {
    return reference.split("::").slice(0, 4).join("::");
}

import {
    AssetValue,
    SecretValue,
    UNKNOWN,
    type RegisteredResource,
} from "../../../policy-pack/graph/resource";
import { isPlainObject, unknownSentinels, wireMarks } from "../../../policy-pack/graph/wire-values";
import type { WireResource } from "../../../policy-pack/graph/wire-resource";
import { afterCheck } from "../../support/analyzer-resources";

/** A resource of a preview as the engine shows it to a pack: with the provider's defaults, and with what AWS will choose unknown. */
export function wireOf(resource: RegisteredResource): WireResource {
    const { urn, type, name, parent, provider, dependencies, propertyDependencies } = resource;
    const { options } = resource;
    const inputs = written(resource.properties) as Readonly<Record<string, unknown>>;
    return {
        urn,
        type,
        ...(type.startsWith("aws:")
            ? afterCheck({ type, name, inputs, created: false })
            : { inputs, outputs: inputs }),
        ...(parent === undefined ? {} : { parent }),
        ...(provider === undefined ? {} : { provider }),
        ...{ dependencies, propertyDependencies },
        protect: options.protect,
        ignoreChanges: options.ignoreChanges,
        ...(options.deleteBeforeReplace === undefined
            ? {}
            : { deleteBeforeReplace: options.deleteBeforeReplace }),
    };
}

/** The sentinel of strings stands for an unknown of any kind: readers take them all alike. */
const unknownText = unknownSentinels[2];

function written(value: unknown): unknown {
    if (value === UNKNOWN) {
        return unknownText;
    }
    if (value instanceof SecretValue) {
        return { [wireMarks.signature]: wireMarks.secret, value: written(value.value) };
    }
    if (value instanceof AssetValue) {
        return { [wireMarks.signature]: wireMarks.asset, hash: value.hash, text: value.text };
    }
    if (Array.isArray(value)) {
        return value.map(written);
    }
    return isPlainObject(value)
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, written(inner)]))
        : value;
}

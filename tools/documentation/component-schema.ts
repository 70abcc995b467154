import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import * as components from "../../components";

/** A property as the schema describes it. */
export interface SchemaProperty {
    readonly description?: string;
    readonly type?: string;
    readonly $ref?: string;
    readonly items?: SchemaProperty;
    readonly additionalProperties?: SchemaProperty;
    readonly optional?: boolean;
    readonly plain?: boolean;
}

type Properties = Readonly<Record<string, SchemaProperty>>;

export interface ComponentSchema {
    readonly description?: string;
    readonly inputs?: Properties;
    readonly outputs?: Properties;
}

export interface PackageSchema {
    /** By class name. */
    readonly components: Readonly<Record<string, ComponentSchema>>;
    /** Nested objects, by the name of their interface. */
    readonly typeDefinitions: Readonly<
        Record<string, { readonly description?: string; readonly properties?: Properties }>
    >;
}

const folder = join(__dirname, "..", "..", "components");

let read: PackageSchema | undefined;

/**
 * The schema that Pulumi infers of the component package; takes seconds the first time. Throws for unions, callbacks and whatever else another
 * language could not say.
 */
export function readComponentSchema(): PackageSchema {
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<
        string,
        unknown
    >;
    return (read ??= new Analyzer(
        folder,
        "keyward",
        manifest,
        new Set(Object.keys(components)),
    ).analyze());
}

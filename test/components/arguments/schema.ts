import {
    type PackageSchema,
    readComponentSchema,
    type SchemaProperty,
} from "../../../tools/documentation/component-schema";

/** One argument of a component: `Component.name`, those of nested objects as `Component.outer.inner`. */
interface Argument {
    readonly path: string;
    /** Of the schema, such as `string`, `boolean`, `array`. */
    readonly type: string | undefined;
}

/** All arguments of all components. */
export function argumentsOfSchema(): readonly Argument[] {
    const schema = readComponentSchema();
    return Object.entries(schema.components).flatMap(([component, { inputs = {} }]) =>
        argumentsBelow(component, inputs, schema),
    );
}

function argumentsBelow(
    path: string,
    properties: Readonly<Record<string, SchemaProperty>>,
    schema: PackageSchema,
): readonly Argument[] {
    return Object.entries(properties).flatMap(([name, { $ref, items, type }]) => {
        const [, nested] = /keyward:index:(\w+)$/.exec($ref ?? items?.$ref ?? "") ?? [];
        return nested === undefined
            ? [{ path: `${path}.${name}`, type }]
            : argumentsBelow(
                  `${path}.${name}`,
                  schema.typeDefinitions[nested]?.properties ?? {},
                  schema,
              );
    });
}

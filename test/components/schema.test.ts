import assert from "node:assert/strict";
import * as keyward from "../../components";
import {
    readComponentSchema,
    type PackageSchema,
    type SchemaProperty,
} from "../../tools/documentation/component-schema";

const components = Object.keys(keyward);

describe("the schema that Pulumi infers of the components", function () {
    // The analyser compiles the components with the types of the AWS provider.
    this.timeout(120_000);

    let schema: PackageSchema;

    before(() => {
        schema = readComponentSchema();
    });

    it("holds every component", () => {
        assert.deepEqual(Object.keys(schema.components).sort(), [...components].sort());
    });

    it("describes every component, input, output and field of a nested object", () => {
        const undescribed: string[] = [];
        const look = (
            place: string,
            properties: Readonly<Record<string, SchemaProperty>> = {},
        ): void => {
            for (const [name, { description }] of Object.entries(properties)) {
                if (description === undefined || description === "") {
                    undescribed.push(`${place}.${name}`);
                }
            }
        };
        for (const [name, component] of Object.entries(schema.components)) {
            look(`${name} inputs`, component.inputs);
            look(`${name} outputs`, component.outputs);
            if (component.description === undefined) {
                undescribed.push(name);
            }
        }
        for (const [name, definition] of Object.entries(schema.typeDefinitions)) {
            look(name, definition.properties);
        }
        assert.deepEqual(undescribed, []);
    });

    it("lets every component take tags and a region", () => {
        for (const [name, { inputs = {} }] of Object.entries(schema.components)) {
            assert.equal(inputs.region?.type, "string", name);
            assert.equal(inputs.tags?.additionalProperties?.type, "string", name);
        }
    });
});

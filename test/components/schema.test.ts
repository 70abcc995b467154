import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer";
import * as keyward from "../../components";

interface Property {
    readonly description?: string;
    readonly type?: string;
    readonly items?: Property;
    readonly additionalProperties?: Property;
}

interface Described {
    readonly description?: string;
    readonly properties?: Readonly<Record<string, Property>>;
    readonly inputs?: Readonly<Record<string, Property>>;
    readonly outputs?: Readonly<Record<string, Property>>;
}

const folder = join(__dirname, "..", "..", "components");
const components = Object.keys(keyward);

describe("the schema that Pulumi infers of the components", function () {
    // The analyser compiles the components with the types of the AWS provider.
    this.timeout(120_000);

    let schema: {
        readonly components: Readonly<Record<string, Described>>;
        readonly typeDefinitions: Readonly<Record<string, Described>>;
    };

    before(() => {
        const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<
            string,
            unknown
        >;
        // Throws for unions, callbacks and whatever else another language could not say.
        schema = new Analyzer(folder, "keyward", manifest, new Set(components)).analyze();
    });

    it("holds every component", () => {
        assert.deepEqual(Object.keys(schema.components).sort(), [...components].sort());
    });

    it("describes every component, input, output and field of a nested object", () => {
        const undescribed: string[] = [];
        const look = (place: string, properties: Readonly<Record<string, Property>> = {}): void => {
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

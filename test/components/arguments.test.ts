import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as keyward from "../../components";
import { record, type Recording } from "../support/monitor";
import { clusterScenarios } from "./arguments/cluster";
import type { Effect, Scenario } from "./arguments/effect";
import { argumentsOfSchema } from "./arguments/schema";
import { imageScenarios } from "./arguments/image";
import { serverScenarios } from "./arguments/server";
import { surroundingsScenarios } from "./arguments/surroundings";
import { withValue } from "./arguments/with-value";

const scenarios: readonly Scenario[] = [
    ...surroundingsScenarios,
    ...serverScenarios,
    ...imageScenarios,
    ...clusterScenarios,
];

type Component = new (name: string, args: object) => pulumi.ComponentResource;

const classes = new Map<string, Component>(Object.entries(keyward) as [string, Component][]);

/** What a component makes of its arguments, or which of them it refuses. */
type Made = { readonly recording: Recording<unknown> } | { readonly refused: readonly string[] };

const names: Readonly<Record<string, string>> = { KeyServer: "vault-1", KeyServerCluster: "bao" };

async function make(component: string, args: object): Promise<Made> {
    const made = classes.get(component) ?? assert.fail(`there is no component ${component}`);
    try {
        return { recording: await record(() => new made(names[component] ?? "vault", args)) };
    } catch (error) {
        assert.ok(pulumi.InputPropertiesError.isInstance(error), String(error));
        return { refused: error.errors.map(({ propertyPath }) => propertyPath) };
    }
}

describe("every argument of every component", function () {
    // The schema is read from the sources with the types of the AWS provider.
    this.timeout(180_000);

    it("has a test that changes it and sees the effect", () => {
        const all = argumentsOfSchema().map(({ path }) => path);
        const tested = new Set(
            scenarios.flatMap(({ component, changes }) =>
                Object.entries(changes).flatMap(([path, { to }]) =>
                    leavesOf(path.replace(/\[\d+\]/g, ""), to).map(
                        (leaf) => `${component}.${leaf}`,
                    ),
                ),
            ),
        );
        assert.deepEqual(
            all.filter((path) => !tested.has(path)),
            [],
        );
        console.log(`      ${all.length} of ${all.length} arguments`);
    });

    for (const { component, from, changes } of scenarios) {
        describe(`of ${component}, changed together: ${Object.keys(changes).join(", ")}`, () => {
            let original: Made;
            let changed: Made;

            before(async () => {
                original = await make(component, from);
                let args: unknown = from;
                for (const [path, { to }] of Object.entries(changes)) {
                    args = withValue(args, path.match(/[^.[\]]+/g) ?? [], to);
                }
                changed = await make(component, args as object);
            });

            for (const [path, effect] of Object.entries(changes)) {
                it(`${path} ${describeEffect(effect)}`, () => {
                    assertEffect(component, effect, original, changed);
                });
            }
        });
    }
});

function describeEffect({ at }: Effect): string {
    return "refused" in at ? `makes ${at.refused} refused` : `shows in ${at.join(" ")}`;
}

function assertEffect(
    component: string,
    { to, at, shows, packed }: Effect,
    original: Made,
    changed: Made,
): void {
    assert.deepEqual("refused" in original ? original.refused : [], []);
    const refused = "refused" in changed ? changed.refused : [];
    if ("refused" in at) {
        assert.ok(
            refused.some((path) => path.startsWith(at.refused)),
            `refused: ${refused.join()}`,
        );
        return;
    }
    assert.deepEqual(refused, []);
    const [was = "", is = ""] = [original, changed].map((made) =>
        "recording" in made ? JSON.stringify(valuesAt(component, made.recording, at)) : "",
    );
    if (packed === true) {
        assert.notEqual(is, was);
        return;
    }
    const text = shows ?? (typeof to === "string" ? JSON.stringify(to).slice(1, -1) : String(to));
    assert.ok(is.includes(text), `${text} is not in ${is}`);
    assert.ok(!was.includes(text), `${text} was there before: ${was}`);
}

/** Values of a property or an option of every resource of a type; outputs of the component itself. */
function valuesAt(
    component: string,
    { resources, outputs }: Recording<unknown>,
    [type, property]: readonly [string, string],
): readonly unknown[] {
    if (type === `keyward:index:${component}`) {
        return Object.entries(outputs)
            .filter(([reference]) => reference.startsWith(`${type}::`))
            .map(([, values]) => values[property] ?? "<absent>");
    }
    return resources
        .filter((resource) => resource.type === type)
        .map((resource) =>
            property.startsWith("@")
                ? (Object.entries(resource) as [string, unknown][]).find(
                      ([name]) => name === property.slice(1),
                  )?.[1]
                : valueAt(resource.inputs, property.split(".")),
        );
}

function valueAt(value: unknown, path: readonly string[]): unknown {
    return path.reduce<unknown>(
        (inner, key) =>
            typeof inner === "object" && inner !== null
                ? new Map(Object.entries(inner)).get(key)
                : undefined,
        value,
    );
}

/** A whole object as a value tests the fields that it has. */
function leavesOf(path: string, value: unknown): readonly string[] {
    return typeof value === "object" && value !== null && !Array.isArray(value) && path !== "tags"
        ? Object.keys(value).map((field) => `${path}.${field}`)
        : [path];
}

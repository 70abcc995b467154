import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as keyward from "../../components";
import { record } from "../support/monitor";
import { clusterScenarios } from "./arguments/cluster";
import { imageScenarios } from "./arguments/image";
import { serverScenarios } from "./arguments/server";
import { surroundingsScenarios } from "./arguments/surroundings";
import { withValue } from "./arguments/with-value";

/** Arguments whose every value of their type is right, and why. */
const free: Readonly<Record<string, string>> = {
    "KeyServerCluster.verifyCommand": "a shell reads it",
    "KeyServerCluster.exemptions.compensatingControl": "a text for people",
    "KeyServerPatching.rings.servers": "names of the program's own components",
};

/** A value of the same type that is right nowhere; undefined for switches, of which both positions are right, and for objects. */
function wrongValue(right: unknown): unknown {
    if (typeof right === "string") {
        return " \n";
    }
    if (typeof right === "number") {
        return -1.5;
    }
    return Array.isArray(right) && typeof right[0] !== "object"
        ? [wrongValue(right[0])]
        : undefined;
}

type Component = new (name: string, args: object) => pulumi.ComponentResource;

const classes = new Map<string, Component>(Object.entries(keyward) as [string, Component][]);

/** Paths that a component refuses; none for arguments that it takes. */
async function refusedBy(component: string, args: object): Promise<readonly string[]> {
    const made = classes.get(component) ?? assert.fail(`there is no component ${component}`);
    try {
        await record(() => new made(component === "KeyServer" ? "vault-1" : "bao", args));
    } catch (error) {
        assert.ok(pulumi.InputPropertiesError.isInstance(error), String(error));
        return error.errors.map(({ propertyPath }) => propertyPath);
    }
    return [];
}

/** Each value of the scenarios with the arguments around it; fields of objects one by one. */
const cases = [
    ...surroundingsScenarios,
    ...serverScenarios,
    ...imageScenarios,
    ...clusterScenarios,
].flatMap(({ changes, component, from }) =>
    Object.entries(changes).flatMap(([path, { to }]) => {
        const keys = path.match(/[^.[\]]+/g) ?? [];
        return typeof to === "object" && to !== null && !Array.isArray(to)
            ? Object.entries(to).map(([field, value]) => ({
                  component,
                  keys: [...keys, field],
                  from: withValue(from, keys, to),
                  value: value as unknown,
              }))
            : [{ component, keys, from, value: to }];
    }),
);

describe("a wrong value", function () {
    this.timeout(180_000);

    it("of any argument of any component is refused at its path before anything is made", async () => {
        const accepted = new Set<string>();
        const refused = new Set<string>();
        for (const { component, from, keys, value } of cases) {
            const wrong = wrongValue(value);
            const names = keys.filter((key) => !/^\d+$/.test(key));
            const argument = [component, ...names].join(".");
            if (wrong === undefined || refused.has(argument) || argument in free) {
                continue;
            }
            const paths = await refusedBy(component, withValue(from, keys, wrong) as object);
            const isRefused = paths.some((path) => path.startsWith(names[0] ?? ""));
            (isRefused ? refused : accepted).add(argument);
        }
        assert.deepEqual(
            [...accepted].filter((argument) => !refused.has(argument)),
            [],
        );
        console.log(`      ${refused.size} arguments`);
    });
});

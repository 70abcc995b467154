import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as keyward from "../../components";
import { record } from "../support/monitor";
import { catalogRecordsOf } from "./arguments/catalog-records";
import { catalogRecords, cataloguedElsewhere, free } from "./arguments/catalogued";
import { clusterScenarios } from "./arguments/cluster";
import { imageScenarios } from "./arguments/image";
import { argumentsOfSchema } from "./arguments/schema";
import { serverScenarios } from "./arguments/server";
import { surroundingsScenarios } from "./arguments/surroundings";
import { withValue } from "./arguments/with-value";

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

/** What a component refuses; nothing for arguments that it takes. */
async function refusedBy(
    component: string,
    args: object,
): Promise<readonly pulumi.InputPropertyErrorDetails[]> {
    const made = classes.get(component) ?? assert.fail(`there is no component ${component}`);
    try {
        await record(() => new made(component === "KeyServer" ? "vault-1" : "bao", args));
    } catch (error) {
        assert.ok(pulumi.InputPropertiesError.isInstance(error), String(error));
        return error.errors;
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
    // The schema is read from the sources with the types of the AWS provider.
    this.timeout(180_000);

    /** Reasons of the refusals of each argument, by its path; none where a wrong value was accepted. */
    const reasons = new Map<string, readonly string[]>();

    before(async () => {
        for (const { component, from, keys, value } of cases) {
            const wrong = wrongValue(value);
            const names = keys.filter((key) => !/^\d+$/.test(key));
            const argument = [component, ...(names[0] === "tags" ? ["tags"] : names)].join(".");
            if (wrong === undefined || argument in free) {
                continue;
            }
            const refused = await refusedBy(component, withValue(from, keys, wrong) as object);
            const own = refused.filter(({ propertyPath }) =>
                names.join(".").startsWith(propertyPath.replace(/\[\d+\]/g, "")),
            );
            reasons.set(argument, [
                ...(reasons.get(argument) ?? []),
                ...own.map(({ reason }) => reason),
            ]);
        }
    });

    it("of any argument of any component is refused at its path before anything is made", () => {
        assert.deepEqual(
            [...reasons].filter(([, own]) => own.length === 0).map(([argument]) => argument),
            [],
        );
        console.log(`      ${reasons.size} arguments`);
    });

    it("is refused by the catalog's record of that argument, with the record's source", () => {
        const wrong = Object.entries(catalogRecords).flatMap(([argument, expected]) => {
            const found = (reasons.get(argument) ?? []).flatMap(catalogRecordsOf);
            return found.includes(expected)
                ? []
                : [`${argument}: ${expected}, not ${found.join()}`];
        });
        assert.deepEqual(wrong, []);
    });

    it("has a record of the catalog, or a reason why it has none, for every argument but switches", () => {
        const listed = [catalogRecords, cataloguedElsewhere, free].flatMap(Object.keys);
        assert.deepEqual(
            listed.sort(),
            argumentsOfSchema()
                .filter(({ type }) => type !== "boolean")
                .map(({ path }) => path)
                .sort(),
        );
    });
});

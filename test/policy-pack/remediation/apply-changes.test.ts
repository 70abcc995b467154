import assert from "node:assert/strict";
import fc from "fast-check";
import { unknownSentinels, wireMarks } from "../../../policy-pack/graph/wire-values";
import { applyChanges } from "../../../policy-pack/remediation/apply-changes";

const [unknown = ""] = unknownSentinels;
const secret = { [wireMarks.signature]: wireMarks.secret, value: "s" };

describe("applyChanges", () => {
    it("sets properties, makes the objects that they are in, and tells before and after", () => {
        const properties = { a: { b: 1, keep: secret }, list: [{ x: 1 }, { x: 2 }] };
        const changed = applyChanges(properties, [
            { path: ["a", "b"], value: 2 },
            { path: ["new", "inner"], value: "v" },
            { path: ["list", 1, "x"], value: 3 },
        ]);
        assert.deepEqual(changed, {
            properties: {
                a: { keep: secret, b: 2 },
                list: [{ x: 1 }, { x: 3 }],
                new: { inner: "v" },
            },
            changes: [
                { path: "a.b", before: "1", after: "2" },
                { path: "new.inner", before: "", after: '"v"' },
                { path: "list[1].x", before: "2", after: "3" },
            ],
        });
        assert.deepEqual(properties, { a: { b: 1, keep: secret }, list: [{ x: 1 }, { x: 2 }] });
    });

    const untouched: readonly (readonly [string, unknown, readonly (string | number)[]])[] = [
        ["an unknown", { a: unknown }, ["a"]],
        ["what is inside an unknown", { a: unknown }, ["a", "b"]],
        ["a secret", { a: secret }, ["a"]],
        ["what is inside a secret", { a: secret }, ["a", "value"]],
        ["an object that holds an unknown", { a: { b: [unknown] } }, ["a"]],
        ["an object that holds a secret", { a: { b: secret } }, ["a"]],
        ["inside a text", { a: "text" }, ["a", "b"]],
        ["an element that is not there", { a: [1] }, ["a", 1]],
        ["a list addressed by name", { a: [1] }, ["a", "b"]],
    ];
    for (const [what, properties, path] of untouched) {
        it(`does not touch ${what}`, () => {
            const changed = applyChanges(properties, [{ path, value: "set" }]);
            assert.deepEqual(changed, { properties, changes: [] });
        });
    }

    it("changes nothing the second time, and nothing beside what it names", () => {
        const leaf = fc.oneof(
            fc.jsonValue(),
            fc.constantFrom<unknown>(...unknownSentinels, secret),
        );
        const properties = fc.dictionary(
            fc.constantFrom("a", "b", "c"),
            fc.oneof(leaf, fc.dictionary(fc.constantFrom("a", "b", "c"), leaf)),
        );
        const path = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 });
        fc.assert(
            fc.property(properties, path, fc.jsonValue(), (given, where, value) => {
                const once = applyChanges(given, [{ path: where, value }]);
                const twice = applyChanges(once.properties, [{ path: where, value }]);
                assert.deepEqual(twice, { properties: once.properties, changes: [] });
                const [first] = where;
                const rest = (all: unknown): unknown =>
                    Object.entries(all as object).filter(([key]) => key !== first);
                assert.deepEqual(rest(once.properties), rest(given));
            }),
        );
    });
});

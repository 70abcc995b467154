import assert from "node:assert/strict";
import fc from "fast-check";
import { inDependencyOrder } from "../../../preview/graph/dependency-order";
import type { SavedResource } from "../../../preview/graph/saved-resource";

const prefix = "urn:pulumi:dev::test::acme:index:Thing::";

/** A thing that needs others, the first of them as its parent and the second as its provider. */
function thing(name: string, needs: readonly string[] = []): SavedResource {
    const [parent, provider, ...dependencies] = needs.map((need) => `${prefix}${need}`);
    return {
        urn: `${prefix}${name}`,
        type: "acme:index:Thing",
        custom: true,
        inputs: {},
        dependencies,
        ...(parent === undefined ? {} : { parent }),
        ...(provider === undefined ? {} : { provider: `${provider}::some-id` }),
    };
}

const names = (resources: readonly SavedResource[]): string[] =>
    inDependencyOrder(resources).map(({ urn }) => urn.slice(prefix.length));

describe("the order of a graph", () => {
    it("is by URN, but each after its parent, its provider and what it depends on", () => {
        const resources = [
            thing("a", ["z", "y", "x"]),
            thing("b"),
            thing("x", ["z"]),
            thing("y"),
            thing("z"),
        ];
        assert.deepEqual(names(resources), ["z", "y", "x", "a", "b"]);
    });

    it("keeps what needs something that is not there, or itself in the end", () => {
        const resources = [thing("b", ["c"]), thing("c", ["b"]), thing("a", ["elsewhere"])];
        assert.deepEqual(names(resources), ["a", "c", "b"]);
    });

    it("is the same in whatever order the resources were registered", () => {
        const graph = fc
            .array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 12 })
            .map((all) =>
                all.map((needs, index) =>
                    // Only earlier ones, so that nothing needs itself.
                    thing(
                        `r${(index * 7) % 13}`,
                        index === 0 ? [] : needs.map((need) => `r${((need % index) * 7) % 13}`),
                    ),
                ),
            );
        const shuffled = graph.chain((resources) =>
            fc.tuple(
                fc.constant(resources),
                fc.shuffledSubarray(resources, { minLength: resources.length }),
            ),
        );
        fc.assert(
            fc.property(shuffled, ([registered, otherwise]) => {
                const order = inDependencyOrder(registered).map(({ urn }) => urn);
                assert.deepEqual(
                    inDependencyOrder(otherwise).map(({ urn }) => urn),
                    order,
                );
                assert.equal(new Set(order).size, registered.length);
                for (const { urn, parent, provider, dependencies = [] } of registered) {
                    const needed = [parent, provider?.replace("::some-id", ""), ...dependencies];
                    for (const each of needed.filter((need) => need !== undefined)) {
                        assert.ok(order.indexOf(each) < order.indexOf(urn), `${each} < ${urn}`);
                    }
                }
            }),
        );
    });
});

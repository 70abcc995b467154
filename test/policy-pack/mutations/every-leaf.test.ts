import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { graphOf } from "../../support/reference-graph";
import { withValue } from "./leaves";
import { changesOf, type Operator } from "./operators";
import { representatives } from "./representatives";
import { covers, uncaughtLeaves, type UncaughtLeaves } from "./uncaught-list";
import { WeaknessFinder } from "./weakness-finder";

/** Set by `npm run test:leaves`: changes the reference stack as well, which takes minutes to judge thousands of times. */
const every = process.env["KEYWARD_EVERY_LEAF"] === "1";

interface Change {
    readonly type: string;
    readonly name: string;
    readonly path: string;
    readonly operator: Operator;
    readonly caughtBy: string | undefined;
}

/** Changes the inputs of a graph one by one. */
function changeLeaves(resources: readonly RegisteredResource[]): readonly Change[] {
    const finder = new WeaknessFinder(resources);
    const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    return [...representatives(resources)].flatMap(({ resource, place, pattern }) =>
        changesOf(place, resource, byUrn).map(({ operator, value }) => {
            const weakened = withValue(resource, place, value);
            const graph = resources.map((one) => (one === resource ? weakened : one));
            return {
                type: resource.type,
                name: resource.name,
                path: pattern,
                operator,
                caughtBy: finder.firstFinder(graph, resource.type),
            };
        }),
    );
}

describe("changing every input", function () {
    this.timeout(every ? 3_600_000 : 300_000);
    const neutral = uncaughtLeaves("neutral");
    const open = uncaughtLeaves("open");
    const used = new Set<UncaughtLeaves>();

    const stacks = ["examples/plain-aws", ...(every ? ["."] : [])];
    for (const folder of stacks) {
        it(`of the stack in ${folder} is caught by a policy, or the leaf is on the reviewed list`, () => {
            const changes = changeLeaves(graphOf(folder));
            const uncaught = changes.filter(({ caughtBy }) => caughtBy === undefined);
            const listed = (list: readonly UncaughtLeaves[]): readonly Change[] =>
                uncaught.filter((change) => {
                    const entries = list.filter((entry) => covers(entry, change));
                    entries.forEach((entry) => used.add(entry));
                    return entries.length > 0;
                });
            const neutralChanges = new Set(listed(neutral));
            const openChanges = listed(open).filter((change) => !neutralChanges.has(change));
            if (process.env["KEYWARD_FIGURES"] === "1") {
                console.log(
                    `${folder}: ${changes.length} changes, ${changes.length - uncaught.length} caught, ${neutralChanges.size} neutral, ${openChanges.length} open`,
                );
            }
            assert.deepEqual(
                uncaught
                    .filter(
                        (change) => !neutralChanges.has(change) && !openChanges.includes(change),
                    )
                    .map(({ type, name, path, operator }) => `${type} ${name} ${path} ${operator}`),
                [],
            );
        });
    }

    if (every) {
        it("leaves no entry for neutral leaves unused", () => {
            assert.deepEqual(
                neutral
                    .filter((entry) => !used.has(entry))
                    .map(({ type, path }) => `${type} ${path}`),
                [],
            );
        });
    }
});

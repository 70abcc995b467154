import assert from "node:assert/strict";
import { graphOf } from "../../support/reference-graph";
import { changeLeaves, editGraph, type Change } from "./every-change";
import { guardsIn, lostGuards, recordedGuards, writeGuards } from "./guard-record";
import { covers, uncaughtChanges, type UncaughtChanges } from "./uncaught-list";

/** Set by `npm run test:leaves`: changes the reference stack as well, which takes minutes. */
const every = process.env["KEYWARD_EVERY_LEAF"] === "1";

/** The stacks, with how many changes may wait for a policy: the number may only fall. */
const stacks = [
    { stack: "plain-aws", folder: "examples/plain-aws", mostOpen: 0 },
    ...(every ? [{ stack: "reference", folder: ".", mostOpen: 21 }] : []),
];

describe("changing every input, and the graph, mechanically", function () {
    this.timeout(every ? 3_600_000 : 600_000);
    const neutral = uncaughtChanges("neutral");
    const open = uncaughtChanges("open");
    const used = new Set<UncaughtChanges>();

    for (const { stack, folder, mostOpen } of stacks) {
        describe(`of the stack in ${folder}`, () => {
            let changes: readonly Change[];
            let unlisted: readonly Change[];
            let waiting: readonly Change[];

            before(() => {
                const graph = graphOf(folder);
                const kinds = { leaves: changeLeaves(graph), "graph edits": editGraph(graph) };
                changes = Object.values(kinds).flat();
                const uncaught = changes.filter(({ caughtBy }) => caughtBy.length === 0);
                const unexplained = uncaught.filter((change) => !isListed(neutral, change));
                waiting = unexplained.filter((change) => isListed(open, change));
                unlisted = unexplained.filter((change) => !waiting.includes(change));
                if (process.env["KEYWARD_FIGURES"] === "1") {
                    for (const [kind, made] of Object.entries(kinds)) {
                        console.log(`${stack} ${kind}: ${figuresOf(made, waiting)}`);
                    }
                }
            });

            it("is caught by a policy, or stands in the reviewed list", () => {
                assert.deepEqual(unlisted.map(lineOf), []);
            });

            it(`leaves no more than ${mostOpen} changes to policies that are not written`, () => {
                assert.ok(waiting.length <= mostOpen, waiting.map(lineOf).join("\n"));
            });

            it("is caught by the policies that the record names; KEYWARD_WRITE_GUARDS=1 renews it", () => {
                if (process.env["KEYWARD_WRITE_GUARDS"] === "1") {
                    writeGuards(stack, guardsIn(changes));
                }
                assert.deepEqual(lostGuards(recordedGuards(stack), changes), []);
            });
        });
    }

    if (every) {
        // A suite of its own, because tests run before the suites beside them, and this one goes by what those found.
        describe("of all stacks", () => {
            it("leaves no entry of the list unused", () => {
                assert.deepEqual(
                    [...neutral, ...open]
                        .filter((one) => !used.has(one))
                        .map(({ type, path, names }) => `${type} ${path} ${names.join(" ")}`),
                    [],
                );
            });
        });
    }

    function isListed(list: readonly UncaughtChanges[], change: Change): boolean {
        const entries = list.filter((one) => covers(one, change));
        entries.forEach((one) => used.add(one));
        return entries.length > 0;
    }
});

/** `6313 changes, 3000 caught, 3300 neutral, 13 open`. */
function figuresOf(changes: readonly Change[], waiting: readonly Change[]): string {
    const caught = changes.filter(({ caughtBy }) => caughtBy.length > 0).length;
    const open = changes.filter((change) => waiting.includes(change)).length;
    return `${changes.length} changes, ${caught} caught, ${changes.length - caught - open} neutral, ${open} open`;
}

function lineOf({ type, name, path, operator }: Change): string {
    return [type, name, path, operator].filter((part) => part !== "").join(" ");
}

import assert from "node:assert/strict";
import { policyRecord, policyRecords } from "../../../catalog/policies";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { keywardPack } from "../../../policy-pack/pack";
import type { AnalyzerSetting } from "../../support/analyzer";
import { graphOf } from "../../support/reference-graph";
import { AskedPack, saidIn, type Said } from "../unknowns/asked-pack";
import { batchesOf } from "../unknowns/batches";
import { impossibleVerdicts } from "./impossible-verdicts";
import { clouded, completed, unrelated, weakened } from "./made-stacks";
import { SingleChanges, type SingleChange } from "./single-changes";
import { soundExemption } from "./sound-exemption";
import { VerdictTable } from "./verdict-table";

/** Sound stacks that together have a subject for nearly every policy. */
const plainStack = "examples/plain-aws";
const soundStacks = [plainStack, "test/fixtures/programs/beside-servers"];
const referenceStack = ".";
const weakStack = "examples/unhardened";

describe("the verdicts of every policy, over the analyzer protocol", function () {
    this.timeout(600_000);
    const table = new VerdictTable();
    let pack: AskedPack;
    const graphs = new Map<string, readonly RegisteredResource[]>();

    before(async () => {
        pack = await AskedPack.start();
    });
    after(() => pack.close());

    for (const folder of soundStacks) {
        describe(`about ${folder} with one value changed for each policy`, () => {
            let resources: readonly RegisteredResource[];
            let changes: SingleChanges;

            before(async () => {
                resources = stackIn(folder);
                changes = new SingleChanges(resources);
                table.hearAnswer(await pack.preview(resources));
            });

            it("are failures of weak values, and each turns into an exception by its record", async () => {
                const weak = keywardPack.rules
                    .filter(({ name }) => !table.has(name, "exempt"))
                    .flatMap((rule) => changes.failing(rule) ?? []);
                for (const batch of batchesOf(weak)) {
                    await failAndExempt(() => pack.instead(replacementsIn(batch)));
                }
            });

            it("are doubts about unknown values", async () => {
                const unknown = keywardPack.rules
                    .filter(({ name }) => !table.has(name, "indeterminate"))
                    .flatMap((rule) => changes.doubted(rule) ?? []);
                for (const batch of batchesOf(unknown)) {
                    table.hear(await pack.instead(replacementsIn(batch)));
                }
            });
        });
    }

    describe("about other stacks", () => {
        it("turn from failures of weak stacks into exceptions too", async () => {
            for (const resources of [graphOf(weakStack), weakened(stackIn(plainStack))]) {
                await failAndExempt(async () => {
                    const answer = await pack.preview(resources);
                    table.hearAnswer(answer);
                    return saidIn(answer);
                });
            }
        });

        it("are doubts about what several unknown values leave open", async () => {
            const properties = { allowedRegions: ["eu-central-1"] };
            await pack.configure({
                "provider-and-stack-guard": { level: "MANDATORY", properties },
            });
            table.hear(saidIn(await pack.preview(clouded(stackIn(plainStack)))));
            await pack.configure();
        });

        it("are passes of a stack that has everything", async () => {
            const complete = completed(graphOf(referenceStack));
            const answer = await pack.preview(complete);
            assert.deepEqual(saidIn(answer), []);
            table.hearAnswer(answer);
        });

        it("are none about an unrelated stack", async () => {
            const answer = await pack.preview(unrelated);
            assert.deepEqual(saidIn(answer), []);
            table.hearAnswer(answer);
        });

        it("stay failures where a policy allows no exemption, and the record is one more", async () => {
            const refusing = policyRecords.filter(({ exemptable }) => !exemptable);
            const isRefusing = ({ policy }: Said): boolean => !policyRecord(policy).exemptable;
            const ask = async (records: readonly object[]): Promise<readonly Said[]> => {
                await pack.configure({
                    "no-public-ip": { level: "DISABLED" },
                    ...granting(records),
                });
                const said = saidIn(await pack.preview(stackIn(plainStack)));
                await pack.configure();
                return said.filter(isRefusing);
            };
            const unknownFinding = { policy: "no-public-ip", fingerprint: "0".repeat(32) };
            const unused = soundExemption(unknownFinding, -1);
            const failures = await ask([unused]);
            assert.deepEqual(
                new Set(failures.map(({ policy }) => policy)),
                new Set(refusing.map(({ name }) => name)),
            );
            const pardoned = await ask([unused, ...failures.map(soundExemption)]);
            table.hear(pardoned);
            assert.ok(pardoned.every(({ verdict }) => verdict === "fail"));
            assert.deepEqual(
                failures.filter((one) => !pardoned.some((other) => idOf(one) === idOf(other))),
                [],
            );
            assert.equal(pardoned.length, failures.length * 2);
        });
    });

    describe("taken together", () => {
        for (const { name } of policyRecords) {
            it(`are all that ${name} can give`, () => {
                assert.deepEqual(
                    table.lacking(name),
                    Object.keys(impossibleVerdicts[name] ?? {}),
                    "show the verdict in one of the stacks, or give a reason in impossible-verdicts.ts; drop a reason that holds no more",
                );
            });
        }

        it("have reasons only for policies of the catalog", () => {
            Object.keys(impossibleVerdicts).forEach(policyRecord);
            if (process.env["KEYWARD_FIGURES"] === "1") {
                console.log(table.figures());
            }
        });
    });

    function stackIn(folder: string): readonly RegisteredResource[] {
        const graph = graphs.get(folder) ?? graphOf(folder);
        graphs.set(folder, graph);
        return graph;
    }

    /** Asks with and without a record for each failure: each record turns its failure into an exception, and nothing else. */
    async function failAndExempt(ask: () => Promise<readonly Said[]>): Promise<void> {
        const said = await ask();
        table.hear(said);
        const failures = said.filter(
            ({ policy, verdict }) => verdict === "fail" && policyRecord(policy).exemptable,
        );
        // Findings that differ by their place in a list alone share a fingerprint, and a record.
        const accepted = new Map(failures.map((each) => [each.fingerprint, each]));
        await pack.configure(granting([...accepted.values()].map(soundExemption)));
        const granted = await ask();
        await pack.configure();
        table.hear(granted);
        assert.deepEqual(
            granted,
            said.map((each) =>
                accepted.has(each.fingerprint)
                    ? { ...each, verdict: "exempt", level: "ADVISORY" }
                    : each,
            ),
        );
    }
});

function idOf({ policy, urn, fingerprint }: Said): string {
    return `${policy} ${urn} ${fingerprint}`;
}

function granting(exemptions: readonly object[]): Readonly<Record<string, AnalyzerSetting>> {
    return { "exemptions-sound": { level: "MANDATORY", properties: { exemptions } } };
}

function replacementsIn(
    changes: readonly SingleChange[],
): ReadonlyMap<RegisteredResource, RegisteredResource> {
    return new Map(changes.map(({ resource, changed }) => [resource, changed]));
}

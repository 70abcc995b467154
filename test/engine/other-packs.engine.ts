import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Engine, engineRegion, repository } from "../support/engine";
import { askPackInEngine, packArguments, previewOffline } from "../support/engine-verdicts";

const fixtures = join(repository, "test/fixtures");
const programs = [
    "quick-start",
    "two-regions",
    "unknown-values",
    "resource-options",
    "spot-and-interfaces",
];

/** The engine applies what a pack remediates, Keyward does not: that policy is off. */
const configurations = {
    "its own levels": { changed: "disabled" },
    "levels and properties of a file": {
        all: "advisory",
        changed: "disabled",
        shown: "disabled",
        "approved-instance-types": {
            enforcementLevel: "mandatory",
            types: ["m7i.large", "m5.large"],
        },
    },
} as const;

let compared = 0;

for (const [what, configuration] of Object.entries(configurations)) {
    describe(`another policy pack with ${what}, offline and in the real engine`, () => {
        let engine: Engine;

        before(async () => {
            engine = await Engine.start();
        });

        after(() => {
            engine.dispose();
        });

        for (const name of programs) {
            it(`says the same of ${name}`, async () => {
                const config = join(engine.folder, "pack-config.json");
                writeFileSync(config, JSON.stringify(configuration));
                const program = join(fixtures, "programs/parity", name);
                const pack = { folder: join(fixtures, "packs/good"), config };
                const events = await askPackInEngine(engine, program, pack);
                const { report } = await previewOffline(program, packArguments(pack), {
                    AWS_REGION: engineRegion,
                });
                const expected = events.map((event) => [
                    `acme/${event.policyName}`,
                    event.enforcementLevel,
                    event.resourceUrn,
                    event.message.trimEnd(),
                ]);
                const found = report.findings
                    .filter(({ policy }) => policy.startsWith("acme/"))
                    .map(({ policy, level, urn, message }) => [
                        policy,
                        level,
                        urn,
                        message.trimEnd(),
                    ]);
                assert.deepEqual(found.sort(), expected.sort());
                compared += expected.length;
            });
        }
    });
}

describe("another policy pack", () => {
    it("was compared by more than a few violations", () => {
        console.log(`      compared ${String(compared)} violations`);
        assert.ok(compared > 20, `only ${String(compared)}`);
    });
});

import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Engine, repository } from "../support/engine";
import { previewOffline, previewWithEngine, shown, verdicts } from "../support/engine-verdicts";

const parityFolder = join(repository, "test/fixtures/programs/parity");
const programs = [
    repository,
    join(repository, "examples/plain-aws"),
    join(repository, "examples/unhardened"),
    ...readdirSync(parityFolder)
        .map((name) => join(parityFolder, name))
        .filter((folder) => existsSync(join(folder, "Pulumi.yaml"))),
];

describe("the offline preview and the real engine", () => {
    let engine: Engine;
    let compared = 0;

    before(async () => {
        engine = await Engine.start();
    });

    after(() => {
        engine.dispose();
        console.log(
            `      compared ${String(compared)} verdicts of ${String(programs.length)} programs`,
        );
    });

    for (const program of programs) {
        const name = program === repository ? "the reference stack" : program.split("/").at(-1);
        it(`judge ${String(name)} alike`, async () => {
            const offline = await previewOffline(program);
            const real = await previewWithEngine(engine, program);
            const expected = verdicts(real.report.findings);
            assert.deepEqual(verdicts(offline.report.findings), expected);
            assert.equal(offline.report.resources, real.report.resources);
            assert.equal(offline.report.blocked, real.report.blocked);
            assert.equal(offline.run.status, real.report.blocked ? 1 : 0);
            assert.equal(real.run.status === 0, !real.report.blocked);
            assert.deepEqual(
                shown(real.events),
                [
                    ...new Set(
                        real.report.findings.map(
                            ({ policy, level, urn }) => `${policy} ${level} ${urn}`,
                        ),
                    ),
                ].sort(),
            );
            compared += expected.length;
        });
    }

    it("compared programs that are blocked and programs that are not", () => {
        assert.ok(programs.length >= 28, `only ${String(programs.length)} programs`);
        assert.ok(compared > 100, `only ${String(compared)} verdicts were compared`);
    });
});

import assert from "node:assert/strict";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
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

/** Where the two differ, by program: each difference with its reason. */
const explained: Readonly<Record<string, readonly { verdicts: string[]; reason: string }[]>> = {
    adopted: [
        {
            verdicts: ["references-stay-in-account", "volumes-encrypted-cmk"].map(
                (policy) =>
                    `${policy} indeterminate mandatory urn:pulumi:dev::adopted::aws:ec2/instance:Instance::server`,
            ),
            reason: "the engine reads the adopted key in AWS and so knows its ARN; offline nobody is asked",
        },
    ],
};

describe("the offline preview and the real engine", () => {
    let engine: Engine;
    let compared = 0;
    let blocked = 0;
    /** States what the engine asks its provider: that there is an image. */
    let answers: string;

    before(async () => {
        engine = await Engine.start();
        answers = join(engine.folder, "answers.json");
        const token = "aws:ec2/getAmi:getAmi";
        const result = { id: "ami-0123456789abcdef0" };
        writeFileSync(answers, JSON.stringify({ invokes: [{ token, result }] }));
    });

    after(() => {
        engine.dispose();
        console.log(
            `      compared ${String(compared)} verdicts of ${String(programs.length)} programs`,
        );
    });

    for (const program of programs) {
        const name = program === repository ? "the reference stack" : basename(program);
        const onlyOffline = (explained[name] ?? []).flatMap(({ verdicts }) => verdicts);
        const but = (explained[name] ?? []).map(({ reason }) => reason).join("; ");
        it(`judge ${name} alike${but === "" ? "" : `, but for one thing: ${but}`}`, async () => {
            const offline = await previewOffline(program, ["--answers", answers]);
            const real = await previewWithEngine(engine, program);
            const expected = verdicts(real.report.findings);
            assert.deepEqual(
                verdicts(offline.report.findings),
                [...expected, ...onlyOffline].sort(),
            );
            assert.equal(offline.report.resources, real.report.resources);
            assert.equal(offline.report.blocked, real.report.blocked);
            assert.equal(offline.run.status, real.report.blocked ? 1 : 0);
            assert.equal(real.run.status === 0, !real.report.blocked);
            const told = real.report.findings.map(
                ({ policy, level, urn }) => `${policy} ${level} ${urn}`,
            );
            assert.deepEqual(shown(real.events), [...new Set(told)].sort());
            compared += expected.length;
            blocked += real.report.blocked ? 1 : 0;
        });
    }

    it("compared programs that are blocked and programs that are not", () => {
        assert.ok(programs.length >= 28, `only ${String(programs.length)} programs`);
        assert.ok(blocked > 20, `only ${String(blocked)} programs were blocked`);
        assert.ok(blocked < programs.length, "every program was blocked");
        assert.ok(compared > 300, `only ${String(compared)} verdicts were compared`);
    });
});

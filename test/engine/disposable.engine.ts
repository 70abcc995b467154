import assert from "node:assert/strict";
import { join } from "node:path";
import type { JournalEntry } from "../support/aws-provider/account";
import { Engine, repository, type EngineRun, type EngineStack } from "../support/engine";

const program = join(repository, "test/fixtures/programs/throw-away");
const destroy = ["destroy", "--yes", "--skip-preview"];

/** An update of some two hundred resources on a machine that has other work as well. */
const patient = { timeLimitSeconds: 500 };

/** Scripts in Amazon S3 stay for servers that still name them; what empties their bucket removes them. */
const bundle = "aws:s3/bucketObjectv2:BucketObjectv2";

describe("a development cluster of three servers", () => {
    let engine: Engine;

    before(async () => {
        engine = await Engine.start();
    });
    after(() => {
        engine.dispose();
    });

    async function deployed(name: string, disposable: boolean): Promise<EngineStack> {
        const stack = await engine.stack(program, { name });
        await stack.set("disposable", String(disposable));
        const run = await stack.run(["up", "--yes", "--skip-preview"], patient);
        assert.equal(run.status, 0, run.stdout + run.stderr);
        assert.equal(of(name, "aws:ec2/instance:Instance").length, 3);
        return stack;
    }

    /** What exists in the account of a stack. */
    function of(stack: string, ...types: readonly string[]): readonly string[] {
        return engine.account
            .objects(...types)
            .filter(({ urn }) => urn.startsWith(`urn:pulumi:${stack}::`))
            .map((object) => object.type);
    }

    async function during(
        step: () => Promise<EngineRun>,
    ): Promise<{ readonly run: EngineRun; readonly done: readonly JournalEntry[] }> {
        const before = engine.account.journal().length;
        const run = await step();
        return { run, done: engine.account.journal().slice(before) };
    }

    it("that is disposable is destroyed at once, and nothing of it stays", async () => {
        const stack = await deployed("scratch", true);
        const made = of("scratch").length;
        const { run, done } = await during(() => stack.run(destroy, patient));
        assert.equal(run.status, 0, run.stdout + run.stderr);
        assert.deepEqual(new Set(of("scratch")), new Set([bundle]));
        const deleted = done.filter(({ operation }) => operation === "delete").length;
        assert.equal(deleted, made - of("scratch").length);
    });

    it("that is not is refused before anything is touched", async () => {
        const stack = await deployed("kept", false);
        const before = of("kept");
        const { run, done } = await during(() => stack.run(destroy, patient));
        assert.notEqual(run.status, 0);
        assert.match(run.stdout, /::vault-guard" cannot be deleted\s+because it is protected/);
        assert.deepEqual(done, []);
        assert.deepEqual(of("kept"), before);
    });
});

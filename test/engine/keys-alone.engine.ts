import assert from "node:assert/strict";
import { join } from "node:path";
import { Engine, repository } from "../support/engine";

const program = join(repository, "test/fixtures/programs/keys-alone");

describe("keys by themselves", () => {
    let engine: Engine;

    before(async () => {
        engine = await Engine.start();
    });
    after(() => {
        engine.dispose();
    });

    it("are not destroyed: the engine refuses before it touches anything", async () => {
        const stack = await engine.stack(program, { name: "keys" });
        const up = await stack.run(["up", "--yes", "--skip-preview"]);
        assert.equal(up.status, 0, up.stdout + up.stderr);
        assert.equal(engine.account.objects("aws:kms/key:Key").length, 3);
        const before = engine.account.journal().length;
        const { status, stdout } = await stack.run(["destroy", "--yes", "--skip-preview"]);
        assert.notEqual(status, 0);
        assert.match(stdout, /cannot be deleted\s+because it is protected/);
        assert.deepEqual(engine.account.journal().slice(before), []);
        assert.equal(engine.account.objects("aws:kms/alias:Alias").length, 3);
    });
});

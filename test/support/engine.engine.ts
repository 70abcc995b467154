import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Engine, repository } from "./engine";
import { processTree } from "./process-tree";

const neverEnding = join(repository, "test/fixtures/programs/never-ending");

describe("the engine under test", () => {
    it("is ended with everything it started when its time is over, and leaves no file", async () => {
        const engine = await Engine.start();
        const before = processTree(process.pid).length;
        try {
            const stack = await engine.stack(neverEnding);
            const running = stack.run(["preview"], { timeLimitSeconds: 8 });
            await assert.rejects(running, { message: /^pulumi preview .* took longer than 8 s$/ });
        } finally {
            engine.dispose();
        }
        assert.equal(processTree(process.pid).length, before);
        assert.equal(existsSync(engine.folder), false);
    });

    it("says that the Pulumi CLI is missing", async () => {
        const path = process.env["PATH"];
        process.env["PATH"] = "/nowhere";
        try {
            await assert.rejects(Engine.start(), { message: /`pulumi` is not on PATH/ });
        } finally {
            process.env["PATH"] = path;
        }
    });
});

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import { Engine, repository, type EngineStack } from "../support/engine";
import { policyPack } from "../support/engine-verdicts";

const [former, newer] = ["ami-00000000000000001", "ami-00000000000000002"];

describe("an update that replaces servers, seen by the policy pack in a real preview", () => {
    let engine: Engine;
    let stack: EngineStack;

    before(async () => {
        engine = await Engine.start();
        stack = await engine.stack(join(repository, "test/fixtures/programs/three-servers"));
        await images(former, former, former);
        const run = await stack.run(["up", "--yes", "--skip-preview"]);
        assert.equal(run.status, 0, run.stdout + run.stderr);
    });
    after(() => {
        engine.dispose();
    });

    async function images(...ids: readonly string[]): Promise<void> {
        for (const [index, id] of ids.entries()) {
            await stack.set(`images[${index}]`, id, ["--path"]);
        }
    }

    /** What one-server-per-update says of a preview. */
    async function findings(): Promise<readonly string[]> {
        const report = join(engine.folder, "report.json");
        await stack.run(["preview", "--policy-pack", policyPack], {
            environment: { KEYWARD_REPORT: report },
        });
        const { findings: all } = JSON.parse(readFileSync(report, "utf8")) as JudgedStack;
        return all
            .filter(({ policy }) => policy === "one-server-per-update")
            .map(({ urn, message }) => `${urn.split("::").at(-1) ?? ""}: ${message}`);
    }

    it("finds nothing while nothing changes", async () => {
        assert.deepEqual(await findings(), []);
    });

    it("lets the one server be replaced whose protection is lifted", async () => {
        await images(newer, former, former);
        assert.deepEqual(await findings(), []);
    });

    it("names the servers when a second one would be replaced in the same update", async () => {
        await images(newer, newer, former);
        const message =
            "this update creates 2 servers beside those that run (vault-1, vault-2): they are replaced or added, one at a time is allowed";
        assert.deepEqual(
            [...(await findings())].sort(),
            ["vault-1", "vault-2"].map((name) => `${name}: ${message}`),
        );
    });

    it("lets the former image come back to one server", async () => {
        await images(newer, former, former);
        const run = await stack.run(["up", "--yes", "--skip-preview"]);
        assert.equal(run.status, 0, run.stdout + run.stderr);
        await images(former, former, former);
        assert.deepEqual(await findings(), []);
        const back = await stack.run(["up", "--yes", "--skip-preview"]);
        assert.equal(back.status, 0, back.stdout + back.stderr);
        const servers = engine.account.objects("aws:ec2/instance:Instance");
        assert.equal(servers.length, 3);
    });
});

import assert from "node:assert/strict";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { operatingSystem } from "../../catalog/operating-systems";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import type { JournalEntry } from "../support/aws-provider/account";
import { Engine, repository, type EngineRun, type EngineStack } from "../support/engine";
import { aboutStack, keyward, policyPack, verdicts } from "../support/engine-verdicts";

const instance = "aws:ec2/instance:Instance";
const laterBootstrap = join(repository, "test/fixtures/programs/later-bootstrap");
const protection = ["disableApiStop", "disableApiTermination"];

describe("the reference stack, deployed", () => {
    let engine: Engine;
    let stack: EngineStack;
    let parameters: string;

    before(async () => {
        engine = await Engine.start();
        stack = await engine.stack(repository);
        parameters = join(engine.folder, "parameters.json");
        newestImage("ami-00000000000000001");
        // Nobody answers for servers that a stand-in started.
        await stack.set("verifyAfterBoot", "false");
    });

    after(() => {
        engine.dispose();
    });

    /** The reference stack as a later version of the components would write it: with another bootstrap. */
    function laterVersion(): string {
        const folder = join(engine.folder, "later-version");
        cpSync(laterBootstrap, folder, { recursive: true });
        cpSync(join(repository, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
        symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
        const program = JSON.stringify(join(repository, "index"));
        writeFileSync(
            join(folder, "index.ts"),
            `import "./later-version";\nexport * from ${program};\n`,
        );
        const settings = {
            extends: join(repository, "tsconfig.json"),
            compilerOptions: { rootDir: "/" },
        };
        writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
        return folder;
    }

    /** Says which public image AWS offers as the newest one. */
    function newestImage(id: string): void {
        const names = Object.values(operatingSystem("amazon-linux-2023").imageParameters);
        writeFileSync(parameters, JSON.stringify(Object.fromEntries(names.map((n) => [n, id]))));
    }

    function up(
        options: { folder?: string; arguments?: readonly string[]; report?: string } = {},
    ): Promise<EngineRun> {
        return stack.run(["up", "--yes", "--skip-preview", ...(options.arguments ?? [])], {
            ...(options.folder === undefined ? {} : { folder: options.folder }),
            environment: {
                STAND_IN_AWS_PARAMETERS: parameters,
                ...(options.report === undefined ? {} : { KEYWARD_REPORT: options.report }),
            },
        });
    }

    /** What an update did in the account. */
    async function during(update: () => Promise<EngineRun>): Promise<readonly JournalEntry[]> {
        const before = engine.account.journal().length;
        const run = await update();
        assert.equal(run.status, 0, run.stdout + run.stderr);
        return engine.account.journal().slice(before);
    }

    function ofServers(entries: readonly JournalEntry[]): readonly string[] {
        return entries
            .filter(({ type }) => type === instance)
            .map(({ operation, urn, changed = [] }) =>
                [operation, urn.split("::").at(-1), ...changed].join(" "),
            );
    }

    it("comes up with the policy pack watching, and nothing blocks it", async () => {
        const report = join(engine.folder, "up.json");
        const made = await during(() => up({ arguments: ["--policy-pack", policyPack], report }));
        assert.deepEqual([...ofServers(made)].sort(), [
            "create vault-1",
            "create vault-2",
            "create vault-3",
        ]);
        assert.deepEqual(new Set(made.map(({ operation }) => operation)), new Set(["create"]));
        const judged = JSON.parse(readFileSync(report, "utf8")) as JudgedStack;
        assert.deepEqual(verdicts(aboutStack(judged.findings)), []);
        assert.equal(judged.coverage.keyServers.length, 3);
    });

    it("has nothing to do in a second update", async () => {
        assert.deepEqual(await during(() => up({ arguments: ["--expect-no-changes"] })), []);
    });

    it("is judged the same from its exported state by the engine and offline", async () => {
        const state = join(engine.folder, "state.json");
        const report = join(engine.folder, "analyzed.json");
        await stack.export(state);
        const analyzed = await engine.run(
            ["policy", "analyze", "--file", state, "--policy-pack", policyPack, "--json"],
            { environment: { KEYWARD_REPORT: report } },
        );
        assert.equal(analyzed.status, 0, analyzed.stdout + analyzed.stderr);
        const real = JSON.parse(readFileSync(report, "utf8")) as JudgedStack;
        const offline = await keyward(["analyze", state, "--json", "-"]);
        assert.equal(offline.status, 0, offline.stderr);
        const judged = JSON.parse(offline.stdout) as JudgedStack;
        assert.deepEqual(verdicts(judged.findings), verdicts(real.findings));
        assert.equal(judged.resources, real.resources);
        assert.equal(judged.coverage.keyServers.length, 3);
    });

    describe("on the second day", () => {
        it("keeps its servers when AWS publishes a newer image", async () => {
            newestImage("ami-00000000000000002");
            assert.deepEqual(await during(up), []);
        });

        it("keeps its servers when a later version has another bootstrap", async () => {
            assert.deepEqual(await during(() => up({ folder: laterVersion() })), []);
        });

        it("changes a tag in place, without stopping a server", async () => {
            await stack.set("tags.costCentre", "4711", ["--path"]);
            const changed = ["rootBlockDevice.tags", "tags", "tagsAll"].map(
                (path) => `${path}.costCentre`,
            );
            assert.deepEqual([...ofServers(await during(up))].sort(), [
                ["update vault-1", ...changed].join(" "),
                ["update vault-2", ...changed].join(" "),
                ["update vault-3", ...changed].join(" "),
            ]);
        });

        it("holds another instance type back from servers that are not under maintenance", async () => {
            await stack.set("instanceType", "m7i.xlarge");
            assert.deepEqual(await during(up), []);
            await stack.set("instanceType", "m7i.large");
        });

        it("stops and starts the one server under maintenance for another instance type", async () => {
            await stack.set("serverUnderMaintenance", "2");
            assert.deepEqual(ofServers(await during(up)), [
                ["update vault-2", ...protection].join(" "),
            ]);
            await stack.set("instanceType", "m7i.xlarge");
            await stack.set("maintenanceChangesServer", "true");
            assert.deepEqual(ofServers(await during(up)), [
                "stop vault-2",
                "update vault-2 instanceType",
                "start vault-2",
            ]);
            await stack.unset("maintenanceChangesServer");
            await stack.unset("serverUnderMaintenance");
            assert.deepEqual(ofServers(await during(up)), [
                ["update vault-2", ...protection].join(" "),
            ]);
        });

        it("never had more than one server down, and replaced none", () => {
            const journal = engine.account.journal().filter(({ type }) => type === instance);
            let down = 0;
            for (const { operation } of journal) {
                down += operation === "stop" ? 1 : operation === "start" ? -1 : 0;
                assert.ok(down <= 1, "two servers were down at once");
            }
            assert.equal(journal.filter(({ operation }) => operation === "create").length, 3);
            assert.equal(journal.filter(({ operation }) => operation === "delete").length, 0);
        });
    });

    describe("when somebody wants to destroy it", () => {
        /** What must outlive every mistake, and what AWS protects of it by itself. */
        const kept = [
            instance,
            "aws:cloudwatch/logGroup:LogGroup",
            "aws:ebs/volume:Volume",
            "aws:kms/key:Key",
            "aws:s3/bucket:Bucket",
        ];
        const logGroup = "aws:cloudwatch/logGroup:LogGroup";

        function counts(): readonly (readonly [string, number])[] {
            return kept.map((type) => [type, engine.account.objects(type).length] as const);
        }

        it("is refused before anything is touched, and keeps servers, data, keys, logs and archive", async () => {
            const before = counts();
            const journal = engine.account.journal().length;
            const run = await stack.run(["destroy", "--yes", "--skip-preview"]);
            assert.notEqual(run.status, 0);
            assert.match(run.stdout, /::vault-guard" cannot be deleted\s+because it is protected/);
            assert.deepEqual(engine.account.journal().slice(journal), []);
            assert.deepEqual(counts(), before);
        });

        it("keeps its servers and logs by AWS's own protection once the engine's is lifted", async () => {
            const logs = engine.account.objects(logGroup).length;
            const lifted = await engine.run(
                ["state", "unprotect", "--all", "--yes", "--stack", "dev"],
                { folder: repository },
            );
            assert.equal(lifted.status, 0, lifted.stderr);
            const run = await stack.run([
                "destroy",
                "--yes",
                "--skip-preview",
                "--continue-on-error",
            ]);
            assert.notEqual(run.status, 0);
            assert.match(run.stdout, /its attribute 'disableApi(Stop|Termination)' forbids it/);
            assert.equal(engine.account.objects(instance).length, 3);
            assert.equal(engine.account.objects(logGroup).length, logs);
            assert.ok(logs >= 4, `only ${String(logs)} log groups`);
        });
    });
});

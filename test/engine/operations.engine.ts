import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JournalEntry, LiveObject } from "../support/aws-provider/account";
import { Engine, repository, type EngineRun, type EngineStack } from "../support/engine";

const attachment = "aws:ec2/volumeAttachment:VolumeAttachment";
const balancer = "aws:lb/loadBalancer:LoadBalancer";
const instance = "aws:ec2/instance:Instance";
const key = "aws:kms/key:Key";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";
const vault = "aws:backup/vault:Vault";
const vaultLock = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
const volume = "aws:ebs/volume:Volume";

/** An update of some two hundred resources on a machine that has other work as well. */
const patient = { timeLimitSeconds: 500 };

/** The steps of docs/operations.md, one after the other, on the reference stack. What people do in AWS is done to the stand-in account. */
describe("operations, as docs/operations.md says", () => {
    let engine: Engine;
    let stack: EngineStack;

    before(async () => {
        engine = await Engine.start();
        stack = await engine.stack(repository);
        await during(["up", "--yes", "--skip-preview"]);
        assert.equal(engine.account.objects(instance).length, 3);
    });
    after(() => {
        engine.dispose();
    });

    /** What a command of the CLI did in the account; it must succeed. */
    async function during(command: readonly string[]): Promise<readonly JournalEntry[]> {
        const before = engine.account.journal().length;
        succeeded(await stack.run(command, patient));
        return engine.account.journal().slice(before);
    }

    const up = (): Promise<readonly JournalEntry[]> => during(["up", "--yes", "--skip-preview"]);

    function succeeded(run: EngineRun): void {
        assert.equal(run.status, 0, run.stdout + run.stderr);
    }

    /** A command on the state. */
    async function state(...command: readonly string[]): Promise<void> {
        const run = [...command, "--stack", "dev"];
        succeeded(await engine.run(run, { folder: repository }));
    }

    function one(type: string, name: string): LiveObject {
        const [found, ...more] = engine.account.objects(type).filter(isNamed(name));
        assert.ok(found !== undefined && more.length === 0, `${type} ${name}`);
        return found;
    }

    /** What people change in AWS. */
    function change(object: LiveObject, properties: Readonly<Record<string, unknown>>): void {
        engine.account.put({
            ...object,
            inputs: { ...object.inputs, ...properties },
            outputs: { ...object.outputs, ...properties },
        });
    }

    describe("replacing one server", () => {
        it("lifts the protection of that server and changes nothing else", async () => {
            await stack.set("serverUnderMaintenance", "2");
            assert.deepEqual((await up()).map(told), ["update Instance vault-2"]);
        });

        it("starts the new server first, moves its data, its name and its place, and terminates the old one last", async () => {
            const former = one(instance, "vault-2").id;
            await stack.set("imageId", "ami-00000000000000002");
            await stack.set("maintenanceChangesServer", "true");
            const done = await up();
            const steps = done.map(told);
            assert.deepEqual(
                steps.filter((step) => !/ vault(-8200)?-2(-|$)/.test(step)),
                [],
            );
            const inOrder = [
                "create Instance vault-2",
                "delete VolumeAttachment vault-2-data",
                "create VolumeAttachment vault-2-data",
                "delete Instance vault-2",
            ];
            assert.deepEqual(
                steps.filter((step) => inOrder.includes(step)),
                inOrder,
            );
            assert.equal(steps.at(-1), "delete Instance vault-2");
            assert.ok(steps.includes("update Record vault-2"), steps.join("\n"));
            assert.equal(done.at(-1)?.id, former);
            assert.equal(engine.account.objects(volume).length, 3);
        });

        it("protects the new server again, and leaves the others as they are", async () => {
            await stack.unset("maintenanceChangesServer");
            await stack.unset("serverUnderMaintenance");
            assert.deepEqual((await up()).map(told), ["update Instance vault-2"]);
            const servers = engine.account.objects(instance);
            assert.deepEqual(
                servers.map(({ inputs }) => [
                    inputs["disableApiStop"],
                    inputs["disableApiTermination"],
                ]),
                [1, 2, 3].map(() => [true, true]),
            );
            assert.equal(
                servers.filter(({ inputs }) => inputs["ami"] === "ami-00000000000000002").length,
                1,
            );
        });
    });

    describe("restoring a server's data from backup", () => {
        const restored = "vol-0restored000000000";

        it("takes the restored volume in place of the broken one", async () => {
            await stack.set("serverUnderMaintenance", "3");
            await up();
            const broken = one(volume, "vault-3-data");
            engine.account.put({
                ...broken,
                id: restored,
                outputs: { ...broken.outputs, id: restored },
            });
            change(one(attachment, "vault-3-data"), { volumeId: restored });

            const file = join(engine.folder, "state.json");
            await stack.export(file);
            writeFileSync(file, readFileSync(file, "utf8").replaceAll(broken.id, restored));
            await state("stack", "import", "--file", file);
            assert.deepEqual(await during(["refresh", "--yes", "--skip-preview"]), []);
        });

        it("leaves the next update nothing to do but to protect the server again", async () => {
            await stack.unset("serverUnderMaintenance");
            assert.deepEqual((await up()).map(told), ["update Instance vault-3"]);
            await stack.export(join(engine.folder, "state.json"));
            assert.deepEqual(
                resources()
                    .filter(({ type }) => type === volume)
                    .filter(({ id }) => id === restored).length,
                1,
            );
        });
    });

    describe("taking the stack down", () => {
        it("destroys servers and what leads to them, and keeps keys, backups, data, logs and archive", async () => {
            const before = new Map(
                [key, logGroup, vault, vaultLock, volume].map((type) => [
                    type,
                    engine.account.objects(type).length,
                ]),
            );
            const buckets = bucketsAndTheirSettings();
            await stack.export(join(engine.folder, "state.json"));
            const kept = resources().filter(({ type }) => type === key || type === vault);
            assert.equal(kept.length, 5);
            await state("state", "unprotect", "--all", "--yes");
            await state("state", "protect", "--yes", ...kept.map(({ urn }) => urn));
            for (const server of engine.account.objects(instance)) {
                change(server, { disableApiStop: false, disableApiTermination: false });
            }
            change(one(balancer, "vault"), { enableDeletionProtection: false });

            await during(["destroy", "--yes", "--skip-preview", "--exclude-protected"]);

            const after = new Map(
                [...before.keys()].map((type) => [type, engine.account.objects(type).length]),
            );
            assert.deepEqual(after, before);
            assert.deepEqual(bucketsAndTheirSettings(), buckets);
            assert.deepEqual(engine.account.objects(instance, balancer), []);
            await stack.export(join(engine.folder, "state.json"));
            assert.deepEqual(
                new Set(
                    resources()
                        .map(({ type }) => type)
                        .filter((type) => type.startsWith("aws:")),
                ),
                // What is protected, and what its names and policies were computed from.
                new Set([key, vault, logGroup, "aws:iam/policy:Policy"]),
            );
        });

        it("forgets the stack at last, and touches nothing", async () => {
            const journal = engine.account.journal().length;
            // Otherwise the settings of the reference stack go as well.
            await state("stack", "rm", "--force", "--preserve-config", "--yes");
            assert.equal(engine.account.journal().length, journal);
        });
    });

    function resources(): readonly { type: string; urn: string; id?: string }[] {
        const text = readFileSync(join(engine.folder, "state.json"), "utf8");
        return (JSON.parse(text) as { deployment: { resources: { type: string; urn: string }[] } })
            .deployment.resources;
    }

    /** Everything of S3 but how the landing bucket copies to the archive, which ends with the role that copies. */
    function bucketsAndTheirSettings(): readonly string[] {
        return engine.account
            .objects()
            .filter(({ type }) => type.startsWith("aws:s3/") && !type.includes("Replication"))
            .map(({ type, id }) => `${type} ${id}`);
    }
});

function isNamed(name: string): (object: LiveObject) => boolean {
    return ({ urn }) => urn.endsWith(`::${name}`);
}

/** One thing that happened, as `update Instance vault-1`. */
function told({ operation, type, urn }: JournalEntry): string {
    return `${operation} ${type.split(":").at(-1) ?? ""} ${urn.split("::").at(-1) ?? ""}`;
}

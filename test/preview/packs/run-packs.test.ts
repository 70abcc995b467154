import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Finding } from "../../../catalog/records/finding";
import { InputError } from "../../../catalog/records/input-error";
import { wireMarks } from "../../../policy-pack/graph/wire-values";
import { readWireResource, type WireResource } from "../../../policy-pack/graph/wire-resource";
import type { PackVerdicts } from "../../../preview/packs/pack-verdicts";
import { pairPacks } from "../../../preview/packs/pack-folder";
import { preparePacks } from "../../../preview/packs/prepare-packs";
import { runPacks } from "../../../preview/packs/run-packs";
import { processTree } from "../../support/process-tree";
import { temporaryFolder } from "../../support/program";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const stack = "urn:pulumi:dev::test::pulumi:pulumi:Stack::test-dev";
const provider = "urn:pulumi:dev::test::pulumi:providers:aws::default";
const subnet = "urn:pulumi:dev::test::aws:ec2/subnet:Subnet::subnet";
const server = "urn:pulumi:dev::test::aws:ec2/instance:Instance::server";

const saved: readonly WireResource[] = [
    { urn: stack, type: "pulumi:pulumi:Stack" },
    { urn: provider, type: "pulumi:providers:aws", inputs: { region: "eu-central-1" } },
    { urn: subnet, type: "aws:ec2/subnet:Subnet", inputs: {}, parent: stack, provider },
    {
        urn: server,
        type: "aws:ec2/instance:Instance",
        inputs: {
            __defaults: ["x"],
            instanceType: "t3.micro",
            subnetId: unknown,
            tags: {
                password: {
                    [wireMarks.signature]: wireMarks.secret,
                    value: "canary-5cf1d",
                },
            },
        },
        parent: stack,
        provider: `${provider}::${unknown}`,
        dependencies: [subnet],
        propertyDependencies: { subnetId: [subnet] },
        protect: true,
        ignoreChanges: ["ami"],
    },
];

const packFolder = (name: string): string => join(__dirname, "../../fixtures/packs", name);

/** Shows the stack above to packs, each with a configuration of this text. */
function run(
    folders: readonly string[],
    options: { readonly config?: string; readonly seconds?: number } = {},
): Promise<readonly PackVerdicts[]> {
    const configs =
        options.config === undefined
            ? []
            : folders.map(() =>
                  join(temporaryFolder({ "c.json": options.config ?? "" }, false), "c.json"),
              );
    return runPacks(preparePacks(pairPacks(folders, configs)), {
        project: "test",
        stack: "dev",
        organization: "organization",
        config: { "test:colour": "blue" },
        secretKeys: [],
        dryRun: true,
        saved,
        resources: saved.map(readWireResource),
        timeLimitSeconds: options.seconds ?? 60,
    });
}

/** What a run is refused with. */
async function refusalOf(
    folders: readonly string[],
    options: { readonly config?: string; readonly seconds?: number } = {},
): Promise<string> {
    try {
        await run(folders, options);
    } catch (error) {
        assert.ok(error instanceof InputError, String(error));
        return error.message;
    }
    throw new Error("the pack was accepted");
}

/** Fails unless the process that a refusal tells of has ended. */
async function assertEnded(refusal: string): Promise<void> {
    const [, pid] = /pid (\d+)/.exec(refusal) ?? [];
    assert.ok(pid !== undefined, refusal);
    await setTimeout(50);
    assert.deepEqual(processTree(Number(pid)), []);
}

describe("another policy pack", function () {
    this.timeout(120_000);

    describe("that works", () => {
        let verdicts: PackVerdicts;
        before(async () => {
            const [only] = await run([packFolder("good")]);
            assert.ok(only !== undefined);
            verdicts = only;
        });
        const findingOf = (policy: string): Finding => {
            const found = verdicts.findings.filter((finding) => finding.policy === policy);
            assert.equal(found.length, 1, policy);
            const [only] = found;
            assert.ok(only !== undefined);
            return only;
        };
        const countsOf = (policy: string): unknown =>
            verdicts.policies.find(({ name }) => name === policy)?.counts;
        const none = { pass: 0, fail: 0, indeterminate: 0, exempt: 0, "not-applicable": 0 };

        it("has its violations in the report's words, with level, severity and remedy", () => {
            const { fingerprint, ...finding } = findingOf("acme/approved-instance-types");
            assert.match(fingerprint, /^[0-9a-f]{32}$/);
            assert.deepEqual(finding, {
                policy: "acme/approved-instance-types",
                verdict: "fail",
                level: "mandatory",
                severity: "high",
                type: "aws:ec2/instance:Instance",
                urn: server,
                path: "",
                message: "Instances are of approved types.\ntype t3.micro is none of m7i.large",
                remediation: "Choose another type.",
                controls: [],
            });
        });

        it("is shown options, parent, provider, stack and configuration, and secrets that no report tells", () => {
            const { message, level, severity } = findingOf("acme/shown");
            assert.deepEqual([level, severity], ["advisory", "medium"]);
            assert.deepEqual(JSON.parse(message.split("\n")[1] ?? ""), {
                name: "server",
                tags: { password: "[secret]" },
                opts: { protect: true, ignoreChanges: ["ami"] },
                parent: "test-dev",
                provider: { type: "pulumi:providers:aws", region: "eu-central-1" },
                stack: "dev",
                project: "test",
                colour: "blue",
            });
        });

        it("is shown dependencies, property by property, with the whole stack", () => {
            assert.equal(
                findingOf("acme/dependencies").message,
                "Shows what depends on what.\nserver in test-dev after subnet: subnetId ← subnet",
            );
        });

        it("is indeterminate where a policy reads what is unknown", () => {
            const { verdict, level, urn } = findingOf("acme/subnet-known");
            assert.deepEqual([verdict, level, urn], ["indeterminate", "advisory", server]);
        });

        it("has the verdicts of every policy counted, and what it decided on", () => {
            assert.deepEqual(countsOf("acme/approved-instance-types"), {
                ...none,
                fail: 1,
                "not-applicable": 3,
            });
            assert.deepEqual(countsOf("acme/subnet-known"), { ...none, pass: 3, indeterminate: 1 });
            assert.deepEqual(countsOf("acme/changed"), { ...none, "not-applicable": 4 });
            assert.deepEqual(countsOf("acme/dependencies"), { ...none, fail: 1 });
            assert.ok(verdicts.judged.includes(server));
        });

        it("remediates nothing", () => {
            assert.deepEqual(
                verdicts.findings.filter(({ policy }) => policy === "acme/changed"),
                [],
            );
        });
    });

    it("is configured by a file: levels and properties", async () => {
        const [verdicts] = await run([packFolder("good")], {
            config: JSON.stringify({
                all: "disabled",
                "approved-instance-types": { enforcementLevel: "advisory", types: ["t4g.nano"] },
            }),
        });
        assert.deepEqual(
            verdicts?.findings.map(({ policy, level, message }) => [policy, level, message]),
            [
                [
                    "acme/approved-instance-types",
                    "advisory",
                    "Instances are of approved types.\ntype t3.micro is none of t4g.nano",
                ],
            ],
        );
        assert.deepEqual(
            verdicts?.policies.filter(({ level }) => level === "disabled").map(({ name }) => name),
            ["acme/shown", "acme/subnet-known", "acme/changed", "acme/dependencies"],
        );
    });

    it("is refused a configuration that its schema, or its policies, do not allow, all at once", async () => {
        const refusal = await refusalOf([packFolder("good")], {
            config: JSON.stringify({
                "approved-instance-types": { types: "any" },
                misspelled: "mandatory",
            }),
        });
        assert.match(refusal, /c\.json: the pack has no policy "misspelled"; it has approved-/);
        assert.match(refusal, /c\.json: approved-instance-types\.types must be array, got "any"/);
    });

    it("is refused a configuration that is no JSON, no object, or has no such level", () => {
        for (const [config, reason] of [
            ["{", /c\.json is not JSON: /],
            ["[1]", /c\.json must hold an object/],
            [
                `{"shown": "loud"}`,
                /the level of shown must be one of advisory, mandatory, remediate, disabled, got "loud"/,
            ],
        ] as const) {
            assert.throws(
                () =>
                    preparePacks([
                        {
                            folder: packFolder("good"),
                            config: join(temporaryFolder({ "c.json": config }, false), "c.json"),
                        },
                    ]),
                (error) => error instanceof InputError && reason.test(error.message),
            );
        }
    });

    it("is named when it cannot be loaded", async () => {
        assert.match(
            await refusalOf([packFolder("crashing")]),
            /^the policy pack \S+\/crashing could not judge the stack: its process ended with status 32\nit printed: out of luck\n[^]*this pack cannot be loaded/,
        );
    });

    it("is named when it ends its process while it judges", async () => {
        assert.equal(
            (await refusalOf([packFolder("exiting")])).replace(packFolder("exiting"), "DIR"),
            "the policy pack DIR could not judge the stack: its process ended with status 7\nit printed: good bye",
        );
    });

    it("is named, and ended, when it never comes to an end", async () => {
        const refusal = await refusalOf([packFolder("hanging")], { seconds: 10 });
        assert.match(refusal, /\/hanging could .* did not finish within 10 seconds/);
        await assertEnded(refusal);
    });

    it("is named, and ended, when it never gives a port", async () => {
        const refusal = await refusalOf([packFolder("unresponsive")], { seconds: 3 });
        assert.match(refusal, /\/unresponsive could .* within 3 seconds \(it was starting\)/);
        await assertEnded(refusal);
    });

    it("is named when it prints something else than its port, or speaks another protocol", async () => {
        assert.match(
            await refusalOf([packFolder("printing")]),
            /\/printing could .*must be the port that it listens at, got "welcome to our policies"/,
        );
        assert.match(
            await refusalOf([packFolder("foreign")], { seconds: 20 }),
            /\/foreign could not judge the stack: a call failed: /,
        );
    });

    it("is refused when another pack has its name: the engine would run only one of them", async () => {
        assert.match(
            await refusalOf([packFolder("good"), packFolder("good")]),
            /are both named acme/,
        );
    });

    it("is refused when its folder holds no pack for Node.js with its packages", () => {
        const missing = join(temporaryFolder({}, false), "none");
        const cases: readonly (readonly [string, RegExp])[] = [
            [missing, /the folder .*none does not exist/],
            [temporaryFolder({}, false), /has no PulumiPolicy\.yaml/],
            [
                temporaryFolder({ "PulumiPolicy.yaml": "runtime: python\n" }, false),
                /the runtime is "python", and only packs for nodejs are started/,
            ],
            [
                temporaryFolder({ "PulumiPolicy.yaml": "runtime: nodejs\n" }, false),
                /no @pulumi\/pulumi can be loaded from .* \(npm install\)/,
            ],
        ];
        for (const [folder, reason] of cases) {
            assert.throws(
                () => preparePacks([{ folder }]),
                (error) => error instanceof InputError && reason.test(error.message),
            );
        }
    });

    it("is paired with its configuration by place, as the Pulumi CLI pairs them", () => {
        assert.deepEqual(pairPacks(["a", "b"], []), [{ folder: "a" }, { folder: "b" }]);
        assert.deepEqual(pairPacks(["a", "b"], ["1", "2"]), [
            { folder: "a", config: "1" },
            { folder: "b", config: "2" },
        ]);
        assert.throws(
            () => pairPacks(["a", "b"], ["1"]),
            new InputError([
                "--policy-pack-config is given 1 times and --policy-pack 2 times: give none, or one for each pack, in the same order",
            ]),
        );
    });
});

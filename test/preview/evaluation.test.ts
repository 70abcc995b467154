import assert from "node:assert/strict";
import { unknownSentinels, wireMarks } from "../../policy-pack/graph/wire-values";
import { evaluate } from "../support/program";

const unknown = unknownSentinels[2];

describe("an offline evaluation", () => {
    it("records resources with parent, provider, dependencies and options, as the engine sees them", async () => {
        const { resources } = await evaluate({
            "index.ts": `
                import * as pulumi from "@pulumi/pulumi";
                import * as aws from "@pulumi/aws";
                class Inner extends pulumi.ComponentResource {
                    constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
                        super("acme:index:Inner", name, {}, opts);
                        this.registerOutputs({ ready: true });
                    }
                }
                const outer = new pulumi.ComponentResource("acme:index:Outer", "outer", {}, { protect: true });
                const inner = new Inner("inner", { parent: outer });
                const provider = new aws.Provider("frankfurt", { region: "eu-central-1" });
                const key = new aws.kms.Key("key", {}, { parent: inner, retainOnDelete: true });
                new aws.ebs.Volume("data", { availabilityZone: "eu-central-1a", kmsKeyId: key.arn }, {
                    parent: inner, provider, dependsOn: [outer], ignoreChanges: ["tags"],
                    aliases: [{ name: "disk" }], deleteBeforeReplace: true,
                });`,
        });
        const prefix = "urn:pulumi:dev::test";
        const stack = `${prefix}::pulumi:pulumi:Stack::test-dev`;
        const provider = `${prefix}::pulumi:providers:aws::frankfurt`;
        const inner = `${prefix}::acme:index:Outer$acme:index:Inner`;
        const key = `${inner}$aws:kms/key:Key::key`;
        const byName = new Map(
            resources.map((resource) => [resource.urn.split("::")[3], resource]),
        );
        assert.equal(byName.get("outer")?.parent, stack);
        assert.equal(byName.get("outer")?.custom, false);
        assert.deepEqual(byName.get("inner")?.outputs, { ready: true });
        assert.equal(byName.get("key")?.protect, true);
        assert.equal(byName.get("key")?.retainOnDelete, true);
        assert.match(
            byName.get("key")?.provider ?? "",
            /::pulumi:providers:aws::default_\d+_\d+_\d+::/,
        );
        assert.deepEqual(byName.get("data"), {
            urn: `${inner}$aws:ebs/volume:Volume::data`,
            custom: true,
            type: "aws:ebs/volume:Volume",
            inputs: { availabilityZone: "eu-central-1a", kmsKeyId: unknown },
            parent: `${inner}::inner`,
            provider: `${provider}::${unknown}`,
            // A component stands for the resources in it.
            dependencies: [key],
            propertyDependencies: { availabilityZone: [], kmsKeyId: [key] },
            protect: true,
            deleteBeforeReplace: true,
            ignoreChanges: ["tags"],
            aliases: [`${inner}$aws:ebs/volume:Volume::disk`],
        });
    });

    it("runs in a preview, so that programs can tell", async () => {
        const { outputs } = await evaluate({
            "index.js": `
                const pulumi = require("@pulumi/pulumi");
                exports.dryRun = pulumi.runtime.isDryRun();
                exports.names = [pulumi.getProject(), pulumi.getStack(), pulumi.getOrganization()];
                exports.here = pulumi.getRootDirectory() === process.cwd();`,
        });
        assert.deepEqual(outputs, {
            dryRun: true,
            names: ["test", "dev", "organization"],
            here: true,
        });
    });

    it("keeps what a program prints apart from what it registers", async () => {
        const { printed, resources } = await evaluate({
            "index.js": `
                const pulumi = require("@pulumi/pulumi");
                process.stdout.write("\\u0001\\u0002 on stdout\\n");
                console.error("on stderr");
                new pulumi.ComponentResource("acme:index:Thing", "thing");`,
        });
        assert.deepEqual(printed.split("\n").sort(), ["", "\u0001\u0002 on stdout", "on stderr"]);
        assert.equal(resources.length, 2);
    });

    it("runs the program's folder, not a file beside it that has its name", async () => {
        const { resources } = await evaluate({
            "Pulumi.yaml": "name: test\nruntime: nodejs\nmain: infra/\n",
            "infra/index.ts": `
                import * as pulumi from "@pulumi/pulumi";
                new pulumi.ComponentResource("acme:index:Thing", "thing");`,
            "infra.json": "{}",
            "infra.js": "throw new Error('this is no program')",
        });
        assert.equal(resources.at(-1)?.type, "acme:index:Thing");
    });

    it("gives the same graph whenever the program registers its resources", async () => {
        const program = (milliseconds: readonly number[]): string => `
            const pulumi = require("@pulumi/pulumi");
            const aws = require("@pulumi/aws");
            const later = (milliseconds, make) => setTimeout(make, milliseconds);
            const parent = new pulumi.ComponentResource("acme:index:Vault", "vault");
            const keys = ["a", "b"].map((name) => new aws.kms.Key(name, {}, { parent }));
            const topic = (name) => new aws.sns.Topic(name, {
                displayName: pulumi.concat(...keys.map((key) => key.arn)),
            }, { dependsOn: ${milliseconds[0] === 0 ? "keys" : "[...keys].reverse()"} });
            later(${milliseconds[0]}, () => topic("first"));
            later(${milliseconds[1]}, () => topic("second"));`;
        const one = await evaluate({ "index.js": program([0, 40]) });
        const other = await evaluate({ "index.js": program([40, 0]) });
        assert.equal(JSON.stringify(one.resources), JSON.stringify(other.resources));
        assert.deepEqual(
            one.resources.slice(-2).map(({ urn }) => urn.split("::")[3]),
            ["first", "second"],
        );
    });

    it("records a resource that is registered long after the program was loaded", async () => {
        const { resources } = await evaluate({
            "index.js": `
                const pulumi = require("@pulumi/pulumi");
                setTimeout(() => new pulumi.ComponentResource("acme:index:Late", "late"), 50);`,
        });
        assert.equal(resources.at(-1)?.type, "acme:index:Late");
    });

    it("records the same whatever the program overwrites", async () => {
        const program = (before: string): string => `
            const pulumi = require("@pulumi/pulumi");
            const aws = require("@pulumi/aws");
            ${before}
            new aws.ec2.SecurityGroup("group", {
                ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }],
            });
            exports.account = aws.iam.getPolicyDocumentOutput({ statements: [{ actions: ["kms:*"], resources: ["*"] }] }).json;`;
        const honest = await evaluate({ "index.js": program("") });
        const hostile = await evaluate({
            "index.js": program(`
                JSON.stringify = () => '{"clean":true}';
                JSON.parse = () => ({});
                Array.prototype.includes = () => false;
                Array.prototype.find = () => undefined;
                require("node:fs").writeSync = () => 0;
                require("node:fs").writevSync = () => 0;
                TextEncoder.prototype.encode = () => new Uint8Array(0);`),
        });
        assert.deepEqual(hostile.resources, honest.resources);
        assert.match(String(honest.outputs["account"]), /"Action": "kms:\*"/);
    });

    it("gives encrypted configuration as unknown secrets and lists them", async () => {
        const files = {
            "Pulumi.dev.yaml": "config:\n  test:password: {secure: AAAB}\n  test:plain: {a: 1}\n",
            "index.js": `
                const pulumi = require("@pulumi/pulumi");
                const config = new pulumi.Config();
                exports.password = config.requireSecret("password");
                exports.derived = config.requireSecret("password").apply((text) => text.length);
                exports.plain = config.requireObject("plain");`,
        };
        const { outputs, assumptions } = await evaluate(files);
        assert.deepEqual(outputs, {
            password: unknown,
            derived: unknown,
            plain: { a: 1 },
        });
        assert.deepEqual(
            assumptions.map(({ kind, subject, value }) => [kind, subject, value]),
            [["configuration", "test:password", ""]],
        );
        const given = await evaluate(files, { config: ["password=hunter2"] });
        assert.deepEqual(given.outputs["derived"], {
            [wireMarks.signature]: wireMarks.secret,
            value: 7,
        });
        assert.deepEqual(given.assumptions, []);
    });

    it("does not let a program read an encrypted value as plain text", async () => {
        await assert.rejects(
            evaluate({
                "Pulumi.dev.yaml": "config:\n  test:password: {secure: AAAB}\n",
                "index.js": `new (require("@pulumi/pulumi").Config)().require("password");`,
            }),
            /reads the encrypted configuration value test:password as plain text.*--config test:password=VALUE/,
        );
    });

    it("reads existing resources as unknown but for their id, and says so", async () => {
        const { resources, assumptions } = await evaluate({
            "index.js": `
                const aws = require("@pulumi/aws");
                const vpc = aws.ec2.Vpc.get("adopted", "vpc-0123");
                new aws.ec2.Subnet("subnet", { vpcId: vpc.id, cidrBlock: vpc.cidrBlock });`,
        });
        const adopted = resources.find(({ urn }) => urn.endsWith("::adopted"));
        assert.equal(adopted?.external, true);
        assert.equal(adopted.id, "vpc-0123");
        const subnet = resources.find(({ urn }) => urn.endsWith("::subnet"));
        assert.deepEqual(subnet?.inputs, { vpcId: "vpc-0123", cidrBlock: unknown });
        assert.deepEqual(
            assumptions.map(({ kind, subject }) => [kind, subject]),
            [["not-evaluated", adopted.urn]],
        );
    });

    it("takes the outputs of other stacks from the answers, or leaves them unknown and says so", async () => {
        const files = {
            "index.js": `
                const pulumi = require("@pulumi/pulumi");
                const network = new pulumi.StackReference("acme/network/dev");
                exports.vpc = network.requireOutput("vpcId");`,
        };
        const open = await evaluate(files);
        assert.deepEqual(open.outputs, { vpc: unknown });
        assert.match(open.assumptions[0]?.reason ?? "", /stacks: \{"acme\/network\/dev"/);
        const stated = await evaluate(files, {
            answers: { stacks: { "acme/network/dev": { vpcId: "vpc-1" } } },
        });
        assert.deepEqual(stated.outputs, { vpc: "vpc-1" });
    });

    it("leaves an output that the answers do not state unknown, and refuses it as a plain value", async () => {
        const answers = { stacks: { "acme/network/dev": { vpcId: "vpc-1", none: null } } };
        const reference = `
            const pulumi = require("@pulumi/pulumi");
            const network = new pulumi.StackReference("acme/network/dev");`;
        const { outputs } = await evaluate(
            {
                "index.js": `${reference}
                exports.vpc = network.getOutput("vpcId");
                exports.none = network.getOutput("none").apply((none) => none === null);
                exports.subnet = network.getOutput("subnetId");
                exports.required = network.requireOutput("subnetId");
                exports.value = network.getOutputValue("vpcId");`,
            },
            { answers },
        );
        assert.deepEqual(outputs, {
            vpc: "vpc-1",
            none: true,
            subnet: unknown,
            required: unknown,
            value: "vpc-1",
        });
        for (const method of ["getOutputValue", "requireOutputValue", "getOutputDetails"]) {
            await assert.rejects(
                evaluate(
                    { "index.js": `${reference} exports.id = network.${method}("subnetId");` },
                    { answers },
                ),
                /needs the output "subnetId" of another stack as a plain value.*--answers/,
            );
        }
    });

    it("takes the only field of an answer for the value of a function that gives one", async () => {
        const answer = (result: object) => ({
            answers: { invokes: [{ token: "acme:index:size", result: { ...result } }] },
        });
        const files = {
            "index.js": `
                const { runtime } = require("@pulumi/pulumi");
                module.exports = async () => ({
                    plain: await runtime.invokeSingle("acme:index:size", {}),
                    output: runtime.invokeSingleOutput("acme:index:size", {}),
                });`,
        };
        const { outputs } = await evaluate(files, answer({ result: 7 }));
        assert.deepEqual(outputs, { plain: 7, output: 7 });
        await assert.rejects(
            evaluate(files, answer({})),
            /the answer for acme:index:size must have one field/,
        );
    });

    it("evaluates a package of an npm workspace in ES modules, with its own copy of the SDK", async () => {
        const { outputs } = await evaluate(
            {
                "Pulumi.yaml": "name: test\nruntime: nodejs\nmain: infra/\n",
                "package.json": `{"private": true, "workspaces": ["infra", "shared"]}`,
                "infra/package.json": `{"name": "infra", "type": "module", "main": "index.ts"}`,
                "infra/index.ts": `
                    import * as pulumi from "@pulumi/pulumi";
                    import { readFileSync } from "node:fs";
                    import { createRequire } from "node:module";
                    import { sizeOf, type Size } from "./sizes.js";
                    const require = createRequire(import.meta.url);
                    const size: Size = await Promise.resolve({ gigabytes: 7 });
                    new pulumi.ComponentResource("acme:index:Thing", "thing");
                    export const gigabytes: number = sizeOf(size);
                    export const own: boolean = require.resolve("@pulumi/pulumi").includes("/infra/node_modules/");`,
                "infra/sizes.ts": `
                    export interface Size { readonly gigabytes: number }
                    export const sizeOf = (size: Size): number => size.gigabytes;`,
            },
            { ownSdkIn: "infra" },
        );
        assert.deepEqual(outputs, { gigabytes: 7, own: true });
    });

    it("executes neither commands nor dynamic providers, and lists both", async () => {
        const { outputs, assumptions, resources } = await evaluate({
            "index.ts": `
                import * as pulumi from "@pulumi/pulumi";
                import * as command from "@pulumi/command";
                const provider: pulumi.dynamic.ResourceProvider = {
                    create: async (inputs) => { throw new Error("executed " + inputs.size); },
                };
                class Thing extends pulumi.dynamic.Resource {
                    constructor(name: string) { super(provider, name, { size: 1, made: undefined }); }
                }
                const thing = new Thing("thing");
                export const printed = new command.local.Command("hello", { create: "echo hello" }, { dependsOn: thing }).stdout;`,
        });
        assert.deepEqual(outputs, { printed: unknown });
        assert.deepEqual(assumptions.map(({ subject }) => subject.split("::")[3]).sort(), [
            "hello",
            "thing",
        ]);
        assert.deepEqual(
            resources.map(({ type }) => type).filter((type) => !type.startsWith("pulumi:")),
            ["pulumi-nodejs:dynamic:Resource", "command:local:Command"],
        );
    });

    it("applies transforms of resource, parent and stack, and old-style transformations", async () => {
        const program = await evaluate({
            "index.ts": `
                import * as pulumi from "@pulumi/pulumi";
                import * as aws from "@pulumi/aws";
                const add = (tag: string): pulumi.ResourceTransform => async ({ props, opts }) =>
                    ({ props: { ...props, tags: { ...props.tags, [tag]: "yes" } }, opts: { ...opts, protect: true } });
                pulumi.runtime.registerStackTransform(add("stack"));
                const parent = new pulumi.ComponentResource("acme:index:Thing", "thing", {}, { transforms: [add("parent")] });
                new aws.kms.Key("key", { tags: { own: "yes" } }, {
                    parent,
                    transforms: [add("resource")],
                    transformations: [({ props, opts }) => ({ props: { ...props, description: "changed" }, opts })],
                });`,
        });
        assert.deepEqual(program.inputs("key"), {
            description: "changed",
            tags: { own: "yes", resource: "yes", parent: "yes", stack: "yes" },
        });
        assert.equal(program.resources.find(({ urn }) => urn.endsWith("::key"))?.protect, true);
    });

    it("refuses two resources of one URN, as the engine does", async () => {
        await assert.rejects(
            evaluate({
                "index.js": `
                    const pulumi = require("@pulumi/pulumi");
                    new pulumi.ComponentResource("acme:index:Thing", "twice");
                    new pulumi.ComponentResource("acme:index:Thing", "twice");`,
            }),
            /Duplicate resource URN 'urn:pulumi:dev::test::acme:index:Thing::twice'/,
        );
    });

    it("makes outputs that behave as the SDK's own, whenever a program looks at them", async () => {
        const { outputs } = await evaluate({
            "index.ts": `
                import * as pulumi from "@pulumi/pulumi";
                import * as aws from "@pulumi/aws";
                const key = new aws.kms.Key("key", { description: "plain" });
                const early = key.description;
                class Wrapped extends aws.kms.Key {
                    constructor(name: string) {
                        super(name, { description: "wrapped" });
                        (this as { description: unknown }).description = pulumi.output("replaced");
                    }
                }
                export = async () => {
                    await new Promise((resolve) => setTimeout(resolve, 50));
                    return {
                        early,
                        late: key.description,
                        same: early === key.description,
                        computed: key.arn,
                        listed: Object.keys(key).includes("arn"),
                        own: key.hasOwnProperty("arn"),
                        spread: { ...key }.description,
                        lifted: new aws.ec2.Instance("server", { metadataOptions: { httpTokens: "required" } }).metadataOptions.httpTokens,
                        all: pulumi.all([key.description, key.keyUsage]).apply(([text]) => text),
                        replaced: new Wrapped("wrapped").description,
                    };
                };`,
        });
        assert.deepEqual(outputs, {
            early: "plain",
            late: "plain",
            same: true,
            computed: unknown,
            listed: true,
            own: true,
            spread: "plain",
            lifted: "required",
            all: unknown,
            replaced: "replaced",
        });
    });

    it("serialises functions that use resources", async () => {
        const { resources } = await evaluate({
            "package.json": `{"name": "test", "dependencies": {}}`,
            "index.ts": `
                import * as aws from "@pulumi/aws";
                const bucket = new aws.s3.Bucket("bucket", { bucketPrefix: "canary" });
                new aws.lambda.CallbackFunction("function", {
                    callback: async () => [bucket.bucketPrefix.get(), bucket.id.get()],
                });`,
        });
        const lambda = resources.find(({ type }) => type === "aws:lambda/function:Function");
        const code = JSON.stringify(lambda?.inputs["code"]);
        assert.match(code, /canary/);
        assert.doesNotMatch(code, /storeKey|keyward/);
    });

    it("shows a program the modules of AWS's services themselves, though they load when they are used", async () => {
        const { outputs } = await evaluate({
            "index.js": `
                const aws = require("@pulumi/aws");
                const loaded = (part) => Object.keys(require.cache).some((file) => file.includes(part));
                const before = ["/aws/kms/", "/aws/glue/", "/pulumi/automation/"].filter(loaded);
                module.exports = {
                    before,
                    same: aws.kms === require("@pulumi/aws/kms"),
                    after: ["/aws/kms/", "/aws/glue/"].filter(loaded),
                    value: aws.types.enums.rds.EngineMode.Serverless,
                    automation: typeof require("@pulumi/pulumi").automation.LocalWorkspace,
                };`,
        });
        assert.deepEqual(outputs, {
            before: [],
            same: true,
            after: ["/aws/kms/"],
            value: "serverless",
            automation: "function",
        });
    });

    it("translates the TypeScript that is there when the program loads it", async () => {
        const { outputs } = await evaluate({
            "index.ts": `
                import { writeFileSync } from "node:fs";
                import { join } from "node:path";
                const read = (text: string): number => {
                    const file = join(__dirname, "written.ts");
                    writeFileSync(file, "export const value: number = " + text + ";");
                    delete require.cache[file];
                    return require("./written").value;
                };
                export const values = [read("1"), read("2"), read("1"), require("./never").value];`,
            "written.ts": "export const value: number = 0;",
            "never.tsx": "export const value: number = 3;",
        });
        assert.deepEqual(outputs, { values: [1, 2, 1, 3] });
    });

    it("takes the region that the configuration leaves out from the environment, as the AWS provider does", async () => {
        const files = {
            "index.js": `
                const aws = require("@pulumi/aws");
                new aws.kms.Key("key");
                exports.region = aws.getRegionOutput().region;`,
        };
        const before = {
            AWS_REGION: process.env["AWS_REGION"],
            AWS_DEFAULT_REGION: process.env["AWS_DEFAULT_REGION"],
        };
        const regionWith = async (
            environment: Partial<typeof before>,
            config: readonly string[] = [],
        ): Promise<unknown> => {
            delete process.env["AWS_REGION"];
            delete process.env["AWS_DEFAULT_REGION"];
            Object.assign(process.env, environment);
            const { outputs, resources, assumptions } = await evaluate(files, {
                config,
                answers: { region: "ap-south-1" },
            });
            const provider = resources.find(({ type }) => type === "pulumi:providers:aws");
            assert.deepEqual(assumptions, []);
            return [outputs["region"], provider?.inputs["region"]];
        };
        try {
            assert.deepEqual(await regionWith({}), ["ap-south-1", undefined]);
            const both = { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-2" };
            assert.deepEqual(await regionWith(both), ["eu-west-1", "eu-west-1"]);
            assert.deepEqual(await regionWith({ ...both, AWS_REGION: "" }), [
                "eu-west-2",
                "eu-west-2",
            ]);
            assert.deepEqual(await regionWith(both, ["aws:region=eu-north-1"]), [
                "eu-north-1",
                "eu-north-1",
            ]);
        } finally {
            for (const [name, value] of Object.entries(before)) {
                if (value === undefined) {
                    delete process.env[name];
                } else {
                    process.env[name] = value;
                }
            }
        }
    });

    it("names a component that a plugin would run, and says how to have it judged", async () => {
        const { resources, assumptions, outputs } = await evaluate({
            "index.js": `
                const pulumi = require("@pulumi/pulumi");
                class Network extends pulumi.ComponentResource {
                    constructor(name, args) {
                        super("acme:index:Network", name, { vpcId: undefined, ...args }, {}, true);
                    }
                }
                const network = new Network("net", { cidrBlock: "10.0.0.0/16" });
                exports.known = network.vpcId.isKnown;`,
        });
        const urn = "urn:pulumi:dev::test::acme:index:Network::net";
        assert.deepEqual(
            resources.filter(({ type }) => !type.startsWith("pulumi:")).map((each) => each.urn),
            [urn],
        );
        assert.deepEqual(outputs, { known: false });
        assert.deepEqual(assumptions, [
            {
                kind: "not-evaluated",
                subject: urn,
                value: "",
                reason: "the component belongs to a package that a plugin runs, so its children are not seen; judge it through the engine: pulumi preview --policy-pack node_modules/@keyward/policy-pack",
            },
        ]);
    });
});

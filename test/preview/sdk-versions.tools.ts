import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import { temporaryProgram } from "../support/program";

const run = promisify(execFile);
const keyward = join(__dirname, "../../cli/bin/keyward.js");

const program = {
    "package.json": `{"private": true}`,
    "index.js": `
        const pulumi = require("@pulumi/pulumi");
        class Server extends pulumi.ComponentResource {
            constructor(name, args) {
                super("acme:index:Server", name, args);
                const instance = new pulumi.CustomResource(
                    "aws:ec2/instance:Instance",
                    name,
                    { ami: "ami-1", instanceType: "m7i.large", arn: undefined, ...args },
                    { parent: this, ignoreChanges: ["ami"] },
                );
                this.arn = instance.arn;
                this.registerOutputs({ arn: instance.arn });
            }
        }
        const zones = pulumi.runtime.invokeOutput
            ? pulumi.runtime.invokeOutput("acme:index:zones", {})
            : pulumi.output(pulumi.runtime.invoke("acme:index:zones", {}));
        const server = new Server("vault", { availabilityZone: zones.apply((answer) => answer.zone) });
        console.log("SDK " + require("@pulumi/pulumi/package.json").version + ", Node.js " + process.version);
        exports.arn = server.arn;`,
    "answers.json": JSON.stringify({
        invokes: [{ token: "acme:index:zones", result: { zone: "eu-central-1a" } }],
    }),
};

interface Seen {
    /** What the program printed. */
    readonly printed: string;
    readonly report: JudgedStack;
    /** Inputs of the instance, as the graph says. */
    readonly instance: Readonly<Record<string, unknown>>;
}

/** Installs packages into the program's folder and evaluates it there, with the Node.js among them if there is one. */
async function preview(packages: readonly string[]): Promise<Seen> {
    const folder = temporaryProgram(program, false);
    // Scripts run: the package node fetches its program with one.
    const flags = ["--no-audit", "--no-fund", "--no-save", "--loglevel=error"];
    await run("npm", ["install", ...flags, ...packages], { cwd: folder, timeout: 240_000 });
    const own = join(folder, "node_modules/node/bin/node");
    const [json, graph] = [join(folder, "out.json"), join(folder, "graph.json")];
    const files = ["--answers", join(folder, "answers.json"), "--json", json, "--graph", graph];
    const ended = await run(
        existsSync(own) ? own : process.execPath,
        [keyward, "preview", folder, ...files],
        { timeout: 120_000 },
    ).catch((error: unknown) => error as { readonly code: number; readonly stderr: string });
    assert.equal("code" in ended ? ended.code : 0, 1, ended.stderr);
    const { deployment } = JSON.parse(readFileSync(graph, "utf8")) as {
        readonly deployment: {
            readonly resources: readonly { readonly type: string; readonly inputs: object }[];
        };
    };
    const found = deployment.resources.find(({ type }) => type === "aws:ec2/instance:Instance");
    return {
        printed: ended.stderr,
        report: JSON.parse(readFileSync(json, "utf8")) as JudgedStack,
        instance: { ...found?.inputs },
    };
}

describe("the versions of the Pulumi SDK that are supported", function () {
    this.timeout(400_000);
    const expected = {
        ami: "ami-1",
        instanceType: "m7i.large",
        availabilityZone: "eu-central-1a",
    };
    let oldest: Seen;

    it("begin with 3.113.0", async () => {
        oldest = await preview(["@pulumi/pulumi@3.113.0"]);
        assert.match(oldest.printed, /^SDK 3\.113\.0, /m);
        assert.deepEqual(oldest.instance, expected);
        assert.equal(oldest.report.blocked, true);
    });

    it("end with the newest, under Node.js 22, with the same findings", async () => {
        const newest = await preview(["@pulumi/pulumi@3", "node@22"]);
        assert.match(newest.printed, /^SDK 3\.\d+\.\d+, Node\.js v22\./m);
        assert.deepEqual(newest.instance, expected);
        assert.deepEqual(newest.report.findings, oldest.report.findings);
    });
});

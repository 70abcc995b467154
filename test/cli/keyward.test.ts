import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import { temporaryFolder, temporaryProgram } from "../support/program";

const keyward = join(__dirname, "../../cli/bin/keyward.js");

interface Run {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

function run(args: readonly string[], input = "", folder?: string): Run {
    return spawnSync(process.execPath, [keyward, ...args], {
        input,
        cwd: folder,
        encoding: "utf8",
        // Libraries colour their output when this is set, whether or not anybody looks at it on a terminal.
        env: { ...process.env, CI: "true", KEYWARD_REPORT: undefined },
    });
}

const openInstance = {
    "index.js": `
        const aws = require("@pulumi/aws");
        console.log("printed by the program");
        new aws.ec2.Instance("vault", { ami: "ami-1", instanceType: "m7i.large" });`,
};
const clean = {
    "index.js": `
        const pulumi = require("@pulumi/pulumi");
        new pulumi.CustomResource("acme:index:Thing", "thing", {});`,
};

describe("the command line", () => {
    it("ends quietly, but not with success, when nobody reads on", () => {
        const line = '{ "$0" "$1" --help; echo "$?" >&2; } | true';
        const { stderr } = spawnSync("sh", ["-c", line, process.execPath, keyward], {
            encoding: "utf8",
        });
        assert.equal(stderr, "2\n");
    });

    it("shows its commands and the meaning of its exit status", () => {
        const { status, stdout } = run(["--help"]);
        assert.equal(status, 0);
        assert.match(stdout, /^Usage: keyward/);
        assert.match(stdout, /\n {2}preview +judge what a Pulumi program would deploy, offline\n/);
        assert.match(stdout, /\n {2}analyze +judge an exported stack or a saved graph\n/);
        assert.match(stdout, /Exit status: 0 .* 1 .* 2 /);
    });

    it("shows the options and an example of a command", () => {
        for (const command of ["preview", "analyze"]) {
            const { status, stdout } = run([command, "--help"]);
            assert.equal(status, 0);
            assert.match(stdout, new RegExp(`^Usage: keyward ${command}`));
            assert.match(stdout, /--fail-on <verdict\[:severity\]>/);
            assert.match(stdout, /Examples:\n {2}/);
        }
    });

    it("ends with status 2 for what it does not know", () => {
        for (const args of [
            ["nonsense"],
            ["preview", "--nonsense"],
            ["preview", "a", "b"],
            ["analyze"],
        ]) {
            const { status, stdout, stderr } = run(args);
            assert.equal(status, 2, args.join(" "));
            assert.equal(stdout, "");
            assert.match(stderr, /^error: .*\n\(add --help for the options and examples\)\n$/);
        }
    });

    it("ends with status 2 for options that mean nothing, in one line each", () => {
        for (const args of [
            ["--as-of", "yesterday"],
            ["--fail-on", "never"],
            ["--time-limit", "-1"],
            ["--stack", "a/../b"],
            ["--config", "novalue"],
            ["--exemptions", "/nowhere/exemptions.yaml"],
            ["--policy-config", "/nowhere/config.json"],
            ["--answers", "/nowhere/answers.yaml"],
        ]) {
            const { status, stdout, stderr } = run(["preview", temporaryProgram(clean), ...args]);
            assert.equal(status, 2, args.join(" "));
            assert.equal(stdout, "");
            assert.match(stderr, /^(keyward|error): [^\n]+\n/, args.join(" "));
            assert.doesNotMatch(stderr, /internal error|\n {4}at /);
        }
    });
});

describe("keyward preview", () => {
    it("ends with status 1 for what blocks, says so on stdout and keeps the program's words on stderr", () => {
        const { status, stdout, stderr } = run(["preview", temporaryProgram(openInstance)]);
        assert.equal(status, 1);
        assert.match(stdout, /^test · stack dev · as of /);
        assert.match(
            stdout,
            /✗ critical imdsv2-required \(blocks\)\n {4}vault, metadataOptions\.httpTokens/,
        );
        assert.match(stdout, /\nBLOCKED — \d+ findings block the deployment.*\.\n$/);
        assert.equal(stderr, "printed by the program\n");
        assert.ok(stdout.split("\n").every((line) => line.length <= 80));
    });

    it("ends with status 0 when nothing is to object to, and not for policies that were lowered", () => {
        const program = temporaryProgram({
            "index.js": `
                const aws = require("@pulumi/aws");
                new aws.ec2.Instance("vault", { ami: "ami-1", instanceType: "m7i.large" });`,
            "levels.json": JSON.stringify({ all: "advisory" }),
        });
        const lowered = ["preview", program, "--policy-config", join(program, "levels.json")];
        const { status, stdout } = run(lowered);
        assert.match(stdout, /enforcement-levels-sound/);
        assert.equal(status, 1);
        assert.equal(run(["preview", temporaryProgram(clean)]).status, 0);
        const unblocked = ["preview", temporaryProgram(clean), "--fail-on", "exempt:low"];
        assert.equal(run(unblocked).status, 0);
    });

    it("does not take a program in which nothing is judged for a clean one", () => {
        const reports = temporaryFolder({}, false);
        for (const text of [
            "",
            `const pulumi = require("@pulumi/pulumi");
            new pulumi.ComponentResource("acme:index:Thing", "thing");
            new (require("@pulumi/aws").Provider)("aws", { region: "eu-central-1" });`,
        ]) {
            const { status, stdout, stderr } = run([
                "preview",
                temporaryProgram({ "index.js": text }),
                "--json",
                join(reports, "out.json"),
            ]);
            assert.equal(status, 2);
            assert.equal(stdout, "");
            assert.equal(
                stderr,
                "keyward: the program registers no resources, so there is nothing to judge; check which stack, configuration and entry point it runs with (--stack, --config, main in Pulumi.yaml)\n",
            );
            assert.deepEqual(readdirSync(reports), []);
        }
    });

    it("judges the project of the current folder", () => {
        const { status, stdout } = run(["preview"], "", temporaryProgram(clean));
        assert.equal(status, 0);
        assert.match(stdout, /^test · stack dev/);
    });

    it("writes a machine's form to stdout and then the report for people to stderr", () => {
        const { status, stdout, stderr } = run([
            "preview",
            temporaryProgram(openInstance),
            "--json",
            "-",
        ]);
        assert.equal(status, 1);
        const report = JSON.parse(stdout) as JudgedStack;
        assert.equal(report.blocked, true);
        assert.equal(report.stack, "dev");
        assert.match(stderr, /BLOCKED — /);
    });

    it("writes how long each phase took apart from the report", () => {
        const folder = temporaryFolder({}, false);
        const file = join(folder, "timings.json");
        const program = temporaryProgram(openInstance);
        const { status, stdout } = run(["preview", program, "--json", file, "--timings", "-"]);
        assert.equal(status, 1);
        const { seconds } = JSON.parse(stdout) as { seconds: Record<string, number> };
        assert.deepEqual(Object.keys(seconds), ["start", "evaluate", "judge", "report"]);
        assert.ok(Object.values(seconds).every((each) => each > 0));
        assert.doesNotMatch(readFileSync(file, "utf8"), /"seconds"/);
        const twice = run(["preview", program, "--json", file, "--timings", file]);
        assert.equal(twice.status, 2);
        assert.match(twice.stderr, /^keyward: --json and --timings both write /);
    });

    it("gives the same bytes for the same program and moment, in every form and as a graph", () => {
        const program = temporaryProgram(openInstance);
        const forms = ["json", "sarif", "junit", "markdown", "html", "graph"];
        const [one, other] = [1, 2].map(() => {
            const folder = temporaryFolder({}, false);
            const { stdout } = run([
                ...["preview", program, "--as-of", "2026-11-24"],
                ...forms.flatMap((form) => [`--${form}`, join(folder, form)]),
            ]);
            return [stdout, ...forms.map((form) => readFileSync(join(folder, form), "utf8"))];
        });
        assert.deepEqual(other, one);
        assert.ok(one?.every((text) => text !== ""));
    });

    it("writes every form that is asked for, and a graph that analyze judges alike", () => {
        const folder = temporaryFolder({}, false);
        const at = (name: string): string => join(folder, name);
        const forms = ["json", "sarif", "junit", "markdown", "graph"];
        const asOf = ["--as-of", "2026-11-24"];
        const { status } = run([
            "preview",
            temporaryProgram(openInstance),
            ...asOf,
            ...forms.flatMap((form) => [`--${form}`, at(form)]),
        ]);
        assert.equal(status, 1);
        assert.deepEqual(readdirSync(folder).sort(), [...forms].sort());
        const report = JSON.parse(readFileSync(at("json"), "utf8")) as JudgedStack;
        const analyzed = run(["analyze", at("graph"), ...asOf, "--json", "-"]);
        assert.equal(analyzed.status, 1);
        const again = JSON.parse(analyzed.stdout) as JudgedStack;
        assert.deepEqual(again.findings, report.findings);
        assert.equal(again.project, "test");
        const piped = run(
            ["analyze", "-", ...asOf, "--json", "-"],
            readFileSync(at("graph"), "utf8"),
        );
        assert.equal(piped.stdout, analyzed.stdout);
    });

    it("writes nothing when a file cannot be written, or the program fails", () => {
        const folder = temporaryFolder({ "report/file": "" }, false);
        const json = join(folder, "out.json");
        const taken = run([
            "preview",
            temporaryProgram(clean),
            "--json",
            json,
            "--sarif",
            join(folder, "report"),
        ]);
        assert.equal(taken.status, 2);
        assert.match(
            taken.stderr,
            /^keyward: --sarif .*\/report: this is a folder: give the name of a file in it\n$/,
        );
        const failed = run([
            "preview",
            temporaryProgram({ "index.js": "throw new Error('no')" }),
            "--json",
            json,
        ]);
        assert.equal(failed.status, 2);
        assert.match(
            failed.stderr,
            /^keyward: the program failed: Error: no\n {2}at index\.js:1:7\n$/,
        );
        assert.equal(failed.stdout, "");
        assert.ok(!existsSync(json));
    });

    it("keeps secrets out of everything it writes", () => {
        const canary = "canary-91d2";
        const folder = temporaryFolder({}, false);
        const forms = ["json", "sarif", "junit", "markdown", "graph"];
        const program = temporaryProgram({
            "index.js": `
                const pulumi = require("@pulumi/pulumi");
                const aws = require("@pulumi/aws");
                const secret = new pulumi.Config().requireSecret("token");
                new aws.ec2.Instance("vault", {
                    ami: "ami-1", instanceType: "m7i.large", keyName: secret,
                    userData: pulumi.interpolate\`export VAULT_TOKEN=\${secret}\`, tags: { token: secret },
                });`,
            "Pulumi.yaml":
                "name: test\nruntime: nodejs\nconfig:\n  token: {type: string, secret: true}\n",
        });
        const { status, stdout, stderr } = run([
            "preview",
            program,
            "--config",
            `token=${canary}`,
            ...forms.flatMap((form) => [`--${form}`, join(folder, form)]),
        ]);
        assert.equal(status, 1, stderr);
        for (const text of [
            stdout,
            stderr,
            ...forms.map((form) => readFileSync(join(folder, form), "utf8")),
        ]) {
            assert.ok(!text.includes(canary));
        }
    });
});

describe("keyward analyze", () => {
    it("does not take a state without resources for a clean one", () => {
        const empty = JSON.stringify({ version: 3, deployment: { resources: [] } });
        const { status, stdout, stderr } = run(["analyze", "-"], empty);
        assert.equal(status, 2);
        assert.equal(stdout, "");
        assert.match(
            stderr,
            /^keyward: standard input: the state holds no resources, so there is nothing to judge/,
        );
    });

    it("judges with another pack as well, whose violations decide like its own", () => {
        const graph = JSON.stringify({
            version: 3,
            deployment: {
                resources: [
                    {
                        urn: "urn:pulumi:dev::test::acme:index/thing:Thing::thing",
                        type: "acme:index/thing:Thing",
                        custom: true,
                        inputs: { size: 7 },
                    },
                ],
            },
        });
        const pack = temporaryFolder({
            "PulumiPolicy.yaml": "runtime: nodejs\n",
            "package.json": `{"version": "0.0.1"}`,
            "index.js": `
                const { PolicyPack } = require("@pulumi/policy");
                new PolicyPack("acme", { policies: [{
                    name: "small-things", description: "Things are small.",
                    configSchema: { properties: { largest: { type: "number" } }, required: ["largest"] },
                    validateResource: ({ props, getConfig }, report) => {
                        if (props.size > getConfig().largest) report("size " + props.size);
                    },
                }] });`,
        });
        const config = join(
            temporaryFolder(
                {
                    "c.json": JSON.stringify({
                        "small-things": { enforcementLevel: "mandatory", largest: 5 },
                    }),
                },
                false,
            ),
            "c.json",
        );
        assert.equal(run(["analyze", "-"], graph).status, 0);
        const packed = ["analyze", "-", "--policy-pack", pack];
        const { status, stdout } = run(
            [...packed, "--policy-pack-config", config, "--json", "-"],
            graph,
        );
        assert.equal(status, 1);
        const report = JSON.parse(stdout) as JudgedStack;
        assert.equal(report.blocked, true);
        assert.equal(report.summary.fail.medium, 1);
        assert.equal(report.coverage.judged, 1);
        assert.deepEqual(
            report.findings.map(({ policy, level, message }) => [policy, level, message]),
            [["acme/small-things", "mandatory", "Things are small.\nsize 7"]],
        );
        assert.equal(run(["report", "-"], stdout).status, 1);
        const refused = run(packed, graph);
        assert.equal(refused.status, 2);
        assert.match(
            refused.stderr,
            /^keyward: the configuration of the policy pack \S+ itself: small-things lacks the field "largest"\n$/,
        );
    });

    it("writes a baseline under which only what admits no exemption still blocks", () => {
        const folder = temporaryFolder({}, false);
        const [graph, baseline] = [join(folder, "graph.json"), join(folder, "baseline.yaml")];
        const asOf = ["--as-of", "2026-11-24"];
        run(["preview", temporaryProgram(openInstance), "--graph", graph]);
        const refused = run([
            "analyze",
            graph,
            "--write-baseline",
            baseline,
            "--owner",
            "platform",
        ]);
        assert.equal(refused.status, 2);
        assert.match(refused.stderr, /^keyward: --write-baseline needs --approver, --ticket: /);
        assert.ok(!existsSync(baseline));
        const authority = ["--owner", "platform", "--approver", "security", "--ticket", "SEC-1"];
        run(["analyze", graph, ...asOf, "--write-baseline", baseline, ...authority]);
        const before = JSON.parse(
            run(["analyze", graph, ...asOf, "--json", "-"]).stdout,
        ) as JudgedStack;
        const { stdout } = run([
            "analyze",
            graph,
            ...asOf,
            "--exemptions",
            baseline,
            "--json",
            "-",
        ]);
        const after = JSON.parse(stdout) as JudgedStack;
        assert.ok(after.findings.filter(({ verdict }) => verdict === "exempt").length > 3);
        assert.equal(
            after.exemptions.every(({ state }) => state === "active"),
            true,
        );
        assert.ok(after.findings.length >= before.findings.length);
    });

    it("ends with status 2 for what is no state", () => {
        const folder = temporaryFolder({ "state.json": "{" }, false);
        for (const [file, reason] of [
            [join(folder, "state.json"), /it is not JSON/],
            [folder, /cannot read the state .*EISDIR/],
            [join(folder, "none"), /cannot read the state .*ENOENT/],
        ] as const) {
            const { status, stderr } = run(["analyze", file]);
            assert.equal(status, 2);
            assert.match(stderr, reason);
        }
    });

    it("shows control characters of a state, and does not send them to the terminal", () => {
        const folder = temporaryFolder({}, false);
        const name = "vault\u001b[2J\u001b[31m\nCLEAN";
        writeFileSync(
            join(folder, "state.json"),
            JSON.stringify({
                version: 3,
                deployment: {
                    resources: [
                        {
                            urn: `urn:pulumi:dev::test::aws:ec2/instance:Instance::${name}`,
                            type: "aws:ec2/instance:Instance",
                            custom: true,
                            inputs: {},
                        },
                    ],
                },
            }),
        );
        const { stdout } = run(["analyze", join(folder, "state.json")]);
        assert.ok(!stdout.includes("\u001b"));
        assert.match(stdout, /vault\\u001b\[2J/);
    });
});

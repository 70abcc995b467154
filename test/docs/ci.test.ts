import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
    existsSync,
    mkdirSync,
    readFileSync,
    readdirSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { parseReport } from "../../report/json/read";
import { parseDemand } from "../../report/demand";
import { temporaryFolder } from "../support/program";

const root = join(__dirname, "../..");
const page = readFileSync(join(root, "docs/ci.md"), "utf8");
const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as Action;

interface Step {
    readonly name?: string;
    readonly id?: string;
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, string>>;
    readonly env?: Readonly<Record<string, string>>;
}

interface Action {
    readonly inputs: Readonly<Record<string, { description: string; default: string }>>;
    readonly outputs: Readonly<Record<string, { value: string }>>;
    readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

/** The snippets of the page in a language. */
function snippets(language: string): string[] {
    const fenced = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm");
    return [...page.matchAll(fenced)].map(([, snippet]) => snippet ?? "");
}

/** A folder with a program that opens a server to everybody, and `keyward` on the path. */
function programFolder(): { folder: string; path: string } {
    const folder = temporaryFolder({
        "Pulumi.yaml": "name: ci\nruntime: nodejs\n",
        "package.json": '{"main":"index.js"}',
        "index.js": `
            const aws = require("@pulumi/aws");
            new aws.ec2.Instance("vault", { ami: "ami-1", instanceType: "m7i.large", keyName: "x" });`,
    });
    const bin = join(folder, "bin");
    mkdirSync(bin);
    symlinkSync(join(root, "cli/bin/keyward.js"), join(bin, "keyward"));
    return { folder, path: `${bin}:${process.env["PATH"] ?? ""}` };
}

function runShell(
    script: string,
    folder: string,
    environment: Readonly<Record<string, string>>,
): { status: number | null; stdout: string; stderr: string } {
    return spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
        cwd: folder,
        encoding: "utf8",
        env: { ...process.env, KEYWARD_REPORT: undefined, ...environment },
    });
}

const forms = ["keyward.html", "keyward.json", "keyward.md", "keyward.sarif", "keyward.xml"];

describe("the page about continuous integration", function () {
    this.timeout(120_000);

    it("has YAML that can be read", () => {
        const documents = snippets("yaml").map((snippet) => parse(snippet) as object);
        assert.deepEqual(
            documents.map((document) => Object.keys(document)),
            [["name", "on", "permissions", "jobs"], ["name", "on", "jobs"], ["hardening"]],
        );
    });

    it("gives the action only inputs that it has, and uses only outputs that it has", () => {
        const [workflow = ""] = snippets("yaml");
        const { jobs } = parse(workflow) as { jobs: { judge: { steps: readonly Step[] } } };
        const step = jobs.judge.steps.find(({ id }) => id === "keyward");
        for (const input of Object.keys(step?.with ?? {})) {
            assert.ok(input in action.inputs, input);
        }
        parseDemand(step?.with?.["fail-on"] ?? "");
        const used = [...workflow.matchAll(/steps\.keyward\.outputs\.(\w+)/g)].map(
            ([, name]) => name,
        );
        assert.deepEqual([...new Set(used)].sort(), ["markdown", "sarif", "status"]);
        assert.ok(used.every((name) => (name ?? "") in action.outputs));
    });

    it("has a shell script that writes every form and ends with keyward's status", () => {
        const [script = ""] = snippets("sh");
        const { folder, path } = programFolder();
        const { status, stderr } = runShell(script, folder, { PATH: path });
        assert.equal(status, 1, stderr);
        assert.deepEqual(readdirSync(join(folder, "keyward-report")).sort(), forms);
    });

    it("has a shell script that says when nothing could be judged", () => {
        const [script = ""] = snippets("sh");
        const { folder, path } = programFolder();
        writeFileSync(join(folder, "index.js"), "throw new Error('broken');");
        const { status, stderr } = runShell(script, folder, { PATH: path });
        assert.equal(status, 2);
        assert.match(stderr, /keyward could not judge the stack\n$/);
        assert.deepEqual(readdirSync(join(folder, "keyward-report")), []);
    });

    it("names no option that keyward does not have", () => {
        const help = spawnSync(
            process.execPath,
            [join(root, "cli/bin/keyward.js"), "preview", "--help"],
            {
                encoding: "utf8",
            },
        ).stdout;
        const options =
            page.match(/--(?:json|sarif|junit|markdown|html|stack|fail-on|as-of)\b/g) ?? [];
        assert.notEqual(options.length, 0);
        for (const option of new Set(options)) {
            assert.ok(help.includes(option), option);
        }
    });
});

describe("the GitHub action", function () {
    this.timeout(120_000);

    const judge = action.runs.steps.find(({ id }) => id === "judge");

    function runJudge(inputs: Readonly<Record<string, string>>): {
        status: number | null;
        folder: string;
        stderr: string;
    } {
        const { folder } = programFolder();
        const environment = Object.fromEntries(
            Object.entries(judge?.env ?? {}).map(([variable, expression]) => {
                const [, input = ""] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression) ?? [];
                return [variable, inputs[input] ?? action.inputs[input]?.default ?? ""];
            }),
        );
        const { status, stderr } = runShell(judge?.run ?? "exit 99", folder, {
            ...environment,
            GITHUB_ACTION_PATH: root,
            GITHUB_OUTPUT: join(folder, "output"),
            GITHUB_STEP_SUMMARY: join(folder, "summary"),
        });
        return { status, folder, stderr };
    }

    it("is composite, and describes every input", () => {
        assert.equal(action.runs.using, "composite");
        for (const [name, { description }] of Object.entries(action.inputs)) {
            assert.notEqual(description, "", name);
        }
    });

    it("puts no input into a script", () => {
        for (const { run = "" } of action.runs.steps) {
            assert.equal(run.includes("${{"), false, run);
        }
    });

    it("writes every form, the outputs and the summary, and ends with keyward's status", () => {
        const { status, folder, stderr } = runJudge({ "fail-on": "fail:high" });
        assert.equal(status, 1, stderr);
        assert.deepEqual(readdirSync(join(folder, "keyward-report")).sort(), forms);
        assert.equal(
            readFileSync(join(folder, "output"), "utf8"),
            "status=1\ndirectory=keyward-report\n",
        );
        const report = parseReport(
            readFileSync(join(folder, "keyward-report/keyward.json")),
            "report",
        );
        assert.equal(report.project, "ci");
        assert.equal(report.blocked, true);
        assert.match(readFileSync(join(folder, "summary"), "utf8"), /^<!-- keyward ci\/dev -->\n/);
    });

    it("ends with status 2 and without a summary when it could not judge", () => {
        const { status, folder } = runJudge({ "fail-on": "nonsense" });
        assert.equal(status, 2);
        assert.equal(
            readFileSync(join(folder, "output"), "utf8"),
            "status=2\ndirectory=keyward-report\n",
        );
        assert.equal(existsSync(join(folder, "summary")), false);
    });

    it("takes an input for a text, whatever it holds", () => {
        const { status, folder } = runJudge({ stack: '$(touch pwned)"; touch pwned; "' });
        assert.equal(existsSync(join(folder, "pwned")), false);
        assert.notEqual(status, 0);
    });
});

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "sarif";
import { parse } from "yaml";
import { parseReport } from "../../report/json/read";
import { parseDemand } from "../../report/demand";
import { action, programFolder, runJudge, runShell, type ActionStep } from "../support/action";
import { repository } from "../support/engine";

const page = readFileSync(join(repository, "docs/ci.md"), "utf8");

/** The snippets of the page in a language. */
function snippets(language: string): string[] {
    const fenced = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm");
    return [...page.matchAll(fenced)].map(([, snippet]) => snippet ?? "");
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
        const { jobs } = parse(workflow) as { jobs: { judge: { steps: readonly ActionStep[] } } };
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
            [join(repository, "cli/bin/keyward.js"), "preview", "--help"],
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

    it("names the project file from the root of the repository, where code scanning looks for it", () => {
        const { status, folder, stderr } = runJudge({ directory: "infra/production" });
        assert.equal(status, 1, stderr);
        const { runs } = JSON.parse(
            readFileSync(join(folder, "keyward-report/keyward.sarif"), "utf8"),
        ) as Log;
        const [place] = runs[0]?.results?.[0]?.locations ?? [];
        assert.equal(
            place?.physicalLocation?.artifactLocation?.uri,
            "infra/production/Pulumi.yaml",
        );
    });

    it("takes an input for a text, whatever it holds", () => {
        const { status, folder } = runJudge({ stack: '$(touch pwned)"; touch pwned; "' });
        assert.equal(existsSync(join(folder, "pwned")), false);
        assert.notEqual(status, 0);
    });
});

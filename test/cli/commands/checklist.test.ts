import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { paragraphs } from "../../../catalog/article";
import { renderChecklist } from "../../../catalog/checklist";
import { buildChecklist } from "../../../catalog/checklist/checklist";
import { controls } from "../../../catalog/controls";
import { parameters } from "../../../catalog/parameters";

const root = join(__dirname, "../../..");
const whole = buildChecklist({ paragraphs, controls, parameters });
const manual = controls.filter(({ enforcement }) => enforcement.manual !== undefined);

interface Run {
    readonly status: number | null;
    readonly stdout: string;
    readonly stderr: string;
}

function keyward(args: readonly string[], input = ""): Run {
    const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [join(root, "cli/bin/keyward.js"), "checklist", ...args],
        { encoding: "utf8", input, maxBuffer: 16 * 1024 * 1024 },
    );
    return { status, stdout, stderr };
}

/** Evidence of every manual control, given on the first of October 2026. */
function evidence(nextDue = "2026-10-31"): string {
    return JSON.stringify({
        evidence: manual.map(({ id }) => ({
            control: id,
            who: "Security engineering",
            when: "2026-10-01",
            checked: "Everything that the control names",
            nextDue,
        })),
    });
}

describe("keyward checklist", function () {
    this.timeout(60_000);
    let folder = "";
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "keyward-checklist-"));
    });
    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    it("prints markdown by default, and nothing else", () => {
        assert.deepEqual(keyward([]), {
            status: 0,
            stdout: renderChecklist(whole, "markdown"),
            stderr: "",
        });
    });

    it("writes the form asked for to a file", () => {
        const file = join(folder, "checklist.html");
        assert.deepEqual(keyward(["--format", "html", "--output", file]), {
            status: 0,
            stdout: "",
            stderr: "",
        });
        assert.equal(readFileSync(file, "utf8"), renderChecklist(whole, "html"));
        assert.deepEqual(readdirSync(folder), ["checklist.html"]);
    });

    it("ends with status 0 when every manual control has evidence that holds", () => {
        const run = keyward(
            ["--format", "csv", "--evidence", "-", "--as-of", "2026-10-30"],
            evidence(),
        );
        assert.deepEqual([run.status, run.stderr], [0, ""]);
        assert.equal(run.stdout.split("Evidence until 2026-10-31").length - 1, manual.length);
    });

    it("ends with status 1 and names each control whose evidence ran out", () => {
        const run = keyward(
            ["--format", "csv", "--evidence", "-", "--as-of", "2026-10-31"],
            evidence(),
        );
        assert.equal(run.status, 1);
        assert.deepEqual(
            run.stderr.trimEnd().split("\n"),
            manual.map(({ id, title }) => `keyward: ${id}: "${title}" is overdue since 2026-10-31`),
        );
    });

    it("ends with status 2 for bad evidence, with all problems, and writes nothing", () => {
        const file = join(folder, "evidence.yaml");
        writeFileSync(file, "evidence:\n  - control: no-such\n  - 7\n");
        const output = join(folder, "checklist.md");
        const run = keyward(["--evidence", file, "--output", output]);
        assert.equal(run.status, 2);
        assert.deepEqual(run.stderr.trimEnd().split("\n"), [
            `keyward: ${file}: evidence[0] needs "who" as text that is not empty`,
            `keyward: ${file}: evidence[0] needs "when" as text that is not empty`,
            `keyward: ${file}: evidence[0] needs "checked" as text that is not empty`,
            `keyward: ${file}: evidence[0] needs "nextDue" as text that is not empty`,
            `keyward: ${file}: evidence[0] is about control "no-such", which does not exist`,
            `keyward: ${file}: evidence[1] must be an object with control, who, when, checked, nextDue`,
        ]);
        assert.deepEqual(readdirSync(folder), ["evidence.yaml"]);
    });

    it("ends with status 2 for a form that does not exist, naming those that do", () => {
        const run = keyward(["--format", "pdf"]);
        assert.equal(run.status, 2);
        assert.match(
            run.stderr,
            /'pdf' is invalid. Allowed choices are markdown, csv, json, html\./,
        );
    });

    it("ends with status 2 for a folder as output", () => {
        const run = keyward(["--output", folder]);
        assert.deepEqual(run, {
            status: 2,
            stdout: "",
            stderr: `keyward: --output ${folder}: this is a folder: give the name of a file in it\n`,
        });
    });

    it("ends with status 2 for evidence that is not there", () => {
        const run = keyward(["--evidence", join(folder, "none.yaml")]);
        assert.equal(run.status, 2);
        assert.match(run.stderr, /^keyward: cannot read the evidence .*none\.yaml: ENOENT/);
    });
});

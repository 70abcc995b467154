import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { longestSpanDays } from "../../catalog/exemptions/problems";
import { parameterById } from "../../catalog/parameters";
import type { JudgedStack } from "../../catalog/records/judged-stack";
import { severities } from "../../catalog/severity";
import { readConfiguration } from "../../policy-pack/configuration/read-configuration";
import { exemptionSchema } from "../../policy-pack/exemptions/exemption-schema";
import { readExemption } from "../../policy-pack/exemptions/read-exemptions";
import { temporaryProgram } from "../support/program";

const root = join(__dirname, "../..");
const page = (name: string): string => readFileSync(join(root, "docs", name), "utf8");

/** The snippets of a page in a language. */
function snippets(text: string, language: string): readonly string[] {
    const fenced = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm");
    return [...text.matchAll(fenced)].map(([, snippet]) => snippet ?? "");
}

/** The first cells of the rows of a table, by the heading of its first column. */
function firstColumn(text: string, heading: string): readonly string[] {
    const lines = text.split("\n");
    const start = lines.findIndex((line) => line.startsWith(`| ${heading} `));
    const rows = lines.slice(start + 2);
    return rows
        .slice(
            0,
            rows.findIndex((line) => !line.startsWith("|")),
        )
        .map((line) => (line.split("|")[1] ?? "").replaceAll("`", "").trim());
}

function runShell(
    script: string,
    folder: string,
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
    const bin = join(folder, "bin");
    mkdirSync(bin, { recursive: true });
    try {
        symlinkSync(join(root, "cli/bin/keyward.js"), join(bin, "keyward"));
    } catch {
        // It is there from the script before.
    }
    return spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
        cwd: folder,
        encoding: "utf8",
        env: { ...process.env, KEYWARD_REPORT: undefined, PATH: `${bin}:${process.env["PATH"]}` },
    });
}

describe("the page about exemptions", function () {
    this.timeout(120_000);
    const text = page("exemptions.md");

    it("shows a record that is sound, and explains each of its fields", () => {
        const [snippet = ""] = snippets(text, "yaml");
        const { exemptions } = parse(snippet) as { readonly exemptions: readonly unknown[] };
        assert.deepEqual(
            exemptions.flatMap((record) => readExemption(record, "record").problems),
            [],
        );
        assert.deepEqual(Object.keys(exemptions[0] as object), firstColumn(text, "field"));
        assert.deepEqual(firstColumn(text, "field"), Object.keys(exemptionSchema.properties));
    });

    it("states the spans of the catalog", () => {
        const limits = (id: string): number => Number(parameterById(id).value);
        assert.deepEqual(
            [...text.matchAll(/^\| (critical|high|medium|low) +\| (\d+) days +\|$/gm)].map(
                ([, severity, days]) => [severity, Number(days)],
            ),
            severities.map((severity) => [severity, longestSpanDays(severity, limits)]),
        );
        assert.equal(limits("exemptionNoticeDays"), 14);
        assert.ok(text.includes("Fourteen days before its end"));
        assert.ok(text.includes(`at least ${limits("exemptionReasonCharacters")} characters`));
    });

    it("has commands that write a baseline under which nothing blocks but what admits no exemption", () => {
        const folder = temporaryProgram({
            "index.ts": `
                import * as aws from "@pulumi/aws";
                new aws.ec2.Instance("vault", { ami: "ami-1", instanceType: "m7i.large" });`,
        });
        const [judge = "", configure = "", baseline = ""] = snippets(text, "sh");
        const graph = runShell("keyward preview . --graph stack.json || true", folder);
        assert.equal(graph.status, 0, graph.stderr);
        const written = runShell(baseline, folder);
        assert.equal(written.status, 0, written.stdout + written.stderr);
        const judged = runShell(`${judge.trim()} --json -`, folder);
        assert.equal(judged.status, 0, judged.stderr);
        const { summary, blocked } = JSON.parse(judged.stdout) as JudgedStack;
        assert.equal(blocked, false);
        assert.ok(summary.exempt.critical > 0);

        assert.equal(runShell(configure, folder).status, 0);
        const engine = readFileSync(join(folder, "policy-config.json"), "utf8");
        const records = parse(readFileSync(join(folder, "exemptions.yaml"), "utf8")) as object;
        assert.deepEqual(
            readConfiguration(JSON.parse(engine), "policy-config.json").exemptions,
            (records as { readonly exemptions: unknown }).exemptions,
        );
    });
});

describe("the page about verdicts", () => {
    const text = page("verdicts.md");

    it("shows configurations that are accepted", () => {
        const documents = snippets(text, "json").map((snippet) => JSON.parse(snippet) as object);
        assert.equal(documents.length, 2);
        for (const document of documents) {
            readConfiguration(document, "verdicts.md");
        }
    });

    it("names every verdict, scope and level", () => {
        assert.deepEqual(firstColumn(text, "verdict"), [
            ...["pass", "fail", "indeterminate", "exempt", "not-applicable"],
        ]);
        assert.deepEqual(firstColumn(text, "scope"), ["auto", "all", "marked"]);
        assert.deepEqual(firstColumn(text, "level"), [
            ...["mandatory", "remediate", "advisory", "disabled"],
        ]);
    });
});

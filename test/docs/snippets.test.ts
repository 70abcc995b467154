import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { evaluate } from "../support/program";

const root = join(__dirname, "../..");

/** Documents that people read, with their text. */
const documents = [
    "README.md",
    "CONTRIBUTING.md",
    "policy-pack/README.md",
    ...readdirSync(join(root, "docs"))
        .filter((name) => name.endsWith(".md"))
        .map((name) => `docs/${name}`),
].map((name) => ({ name, text: readFileSync(join(root, name), "utf8") }));

/** Code of a document: the lines of its shell blocks, continued ones joined, and what stands between backticks. */
function commandLines(text: string): readonly string[] {
    const blocks = [...text.matchAll(/^```(?:sh|yaml)?\n([\s\S]*?)^```$/gm)].flatMap(([, block]) =>
        (block ?? "").replaceAll(/\\\n\s*/g, "").split("\n"),
    );
    const spans = [...text.replaceAll(/^```[\s\S]*?^```$/gm, "").matchAll(/`([^`\n]+)`/g)].map(
        ([, span]) => span ?? "",
    );
    return [...blocks, ...spans];
}

/** Words of every call of a program in a line, without what a shell does with its input and output. */
function calls(line: string, program: RegExp): readonly (readonly string[])[] {
    return line
        .replaceAll("\\|", "/")
        .split(/\s*(?:\||&&|;)\s*/)
        .flatMap((part) => {
            const [, call] = program.exec(part) ?? [];
            return call === undefined
                ? []
                : [(call.replace(/\s+(#|>|2>).*$/, "").match(/"[^"]*"|\S+/g) ?? []).map(String)];
        });
}

const keyward = /^\s*(?:run: )?(?:npx )?keyward((?: [^\s].*)?)$/;

describe("the commands that documents show", function () {
    this.timeout(120_000);

    const shown = documents.flatMap(({ name, text }) =>
        commandLines(text).flatMap((line) =>
            calls(line, keyward).map((words) => ({ name, words })),
        ),
    );

    it("are those of keyward, with options that it has", () => {
        assert.deepEqual(
            shown.flatMap(({ name, words }) =>
                faultsOf(words).map((fault) => `${name}: keyward ${words.join(" ")}: ${fault}`),
            ),
            [],
        );
        assert.ok(shown.length > 50, String(shown.length));
    });

    it("are scripts of npm that exist", () => {
        const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
            readonly scripts: Readonly<Record<string, string>>;
        };
        const run = documents.flatMap(({ name, text }) =>
            [...text.matchAll(/\bnpm (?:run(?: --silent)? ([a-z][a-z:-]*)|(test|start)\b)/g)].map(
                ([, script, short]) => ({ name, script: script ?? short ?? "" }),
            ),
        );
        assert.deepEqual(
            run.filter(({ script }) => !(script in scripts)),
            [],
        );
        assert.ok(run.length > 10, String(run.length));
    });
});

/** Options in the help of a command, by its words; undefined where there is no such command. */
const helps = new Map<string, readonly string[] | undefined>();

function optionsOf(command: readonly string[]): readonly string[] | undefined {
    const key = command.join(" ");
    if (!helps.has(key)) {
        const { status, stdout } = spawnSync(
            process.execPath,
            [join(root, "cli/bin/keyward.js"), ...command, "--help"],
            { encoding: "utf8" },
        );
        const usage = stripVTControlCharacters(stdout);
        const meant = status === 0 && usage.includes(`Usage: keyward ${key}`);
        helps.set(key, meant ? (usage.match(/--[a-z][a-z-]*/g) ?? []) : undefined);
    }
    return helps.get(key);
}

/** What a call names that the command line does not know. */
function faultsOf(words: readonly string[]): readonly string[] {
    const [first] = words;
    if (first === undefined) {
        return [];
    }
    const command = first === "patch" ? words.slice(0, 2) : [first];
    const options = optionsOf(command);
    return options === undefined
        ? [`no command ${command.join(" ")}`]
        : words
              .map((word) => word.split("=")[0] ?? "")
              .filter((word) => word.startsWith("--") && !options.includes(word))
              .map((word) => `no option ${word}`);
}

describe("the program that the README shows", function () {
    this.timeout(60_000);

    it("makes a cluster of three servers", async () => {
        const readme = documents.find(({ name }) => name === "README.md")?.text ?? "";
        const [snippet = ""] = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(
            ([, code]) => code ?? "",
        );
        const { outputs, resources } = await evaluate(
            { "index.ts": snippet },
            {
                config: [
                    "certificateAuthorityArn=arn:aws:acm-pca:eu-central-1:111122223333:certificate-authority/one",
                ],
            },
        );
        assert.equal(outputs["address"], "vault.internal");
        assert.equal(
            resources.filter(({ type }) => type === "aws:ec2/instance:Instance").length,
            3,
        );
    });
});

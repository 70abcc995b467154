import assert from "node:assert/strict";
import { join } from "node:path";
import { InputError } from "../../../catalog/records/input-error";
import { projectFileBelow, readProject } from "../../../preview/project/project-file";
import { temporaryFolder } from "../../support/program";

function problemsOf(files: Readonly<Record<string, string>>): readonly string[] {
    const folder = temporaryFolder(files, false);
    try {
        readProject(folder);
    } catch (error) {
        assert.ok(error instanceof InputError, String(error));
        return error.problems.map((problem) => problem.replaceAll(folder, "DIR"));
    }
    throw new Error("the project was accepted");
}

describe("the project file", () => {
    it("says what runs, and where", () => {
        const folder = temporaryFolder(
            {
                "Pulumi.yaml": `
name: vault
main: infra/app.ts
runtime:
    name: nodejs
    options: {typescript: false, tsconfig: tsconfig.pulumi.json, nodeargs: "--no-warnings  --stack-size=2000"}
config:
    size: 3
`,
                "infra/app.ts": "",
            },
            false,
        );
        assert.deepEqual(readProject(folder), {
            name: "vault",
            folder,
            workingFolder: join(folder, "infra"),
            entry: "app.ts",
            typescript: false,
            tsconfig: "tsconfig.pulumi.json",
            nodeArguments: ["--no-warnings", "--stack-size=2000"],
            config: { size: 3n },
            stackConfigFolder: folder,
            file: join(folder, "Pulumi.yaml"),
        });
    });

    it("may name a folder, or nothing, for the program", () => {
        const folder = temporaryFolder({ "Pulumi.json": `{"name":"a","runtime":"nodejs"}` }, false);
        const project = readProject(folder);
        assert.deepEqual([project.workingFolder, project.entry], [folder, "."]);
    });

    it("must be there", () => {
        assert.deepEqual(problemsOf({}), [
            "DIR has no Pulumi.yaml: give the folder of a Pulumi project, keyward preview DIR",
        ]);
        assert.throws(() => readProject("/nowhere/at/all"), /\/nowhere\/at\/all does not exist/);
    });

    it("sends programs of other languages to the engine", () => {
        assert.deepEqual(problemsOf({ "Pulumi.yaml": "name: a\nruntime: python\n" }), [
            "DIR/Pulumi.yaml: the runtime is python, and the offline preview evaluates Node.js programs only; judge this program through the engine: pulumi preview --policy-pack node_modules/@keyward/policy-pack",
        ]);
    });

    it("is refused with every problem at once", () => {
        assert.deepEqual(
            problemsOf({
                "Pulumi.yaml": `
name: "a b"
main: ../elsewhere
runtime: {options: {typescript: "yes", nodeargs: 7}}
config: [1]
`,
            }),
            [
                `DIR/Pulumi.yaml: name must be 1 to 100 letters, digits, "-", "_" or ".", got "a b"`,
                "DIR/Pulumi.yaml: runtime must be the name of a language, such as nodejs",
                "DIR/Pulumi.yaml: config must be a mapping of keys to values",
                "DIR/Pulumi.yaml: runtime.options.typescript must be a boolean, got string",
                "DIR/Pulumi.yaml: runtime.options.nodeargs must be a string, got bigint",
                `DIR/Pulumi.yaml: main must be a path inside the project's folder, got "../elsewhere"`,
            ],
        );
    });

    it("is refused when it is no YAML, no mapping or no text", () => {
        assert.match(
            problemsOf({ "Pulumi.yaml": "a: [1" })[0] ?? "",
            /^DIR\/Pulumi\.yaml: .* at line 1/,
        );
        assert.deepEqual(problemsOf({ "Pulumi.yaml": "- 1" }), [
            "DIR/Pulumi.yaml: the file must hold a mapping of keys to values",
        ]);
        assert.match(
            problemsOf({ "Pulumi.yaml/here": "" })[0] ?? "",
            /^cannot read the project file DIR\/Pulumi\.yaml: EISDIR/,
        );
    });

    it("is named relative to the folder that keyward runs in, if it is below it", () => {
        const file = join("/home", "me", "shop", "infra", "Pulumi.yaml");
        assert.equal(projectFileBelow({ file }, join("/home", "me", "shop")), "infra/Pulumi.yaml");
        assert.equal(
            projectFileBelow({ file }, join("/home", "me", "shop", "infra")),
            "Pulumi.yaml",
        );
        assert.equal(projectFileBelow({ file }, join("/home", "me", "shop", "docs")), undefined);
    });
});

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as components from "../../components";
import { Engine, repository } from "../support/engine";
import { aboutStack, previewWithEngine, verdicts } from "../support/engine-verdicts";

interface Manifest {
    readonly version?: string;
    readonly dependencies?: Readonly<Record<string, string>>;
}

interface Schema {
    readonly name: string;
    readonly version: string;
    readonly resources: Readonly<
        Record<string, { readonly description?: string; readonly isComponent?: boolean }>
    >;
}

const componentNames = Object.keys(components).sort();

describe("the staged component package", () => {
    let engine: Engine;
    /** The package alone, in a folder outside the repository. */
    let staged: string;

    before(async () => {
        engine = await Engine.start();
        staged = join(engine.folder, "keyward");
        execFileSync(process.execPath, [join(repository, "tools/stage.mjs"), staged]);
        installDependencies(staged);
        for (const name of ["aws", "command"]) {
            const { version = "" } = manifestOf(join(staged, "node_modules/@pulumi", name));
            await engine.installProvider(name, version);
        }
    });

    after(() => {
        engine.dispose();
    });

    /** Copies a program to an empty folder, where it uses the staged package. */
    function copied(program: string): string {
        const folder = join(engine.folder, basename(program));
        cpSync(join(repository, program), folder, { recursive: true });
        const project = join(folder, "Pulumi.yaml");
        const text = readFileSync(project, "utf8");
        const ours = /(?<=keyward: )(\.\.\/)+components(?=\n)/;
        assert.match(text, ours);
        writeFileSync(project, text.replace(ours, staged));
        return folder;
    }

    /** Judges a program, in which the pack must see so many key servers, and says what the pack found. */
    async function judged(folder: string, keyServers = 3): Promise<readonly string[]> {
        const { report, run } = await previewWithEngine(engine, folder);
        assert.equal(report.coverage.keyServers.length, keyServers, run.stdout);
        return verdicts(aboutStack(report.findings));
    }

    it("makes a cluster from a YAML program, and the pack finds nothing", async () => {
        assert.deepEqual(await judged(copied("examples/yaml")), []);
    });

    it("is decided before deployment where components take unknown values from one another", async () => {
        const folder = copied("test/fixtures/programs/separate-components");
        assert.deepEqual(await judged(folder, 1), []);
    });

    it("has a schema with every component and its description", async () => {
        const schema = await schemaOf(staged);
        assert.equal(schema.name, "keyward");
        assert.deepEqual(
            Object.keys(schema.resources).sort(),
            componentNames.map((name) => `keyward:index:${name}`),
        );
        for (const [token, { description = "", isComponent }] of Object.entries(schema.resources)) {
            assert.equal(isComponent, true, token);
            assert.ok(description.length > 40, `${token} says of itself only "${description}"`);
        }
    });

    it("has the same schema where it is read from its sources", async () => {
        assert.deepEqual(await schemaOf("./components"), await schemaOf(staged));
    });

    async function schemaOf(folder: string): Promise<Schema> {
        const run = await engine.run(["package", "get-schema", folder], { folder: repository });
        assert.equal(run.status, 0, run.stderr);
        return JSON.parse(run.stdout) as Schema;
    }

    it("makes a cluster from a Python program, and the pack finds nothing", async () => {
        const folder = copied("examples/python");
        const sdk = join(folder, "sdk");
        const generated = await engine.run([
            ...["package", "gen-sdk", staged, "--language", "python", "--out", sdk],
        ]);
        assert.equal(generated.status, 0, generated.stderr);
        execFileSync("python3", ["-m", "venv", join(folder, "venv")]);
        const requirements = join(folder, "requirements.txt");
        execFileSync(
            join(folder, "venv/bin/pip"),
            ["install", "--quiet", "-r", requirements, join(sdk, "python")],
            { stdio: ["ignore", "ignore", "inherit"] },
        );
        assert.deepEqual(await judged(folder), []);
    });
});

/** Installs the declared dependencies and no others, in the versions of this repository. Needs the npm registry or a warm cache. */
function installDependencies(folder: string): void {
    const exact = Object.keys(manifestOf(folder).dependencies ?? {}).map(
        (name) => `${name}@${String(manifestOf(join(repository, "node_modules", name)).version)}`,
    );
    const flags = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"];
    execFileSync("npm", ["install", ...flags, ...exact], { cwd: folder, stdio: "pipe" });
}

function manifestOf(folder: string): Manifest {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

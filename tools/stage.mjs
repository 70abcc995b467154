// Stages the component package: a folder that can be published, or named under `packages` in anybody's Pulumi.yaml.
// Pulumi infers the schema from the TypeScript sources and runs the JavaScript beside them, which spares the consumer a compilation.
import { build } from "esbuild";
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const staged = resolve(process.argv[2] ?? join(root, "dist", "keyward"));

/** The components and what they import. */
const rooms = ["components", "catalog", "aws", "host", "patching"];
const leftOut = /(^|\/)(node_modules|package\.json|PulumiPlugin\.yaml|tsconfig\.json)$/;

await rm(staged, { recursive: true, force: true });
for (const room of rooms) {
    await cp(join(root, room), join(staged, room), {
        recursive: true,
        filter: (source) => !leftOut.test(source.slice(root.length)),
    });
}
const sources = (await readdir(staged, { recursive: true })).filter((file) => file.endsWith(".ts"));
await build({
    absWorkingDir: staged,
    entryPoints: sources,
    outdir: staged,
    outbase: staged,
    platform: "node",
    target: "node20",
    format: "cjs",
    logLevel: "warning",
});
await cp(join(root, "components", "PulumiPlugin.yaml"), join(staged, "PulumiPlugin.yaml"));
await cp(join(root, "LICENSE"), join(staged, "LICENSE"));

const manifest = JSON.parse(await readFile(join(root, "components", "package.json"), "utf8"));
await writeJson("package.json", { ...manifest, main: "components/index.js" });
const { compilerOptions } = JSON.parse(await readFile(join(root, "tsconfig.json"), "utf8"));
delete compilerOptions.types;
await writeJson("tsconfig.json", { compilerOptions, include: ["components/index.ts"] });

async function writeJson(name, value) {
    await writeFile(join(staged, name), `${JSON.stringify(value, undefined, 4)}\n`);
}

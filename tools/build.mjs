// Bundles what runs compiled: the policy pack, the command line and the program that evaluates a stack.
// Takes well under a second, so `start`, `test` and `prepare` run it each time and no stale build is ever judged.
import { build } from "esbuild";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const quiet = process.argv.includes("--quiet");

const shared = {
    absWorkingDir: root,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    sourcemap: "linked",
    logLevel: "warning",
    legalComments: "linked",
    write: false,
};

const outputs = [
    {
        entryPoints: { index: "policy-pack/index.ts" },
        outdir: "policy-pack/bin",
        // The SDK's messages and the pack's must be of one copy of google-protobuf.
        external: ["@grpc/grpc-js", "@pulumi/pulumi", "google-protobuf"],
    },
    {
        entryPoints: { main: "cli/main.ts" },
        outdir: "cli/dist",
        // Node reads the whole file at each start.
        minifyWhitespace: true,
        minifySyntax: true,
        external: ["@aws-sdk/*", "esbuild", "typescript"],
    },
    {
        entryPoints: { evaluate: "preview/child/evaluate.ts" },
        outdir: "cli/dist",
        external: ["@pulumi/*", "esbuild", "typescript", "ts-node"],
    },
    {
        entryPoints: { "compiler-worker": "preview/child/compiler-worker.ts" },
        outdir: "cli/dist",
        external: ["esbuild"],
    },
    {
        entryPoints: { "esm-hooks": "preview/child/esm-hooks.ts" },
        outdir: "cli/dist",
        format: "esm",
        outExtension: { ".js": ".mjs" },
        external: ["esbuild"],
    },
    {
        // Shipped with the components as a Lambda function's code: the same sources give the same bytes.
        entryPoints: { index: "fleet/promotion/lambda.ts" },
        outdir: "components/assets/promotion",
        target: "node22",
        minify: true,
        sourcemap: false,
        legalComments: "none",
    },
];

/** The HTML report carries its script and its style sheet inside: they become a module of two texts. */
async function buildPage() {
    const { outputFiles } = await build({
        ...shared,
        entryPoints: ["report/html/client/main.ts", "report/html/client/style.css"],
        outdir: "report/html/dist",
        minify: true,
        platform: "browser",
        target: ["chrome115", "firefox115", "safari16"],
        format: "iife",
        sourcemap: false,
        legalComments: "none",
    });
    const [script, style] = [".js", ".css"].map((ending) =>
        JSON.stringify(outputFiles.find(({ path }) => path.endsWith(ending)).text.trim()),
    );
    await place(
        join(root, "report/html/dist/client.js"),
        `"use strict";\nexports.script = ${script};\nexports.style = ${style};\n`,
    );
}

/** Puts a file in its place whole, and only when it changes: another suite may be reading it. */
async function place(file, contents) {
    const bytes = Buffer.from(contents);
    const before = await readFile(file).catch(() => undefined);
    if (before?.equals(bytes) === true) {
        return;
    }
    await mkdir(dirname(file), { recursive: true });
    const whole = `${file}.${process.pid}`;
    await writeFile(whole, bytes);
    await rename(whole, file);
}

/** The host profile's shell parts are read beside the bundle. */
async function copyShellParts() {
    for (const part of await readdir(join(root, "host/shell"))) {
        await place(
            join(root, "cli/dist/shell", part),
            await readFile(join(root, "host/shell", part)),
        );
    }
}

const started = performance.now();
await buildPage();
for (const output of outputs) {
    if (existsSync(join(root, Object.values(output.entryPoints)[0]))) {
        const { outputFiles } = await build({ ...shared, ...output });
        for (const { path, contents } of outputFiles) {
            await place(path, contents);
        }
    }
}
await copyShellParts();
if (!quiet) {
    console.error(`built in ${Math.round(performance.now() - started)} ms`);
}

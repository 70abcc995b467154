import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");
const permissive = /^\(?(MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0)\b/;

interface Manifest {
    readonly license?: string;
    readonly dependencies?: Record<string, string>;
    readonly devDependencies?: Record<string, string>;
}

function manifest(...path: string[]): Manifest {
    return JSON.parse(readFileSync(join(root, ...path, "package.json"), "utf8")) as Manifest;
}

describe("dependencies", () => {
    const workspaces = ["components", "policy-pack", "cli"].map((room) => ({
        room,
        dependencies: Object.keys(manifest(room).dependencies ?? {}),
    }));
    const own = manifest();

    it("are each named, with the reason, in docs/dependencies.md, and nothing else is", () => {
        const text = readFileSync(join(root, "docs/dependencies.md"), "utf8");
        const named = [...text.matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1]);
        const used = new Set([
            ...Object.keys(own.devDependencies ?? {}),
            ...Object.keys(own.dependencies ?? {}),
            ...workspaces.flatMap(({ dependencies }) => dependencies),
        ]);
        assert.deepEqual(named.sort(), [...used].sort());
    });

    it("of published packages have a permissive licence", () => {
        const refused = workspaces
            .flatMap(({ dependencies }) => dependencies)
            .map((name) => `${name}: ${manifest("node_modules", name).license ?? "none"}`)
            .filter((line) => !permissive.test(line.slice(line.indexOf(": ") + 2)));
        assert.deepEqual(refused, []);
    });

    it("of the repository are locked at exact versions", () => {
        const loose = Object.entries(own.devDependencies ?? {}).filter(
            ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
        );
        assert.deepEqual(loose, []);
    });

    it("leave no download address in the lock file", () => {
        const lock = readFileSync(join(root, "package-lock.json"), "utf8");
        assert.deepEqual(lock.match(/"resolved": "https?:[^"]*"/g) ?? [], []);
    });
});

import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, parse, resolve } from "node:path";

/** What to load of a program, found as Pulumi's language host finds it. */
export interface EntryPoint {
    /** Absolute path of a file, or of a folder that `require` resolves. */
    readonly path: string;
    /** Loaded with `import` rather than `require`. */
    readonly esModule: boolean;
}

interface Manifest {
    readonly type?: unknown;
    readonly main?: unknown;
    readonly exports?: unknown;
}

/** Finds the entry point; `entry` is `.` unless `Pulumi.yaml` names a file. Throws when an ES module's folder has none. */
export function findEntryPoint(workingFolder: string, entry: string): EntryPoint {
    const program = resolve(workingFolder, entry);
    const root = packageRoot(program);
    const manifest = root === undefined ? {} : readManifest(join(root, "package.json"));
    const named =
        entry === "." ? (exportOf(manifest.exports) ?? asString(manifest.main)) : undefined;
    const path =
        root !== undefined && named !== undefined && existsSync(join(root, named))
            ? join(root, named)
            : program;
    if (manifest.type === "module") {
        return { path: esModuleFile(path), esModule: true };
    }
    return { path, esModule: false };
}

/** Nearest folder upwards that has a `package.json`. */
function packageRoot(program: string): string | undefined {
    const first =
        existsSync(program) && statSync(program).isDirectory() ? program : dirname(program);
    for (let folder = first; ; folder = dirname(folder)) {
        if (existsSync(join(folder, "package.json"))) {
            return folder;
        }
        if (folder === parse(folder).root) {
            return undefined;
        }
    }
}

function readManifest(file: string): Manifest {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    return typeof value === "object" && value !== null ? value : {};
}

/** What the exports of a manifest name for the package itself. */
function exportOf(exports: unknown): string | undefined {
    if (typeof exports !== "object" || exports === null) {
        return asString(exports);
    }
    const own = (exports as Record<string, unknown>)["."];
    if (typeof own !== "object" || own === null) {
        return asString(own);
    }
    const conditions = own as Record<string, unknown>;
    return asString(conditions["default"] ?? conditions["require"] ?? conditions["import"]);
}

function esModuleFile(path: string): string {
    const real = realpathSync(path);
    if (!statSync(real).isDirectory()) {
        return real;
    }
    const names = ["index.js", "index.mjs", "index.ts", "index.mts"];
    const index = names.find((name) => existsSync(join(real, name)));
    if (index === undefined) {
        throw new Error(`no entry point in ${real}: expected one of ${names.join(", ")}`);
    }
    return join(real, index);
}

function asString(value: unknown): string | undefined {
    return typeof value === "string" ? value : undefined;
}

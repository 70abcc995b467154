import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, parse, resolve, sep } from "node:path";

/** What to load of a program, found as Pulumi's language host finds it. */
export interface EntryPoint {
    /** Absolute path of a file, or of a folder that `require` resolves: that ends in a separator. */
    readonly path: string;
    /** Loaded with `import` rather than `require`. */
    readonly esModule: boolean;
}

interface Manifest {
    readonly type?: unknown;
    readonly main?: unknown;
    readonly exports?: unknown;
}

/** Finds the entry point; `entry` is `.` unless `Pulumi.yaml` names a file. Throws when the program's folder has none. */
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
    return { path: commonJsPath(path, asString(manifest.main)), esModule: false };
}

/** A folder must not be taken for a file beside it that has its name and an extension, such as a report. */
function commonJsPath(path: string, main: string | undefined): string {
    if (!isFolder(path)) {
        return path;
    }
    if (main === undefined || !existsSync(join(path, "package.json"))) {
        indexIn(path, ["index.js", "index.json", "index.node", "index.ts", "index.tsx"]);
    }
    return `${path}${sep}`;
}

/** Nearest folder upwards that has a `package.json`. */
function packageRoot(program: string): string | undefined {
    const first = isFolder(program) ? program : dirname(program);
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
    return isFolder(real)
        ? indexIn(real, ["index.js", "index.mjs", "index.ts", "index.mts"])
        : real;
}

/** The first of these files that a folder has. Throws when it has none. */
function indexIn(folder: string, names: readonly string[]): string {
    const index = names.find((name) => existsSync(join(folder, name)));
    if (index === undefined) {
        throw new Error(
            `no entry point in ${folder}: expected one of ${names.join(", ")}, or a file that main of Pulumi.yaml names`,
        );
    }
    return join(folder, index);
}

function isFolder(path: string): boolean {
    return existsSync(path) && statSync(path).isDirectory();
}

function asString(value: unknown): string | undefined {
    return typeof value === "string" ? value : undefined;
}

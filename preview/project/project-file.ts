import { existsSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { InputError } from "../../catalog/records/input-error";
import { isMapping, parseMapping, readText, type Mapping } from "./yaml-file";

/** What `Pulumi.yaml` says of a Node.js program. Paths are absolute. */
export interface Project {
    readonly name: string;
    /** `Pulumi.yaml` itself. */
    readonly file: string;
    /** Folder of `Pulumi.yaml`. */
    readonly folder: string;
    /** Folder that the program runs in, and what to load there; `.` for what its `package.json` says. */
    readonly workingFolder: string;
    readonly entry: string;
    readonly typescript: boolean;
    /** Relative to the working folder. */
    readonly tsconfig: string;
    /** Options of Node.js itself. */
    readonly nodeArguments: readonly string[];
    /** The configuration that it declares, as written. */
    readonly config: Mapping;
    /** Folder of the stacks' configuration. */
    readonly stackConfigFolder: string;
}

const names = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** Reads the project file of a folder. Throws `InputError`: there is none, it is malformed, or the program is not for Node.js. */
export function readProject(folder: string): Project {
    const absolute = resolve(folder);
    const name = names.find((each) => existsSync(join(absolute, each)));
    if (name === undefined) {
        const found = existsSync(absolute) ? "has no Pulumi.yaml" : "does not exist";
        throw new InputError([
            `${absolute} ${found}: give the folder of a Pulumi project, keyward preview DIR`,
        ]);
    }
    const file = join(absolute, name);
    return buildProject(parseMapping(readText(file, "the project file"), file), absolute, file);
}

function buildProject(written: Mapping, folder: string, file: string): Project {
    const problems: string[] = [];
    const field = (
        mapping: Mapping,
        key: string,
        kind: "string" | "boolean",
        at = key,
    ): unknown => {
        const value = Object.hasOwn(mapping, key) ? mapping[key] : undefined;
        if (value !== undefined && value !== null && typeof value !== kind) {
            problems.push(`${file}: ${at} must be a ${kind}, got ${typeof value}`);
            return undefined;
        }
        return value ?? undefined;
    };
    const projectName = field(written, "name", "string");
    if (typeof projectName !== "string" || !/^[A-Za-z0-9_.-]{1,100}$/.test(projectName)) {
        problems.push(
            `${file}: name must be 1 to 100 letters, digits, "-", "_" or ".", got ${JSON.stringify(projectName ?? null)}`,
        );
    }
    const runtime = isMapping(written["runtime"])
        ? written["runtime"]
        : { name: written["runtime"] };
    problems.push(...runtimeProblems(runtime["name"], file));
    const options = isMapping(runtime["options"]) ? runtime["options"] : {};
    const config = written["config"] ?? {};
    if (typeof config !== "string" && !isMapping(config)) {
        problems.push(`${file}: config must be a mapping of keys to values`);
    }
    const main = field(written, "main", "string");
    const configFolder =
        field(written, "stackConfigDir", "string") ??
        (typeof config === "string" ? config : undefined);
    const typescript = field(options, "typescript", "boolean", "runtime.options.typescript");
    const tsconfig = field(options, "tsconfig", "string", "runtime.options.tsconfig");
    const nodeArguments = field(options, "nodeargs", "string", "runtime.options.nodeargs");
    const place = programPlace(folder, typeof main === "string" ? main : "", file, problems);
    if (problems.length > 0) {
        throw new InputError(problems);
    }
    return {
        name: String(projectName),
        file,
        folder,
        ...place,
        typescript: typescript !== false,
        tsconfig: typeof tsconfig === "string" ? tsconfig : "tsconfig.json",
        nodeArguments:
            typeof nodeArguments === "string"
                ? nodeArguments.split(/\s+/).filter((each) => each !== "")
                : [],
        config: isMapping(config) ? config : {},
        stackConfigFolder: join(folder, typeof configFolder === "string" ? configFolder : ""),
    };
}

/** The project file as a report names it: relative to a folder above it, with slashes; undefined for any other folder. */
export function projectFileBelow(
    { file }: Pick<Project, "file">,
    folder: string,
): string | undefined {
    const path = relative(folder, file);
    return path.startsWith("..") || isAbsolute(path) ? undefined : path.split(sep).join("/");
}

function runtimeProblems(runtime: unknown, file: string): string[] {
    if (runtime === "nodejs") {
        return [];
    }
    if (typeof runtime !== "string") {
        return [`${file}: runtime must be the name of a language, such as nodejs`];
    }
    return [
        `${file}: the runtime is ${runtime}, and the offline preview evaluates Node.js programs only; judge this program through the engine: pulumi preview --policy-pack node_modules/@keyward/policy-pack`,
    ];
}

/** Finds the folder that a program runs in, as the engine does from `main`. */
function programPlace(
    folder: string,
    main: string,
    file: string,
    problems: string[],
): { readonly workingFolder: string; readonly entry: string } {
    const path = resolve(folder, main);
    if (isAbsolute(main) || relative(folder, path).startsWith("..")) {
        problems.push(`${file}: main must be a path inside the project's folder, got "${main}"`);
    } else if (!existsSync(path)) {
        problems.push(`${file}: main names ${path}, which does not exist`);
    } else if (!statSync(path).isDirectory()) {
        return { workingFolder: dirname(path), entry: basename(path) };
    }
    return { workingFolder: path, entry: "." };
}

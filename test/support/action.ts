import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { repository } from "./engine";
import { temporaryFolder } from "./program";

/** A step of a workflow or of an action. */
export interface ActionStep {
    readonly name?: string;
    readonly id?: string;
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Readonly<Record<string, string>>;
    readonly env?: Readonly<Record<string, string>>;
}

interface Action {
    readonly inputs: Readonly<Record<string, { description: string; default: string }>>;
    readonly outputs: Readonly<Record<string, { value: string }>>;
    readonly runs: { readonly using: string; readonly steps: readonly ActionStep[] };
}

/** The action that the repository holds. */
export const action = parse(readFileSync(join(repository, "action.yml"), "utf8")) as Action;

/** A folder with a program in one of its directories that opens a server to everybody, and `keyward` on the path. */
export function programFolder(directory = "."): { folder: string; path: string } {
    const folder = temporaryFolder({
        [`${directory}/Pulumi.yaml`]: "name: ci\nruntime: nodejs\n",
        [`${directory}/package.json`]: '{"main":"index.js"}',
        [`${directory}/index.js`]: `
            const aws = require("@pulumi/aws");
            new aws.ec2.Instance("vault", { ami: "ami-1", instanceType: "m7i.large", keyName: "x" });`,
    });
    const bin = join(folder, "bin");
    mkdirSync(bin);
    symlinkSync(join(repository, "cli/bin/keyward.js"), join(bin, "keyward"));
    return { folder, path: `${bin}:${process.env["PATH"] ?? ""}` };
}

/** Runs a script as GitHub runs the steps of an action. */
export function runShell(
    script: string,
    folder: string,
    environment: Readonly<Record<string, string>>,
): { status: number | null; stdout: string; stderr: string } {
    return spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
        cwd: folder,
        encoding: "utf8",
        env: { ...process.env, KEYWARD_REPORT: undefined, ...environment },
    });
}

/** Runs the step that judges, on a program that is blocked, with the action in a folder; its inputs have their defaults unless given. */
export function runJudge(
    inputs: Readonly<Record<string, string>>,
    actionFolder = repository,
): { readonly status: number | null; readonly folder: string; readonly stderr: string } {
    const { folder } = programFolder(inputs["directory"]);
    const judge = action.runs.steps.find(({ id }) => id === "judge");
    const environment = Object.fromEntries(
        Object.entries(judge?.env ?? {}).map(([variable, expression]) => {
            const [, input = ""] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression) ?? [];
            return [variable, inputs[input] ?? action.inputs[input]?.default ?? ""];
        }),
    );
    const { status, stderr } = runShell(judge?.run ?? "exit 99", folder, {
        ...environment,
        GITHUB_ACTION_PATH: actionFolder,
        GITHUB_OUTPUT: join(folder, "output"),
        GITHUB_STEP_SUMMARY: join(folder, "summary"),
    });
    return { status, folder, stderr };
}

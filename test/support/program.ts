import {
    cpSync,
    mkdirSync,
    mkdtempSync,
    realpathSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after } from "mocha";
import type { Assumption } from "../../catalog/records/judged-stack";
import type { StatedAnswers } from "../../preview/answers/answers-file";
import { evaluateProgram } from "../../preview/evaluation/evaluate-program";
import type { SavedResource } from "../../preview/graph/saved-resource";
import { readProject } from "../../preview/project/project-file";
import { readStackConfig } from "../../preview/project/stack-config";

const made: string[] = [];

after(() => {
    for (const folder of made) {
        rmSync(folder, { recursive: true, force: true });
    }
});

/** Files of a program: path → text. `Pulumi.yaml` may be left out. */
export type ProgramFiles = Readonly<Record<string, string>>;

/** Writes a folder that is removed after the tests. It has the repository's packages, but for `packages: false`. */
export function temporaryFolder(files: ProgramFiles, packages = true): string {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "keyward-test-")));
    made.push(folder);
    for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
    }
    if (packages) {
        symlinkSync(join(__dirname, "../../node_modules"), join(folder, "node_modules"));
    }
    return folder;
}

/** Writes a program's folder. */
export function temporaryProgram(files: ProgramFiles, packages = true): string {
    return temporaryFolder({ "Pulumi.yaml": "name: test\nruntime: nodejs\n", ...files }, packages);
}

/** Gives a folder the SDK alone, as npm installs it where two packages of a workspace need different versions. */
function copySdk(folder: string): void {
    const place = join("node_modules", "@pulumi", "pulumi");
    cpSync(join(__dirname, "../..", place), join(folder, place), { recursive: true });
}

/** What an evaluated program did. */
export interface EvaluatedProgram {
    readonly resources: readonly SavedResource[];
    readonly assumptions: readonly Assumption[];
    readonly printed: string;
    /** Inputs of the resource with this name; fails when there is none, or when there are several. */
    inputs(name: string): Readonly<Record<string, unknown>>;
    /** What the stack exports. */
    readonly outputs: Readonly<Record<string, unknown>>;
}

/** Evaluates a program that a test wrote. */
export async function evaluate(
    files: ProgramFiles,
    options: {
        readonly stack?: string;
        readonly config?: readonly string[];
        readonly answers?: StatedAnswers;
        readonly timeLimitSeconds?: number;
        readonly packages?: boolean;
        /** Folder of the program that has a copy of the SDK of its own. */
        readonly ownSdkIn?: string;
    } = {},
): Promise<EvaluatedProgram> {
    const folder = temporaryProgram(files, options.packages);
    if (options.ownSdkIn !== undefined) {
        copySdk(join(folder, options.ownSdkIn));
    }
    const project = readProject(folder);
    const stack = options.stack ?? "dev";
    let printed = "";
    const { resources, assumptions } = await evaluateProgram({
        project,
        stack,
        config: readStackConfig(project, stack, options.config ?? []),
        answers: options.answers ?? {},
        timeLimitSeconds: options.timeLimitSeconds ?? 60,
        onProgress: () => undefined,
        onPrint: (text) => {
            printed += text;
        },
    });
    return {
        resources,
        assumptions,
        printed,
        inputs: (name) => {
            const named = resources.filter(({ urn }) => urn.endsWith(`::${name}`));
            const [only] = named;
            if (only === undefined || named.length > 1) {
                throw new Error(`${named.length} resources have the name ${name}`);
            }
            return only.inputs;
        },
        outputs: (resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ??
            {}) as Readonly<Record<string, unknown>>,
    };
}

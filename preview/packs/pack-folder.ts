import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { InputError } from "../../catalog/records/input-error";
import { isMapping, parseMapping, readText } from "../project/yaml-file";

/** Another policy pack and its configuration, as the command line names them. */
export interface PackRequest {
    /** Folder of `PulumiPolicy.yaml`. */
    readonly folder: string;
    /** JSON file; `-` is standard input. */
    readonly config?: string;
}

/** A pack that can be started. */
export interface PackFolder {
    /** As the command line writes it, for messages. */
    readonly written: string;
    /** Absolute. */
    readonly path: string;
    /** The program of the pack's own Pulumi SDK that serves a pack. */
    readonly runner: string;
}

/** How long a pack may take where nobody says. */
export const defaultPackSeconds = 120;

const names = ["PulumiPolicy.yaml", "PulumiPolicy.yml"];

/**
 * Pairs packs with configurations as the Pulumi CLI does: none is configured, or each by the file at its own place. Throws
 * `InputError`.
 */
export function pairPacks(
    folders: readonly string[],
    configs: readonly string[],
): readonly PackRequest[] {
    if (configs.length > 0 && configs.length !== folders.length) {
        throw new InputError([
            `--policy-pack-config is given ${configs.length} times and --policy-pack ${folders.length} times: give none, or one for each pack, in the same order`,
        ]);
    }
    return folders.map((folder, index) => {
        const config = configs[index];
        return config === undefined ? { folder } : { folder, config };
    });
}

/** Finds what starts a pack. Throws `InputError`: it is no pack, is not for Node.js, or its packages are not installed. */
export function findPack(folder: string): PackFolder {
    const path = resolve(folder);
    const refuse = (problem: string): InputError =>
        new InputError([`--policy-pack ${folder}: ${problem}`]);
    if (!existsSync(path) || !statSync(path).isDirectory()) {
        throw refuse(`the folder ${path} does not exist`);
    }
    const file = names.map((name) => join(path, name)).find((each) => existsSync(each));
    if (file === undefined) {
        throw refuse(`${path} has no PulumiPolicy.yaml: give the folder of a policy pack`);
    }
    const { runtime } = parseMapping(readText(file, "the policy pack's file"), file);
    const name = isMapping(runtime) ? runtime["name"] : runtime;
    if (name !== "nodejs") {
        throw refuse(
            `the runtime is ${JSON.stringify(name ?? null)}, and only packs for nodejs are started; run this one through the engine: pulumi preview --policy-pack ${folder}`,
        );
    }
    try {
        const runner = createRequire(join(path, "pack.js")).resolve(
            "@pulumi/pulumi/cmd/run-policy-pack",
        );
        return { written: folder, path, runner };
    } catch {
        throw refuse(
            `no @pulumi/pulumi can be loaded from ${path}: install the pack's packages first (npm install)`,
        );
    }
}

// Runs in the thread of Node's module hooks: loads TypeScript for programs that are ES modules, without a type check.
import { transform, type TransformOptions } from "esbuild";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { InitializeHook, LoadHook, ResolveHook } from "node:module";
import { fileURLToPath } from "node:url";

/** What `module.register` passes to this thread. */
export interface EsmHooksData {
    readonly settings: TransformOptions;
    readonly sourceMaps: boolean;
}

let data: EsmHooksData = { settings: {}, sourceMaps: false };

export const initialize: InitializeHook<EsmHooksData> = (given) => {
    data = given;
};

/** `./x.js` means `./x.ts` where only the latter exists, as the compiler has it. */
export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
    const written = /^(\.{1,2}\/.*|file:.*)\.([cm]?)js$/.exec(specifier);
    if (written !== null && context.parentURL !== undefined) {
        const source = new URL(`${written[1] ?? ""}.${written[2] ?? ""}ts`, context.parentURL);
        const emitted = new URL(specifier, context.parentURL);
        if (!existsSync(fileURLToPath(emitted)) && existsSync(fileURLToPath(source))) {
            return { url: source.href, shortCircuit: true };
        }
    }
    return await nextResolve(specifier, context);
};

export const load: LoadHook = async (url, context, nextLoad) => {
    if (!/^file:.*\.m?tsx?$/.test(url)) {
        return await nextLoad(url, context);
    }
    const file = fileURLToPath(url);
    const { code } = await transform(await readFile(file, "utf8"), {
        ...data.settings,
        loader: file.endsWith("x") ? "tsx" : "ts",
        format: "esm",
        sourcefile: file,
        sourcemap: data.sourceMaps ? "inline" : false,
        logLevel: "silent",
    });
    return { format: "module", source: code, shortCircuit: true };
};

import { transformSync, type TransformOptions } from "esbuild";
import { readFileSync } from "node:fs";
import Module from "node:module";

/** A module as Node's loaders see it; its types leave `_compile` out. */
interface LoadedModule {
    _compile(code: string, filename: string): void;
}

const loaders: Record<string, "ts" | "tsx"> = { ".ts": "ts", ".cts": "ts", ".tsx": "tsx" };

/** Makes `require` load TypeScript, without a type check. A syntax error is thrown with its place. */
export function registerTypeScript(settings: TransformOptions, sourceMaps: boolean): void {
    const extensions = (
        Module as unknown as {
            _extensions: Record<string, (module: LoadedModule, filename: string) => void>;
        }
    )._extensions;
    for (const [extension, loader] of Object.entries(loaders)) {
        extensions[extension] = (module, filename) => {
            module._compile(
                transformSync(readFileSync(filename, "utf8"), {
                    ...settings,
                    loader,
                    format: "cjs",
                    sourcefile: filename,
                    sourcemap: sourceMaps ? "inline" : false,
                    logLevel: "silent",
                }).code,
                filename,
            );
        };
    }
}

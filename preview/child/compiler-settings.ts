import { parseTsconfig } from "get-tsconfig";
import type { TransformOptions } from "esbuild";
import { existsSync } from "node:fs";

type CompilerOptions = NonNullable<ReturnType<typeof parseTsconfig>["compilerOptions"]>;

/** What of a program's compiler settings changes what its code does. */
const effective = [
    "experimentalDecorators",
    "importsNotUsedAsValues",
    "preserveValueImports",
    "verbatimModuleSyntax",
    "jsx",
    "jsxFactory",
    "jsxFragmentFactory",
    "jsxImportSource",
    "alwaysStrict",
    "strict",
] as const;

/**
 * Reads a program's compiler settings, with what they extend, into esbuild's. Defaults are those that Pulumi's language host sets:
 * target ES2020, so class fields are assigned, not defined. Throws when the file is malformed.
 */
export function readCompilerSettings(file: string): TransformOptions {
    const options: CompilerOptions = existsSync(file)
        ? (parseTsconfig(file).compilerOptions ?? {})
        : {};
    const kept = Object.fromEntries(
        effective.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
    );
    const module = (options.module ?? "nodenext").toLowerCase();
    return {
        tsconfigRaw: {
            compilerOptions: {
                ...kept,
                useDefineForClassFields:
                    options.useDefineForClassFields ?? definesClassFields(options.target),
            },
        },
        target: "node20",
        platform: "node",
        // A CommonJS compiler turns `import()` into `require`, which finds files without extension.
        supported: { "dynamic-import": module.startsWith("node") },
    };
}

function definesClassFields(target: string | undefined): boolean {
    const [, year] = /^es(\d{4}|next)$/i.exec(target ?? "es2020") ?? [];
    return year !== undefined && (year.toLowerCase() === "next" || Number(year) >= 2022);
}

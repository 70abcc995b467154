import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { repository } from "../support/engine";

const folder = join(repository, "policy-pack");

describe("the compiled pack", () => {
    const code = readFileSync(join(folder, "bin/index.js"), "utf8");
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
        readonly dependencies: Readonly<Record<string, string>>;
        readonly main: string;
    };
    const required = [...code.matchAll(/\brequire\("([^"]+)"\)/g)]
        .map(([, module = ""]) => module.replace(/^node:/, ""))
        // ajv holds such calls as text, for schemas that are compiled to files.
        .filter((module) => !module.startsWith("ajv"))
        .filter((module) => !builtinModules.includes(module));
    const packages = new Set(
        required.map((module) =>
            module
                .split("/")
                .slice(0, module.startsWith("@") ? 2 : 1)
                .join("/"),
        ),
    );

    it("needs only the packages that it declares", () => {
        assert.deepEqual([...packages].sort(), Object.keys(manifest.dependencies).sort());
    });

    it("neither imports nor contains a provider's SDK", () => {
        assert.doesNotMatch(code, /node_modules\/@pulumi\/aws/);
        assert.ok(![...packages].some((name) => /^@(pulumi\/aws|aws-sdk)/.test(name)));
    });

    it("is what the language host loads", () => {
        assert.equal(manifest.main, "bin/index.js");
        assert.match(
            readFileSync(join(folder, "PulumiPolicy.yaml"), "utf8"),
            /name: nodejs\n\s+options:\n\s+typescript: false/,
        );
    });
});

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { ESLint } from "eslint";
import tseslint from "typescript-eslint";

const root = join(__dirname, "../..");

/** The arrows of docs/architecture.md: room → the rooms that it may import from. */
const arrows: Record<string, readonly string[]> = {
    catalog: [],
    aws: [],
    host: ["catalog"],
    patching: ["catalog", "aws"],
    components: ["catalog", "aws", "host", "patching"],
    "policy-pack": ["catalog", "aws", "patching"],
    report: ["catalog"],
    preview: ["catalog", "policy-pack", "report"],
    fleet: ["catalog", "aws", "patching", "report"],
    cli: ["catalog", "host", "patching", "policy-pack", "report", "preview", "fleet"],
};

describe("the arrows between rooms", () => {
    const eslint = new ESLint({
        cwd: root,
        overrideConfig: [
            {
                files: ["**/*.ts"],
                ...tseslint.configs.disableTypeChecked,
                languageOptions: { parserOptions: { project: false, program: null } },
            },
        ] as ESLint.Options["overrideConfig"],
    });

    for (const [room, allowed] of Object.entries(arrows)) {
        it(`lets ${room} import from ${allowed.join(", ") || "no other room"} only, types included`, async () => {
            const others = Object.keys(arrows)
                .filter((other) => other !== room)
                .map((other) => ({ room: other, file: someFile(other) }));
            const text = others
                .map(({ file }) => `export type * from "./${relative(room, file)}";`)
                .join("\n");
            const [result] = await eslint.lintText(text, {
                filePath: join(root, room, "probe.ts"),
            });
            const refused = (result?.messages ?? [])
                .filter((message) => message.ruleId === "import-x/no-restricted-paths")
                .map((message) => others[message.line - 1]?.room);
            assert.deepEqual(
                refused.sort(),
                others
                    .map((other) => other.room)
                    .filter((other) => !allowed.includes(other))
                    .sort(),
            );
        });
    }
});

/** Path of one TypeScript file of a room, without its extension, from the root. */
function someFile(room: string): string {
    const found = readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts") && !name.includes("node_modules"))
        .sort()[0];
    assert.ok(found !== undefined, `${room} has no TypeScript file`);
    return join(room, found.replace(/\.ts$/, ""));
}

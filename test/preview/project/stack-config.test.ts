import assert from "node:assert/strict";
import { InputError } from "../../../catalog/records/input-error";
import { readProject } from "../../../preview/project/project-file";
import { readStackConfig, type StackConfig } from "../../../preview/project/stack-config";
import { temporaryFolder } from "../../support/program";

const header = "name: vault\nruntime: nodejs\n";

function read(
    files: Readonly<Record<string, string>>,
    stack = "dev",
    overrides: readonly string[] = [],
): StackConfig {
    const folder = temporaryFolder({ "Pulumi.yaml": header, ...files }, false);
    return readStackConfig(readProject(folder), stack, overrides);
}

function problemsOf(...args: Parameters<typeof read>): readonly string[] {
    try {
        read(...args);
    } catch (error) {
        assert.ok(error instanceof InputError, String(error));
        return error.problems;
    }
    throw new Error("the configuration was accepted");
}

describe("the configuration of a stack", () => {
    it("is text, with lists and mappings as JSON, over the defaults of the project", () => {
        const { values } = read(
            {
                "Pulumi.yaml": `${header}config:
    size: {type: integer, default: 3}
    zones: {type: array, items: {type: string}, default: [a]}
    fixed: {value: always}
    plain: text
    aws:region: eu-north-1
`,
                "Pulumi.dev.yaml": `config:
    vault:zones: [a, b]
    account: 123456789012
    aws:config:profile: audit
    nested: {list: [1, 2.5, true, null]}
    flag: true
`,
            },
            "dev",
            ["size=4", "aws:region=eu-central-1", "equation=a=b"],
        );
        assert.deepEqual(values, {
            "vault:size": "4",
            "vault:zones": '["a","b"]',
            "vault:fixed": "always",
            "vault:plain": "text",
            "aws:region": "eu-central-1",
            "vault:account": "123456789012",
            "aws:profile": "audit",
            "vault:nested": '{"list":[1,2.5,true,null]}',
            "vault:flag": "true",
            "vault:equation": "a=b",
        });
    });

    it("marks what is encrypted, at whatever depth, and what is declared secret", () => {
        const { secretKeys, encryptedKeys, assumptions } = read({
            "Pulumi.yaml": `${header}config:\n    token: {type: string, secret: true, default: t}\n`,
            "Pulumi.dev.yaml": `config:\n    password: {secure: AAA}\n    deep: {list: [{secure: BBB}], secure: {a: 1}}\n    environment: {secure: [1]}\n`,
        });
        assert.deepEqual(secretKeys, ["vault:deep", "vault:password", "vault:token"]);
        assert.deepEqual(encryptedKeys, ["vault:deep", "vault:password"]);
        assert.deepEqual(
            assumptions.map(({ subject }) => subject),
            encryptedKeys,
        );
    });

    it("lists an environment that cannot be opened offline", () => {
        const { assumptions } = read({ "Pulumi.dev.yaml": "environment: [acme/dev]\n" });
        assert.deepEqual(
            assumptions.map(({ kind, subject, value }) => [kind, subject, value]),
            [["configuration", "environment", '["acme/dev"]']],
        );
    });

    it("may be missing, but not when there are other stacks", () => {
        assert.deepEqual(read({}).values, {});
        const [problem] = problemsOf(
            { "Pulumi.production.yaml": "", "Pulumi.test.yaml": "" },
            "dev",
        );
        assert.match(
            problem ?? "",
            /^the project has no stack dev: there is no .*Pulumi\.dev\.yaml; its stacks are production, test \(--stack NAME\)$/,
        );
    });

    it("is refused with every problem at once", () => {
        const files = {
            "Pulumi.yaml": `${header}config:
    size: {type: integer}
    name: {type: string}
    list: {type: array, default: text}
    odd: {type: float}
`,
            "Pulumi.dev.yaml": "config:\n    size: many\n",
        };
        assert.deepEqual(problemsOf(files, "dev", ["=1", "nothing"]), [
            "Pulumi.yaml: the default of config.list must be a list, got text",
            `Pulumi.yaml: config.odd.type must be one of string, integer, boolean, array, object, got "float"`,
            "vault:size must be an integer, got many",
            `--config must be KEY=VALUE, got "=1"`,
            `--config must be KEY=VALUE, got "nothing"`,
            "the stack dev has no value for vault:name, which Pulumi.yaml declares without a default: add it to Pulumi.dev.yaml, or give it with --config vault:name=VALUE",
            "the stack dev has no value for vault:odd, which Pulumi.yaml declares without a default: add it to Pulumi.dev.yaml, or give it with --config vault:odd=VALUE",
        ]);
    });

    it("is never read from outside the project's folder", () => {
        assert.deepEqual(problemsOf({}, "../../etc/passwd"), [
            `--stack must be letters, digits, "-", "_" or ".", got "../../etc/passwd"`,
        ]);
    });

    it("is refused when its file is malformed", () => {
        assert.match(
            problemsOf({ "Pulumi.dev.yaml": "config: {a: 1" })[0] ?? "",
            /Pulumi\.dev\.yaml: /,
        );
        assert.match(
            problemsOf({ "Pulumi.dev.yaml": "config: [1]" })[0] ?? "",
            /config must be a mapping/,
        );
    });
});

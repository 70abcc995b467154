import js from "@eslint/js";
import { importX, createNodeResolver } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

// Which room may import from which: complete, type-only imports included (docs/architecture.md draws it).
const rooms = {
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
const importedByNone = ["tools", "examples", "test"];

const arrows = Object.entries(rooms).map(([room, mayImport]) => ({
    target: `./${room}`,
    from: [...Object.keys(rooms), ...importedByNone]
        .filter((other) => other !== room && !mayImport.includes(other))
        .map((other) => `./${other}`),
    message: `${room} may import only from: ${mayImport.join(", ") || "nothing"} (see docs/architecture.md)`,
}));
const toolsAreImportedByNone = {
    target: ["./index.ts", "./examples"],
    from: ["./tools", "./test"],
    message: "tools and tests are imported by nothing",
};

export default tseslint.config(
    {
        ignores: [
            "**/node_modules",
            "**/bin/*.js",
            "**/dist",
            "coverage",
            "test/fixtures",
            "policy-pack/bin",
            "components/assets",
            "dist",
        ],
    },
    js.configs.recommended,
    {
        files: ["**/*.{ts,tsx}"],
        extends: [tseslint.configs.recommendedTypeChecked],
        languageOptions: { parserOptions: { project: "./tsconfig.json" } },
        plugins: { "import-x": importX },
        settings: {
            "import-x/resolver-next": [
                createNodeResolver({ extensions: [".ts", ".tsx", ".js", ".json", ".node"] }),
            ],
        },
        rules: {
            "import-x/no-restricted-paths": [
                "error",
                { zones: [...arrows, toolsAreImportedByNone] },
            ],
            "import-x/no-cycle": "error",
            "@typescript-eslint/explicit-module-boundary-types": "error",
            "@typescript-eslint/consistent-type-imports": [
                "error",
                { fixStyle: "separate-type-imports" },
            ],
            "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
            "@typescript-eslint/restrict-plus-operands": "error",
            "@typescript-eslint/switch-exhaustiveness-check": "error",
            eqeqeq: "error",
        },
    },
    {
        files: ["{policy-pack,catalog,aws,patching,host,report,preview}/**/*.{ts,tsx}"],
        rules: {
            "no-restricted-imports": [
                "error",
                {
                    patterns: [
                        {
                            regex: "^@pulumi/(aws|command)",
                            message: "only components and programs use provider SDKs",
                        },
                    ],
                },
            ],
        },
    },
    {
        files: ["**/*.ts"],
        ignores: ["fleet/**", "test/**", "tools/**"],
        rules: {
            "@typescript-eslint/no-restricted-imports": [
                "error",
                {
                    patterns: [
                        {
                            regex: "^@aws-sdk/",
                            message: "the AWS SDK appears only in fleet",
                        },
                    ],
                },
            ],
        },
    },
    {
        files: ["test/**/*.ts"],
        rules: {
            // mocha's `this.timeout` needs plain functions; its describe and it return nothing to await.
            "@typescript-eslint/no-floating-promises": "error",
        },
    },
    {
        files: ["**/*.{mjs,js}"],
        languageOptions: {
            globals: {
                process: "readonly",
                console: "readonly",
                performance: "readonly",
                require: "readonly",
                module: "writable",
                exports: "writable",
                __dirname: "readonly",
                Buffer: "readonly",
                setTimeout: "readonly",
                URL: "readonly",
            },
        },
    },
);

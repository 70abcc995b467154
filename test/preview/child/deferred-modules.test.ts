import assert from "node:assert/strict";
import { DeferredModules } from "../../../preview/child/deferred-modules";

const filename = "/programs/acme/node_modules/@pulumi/aws/index.js";
const closures = "/programs/acme/node_modules/@pulumi/pulumi/runtime/closure/codePaths.js";

/** A module of an SDK that imports another one. */
function importOne(
    request: string,
    options: { readonly filename: string; readonly module?: object },
): { readonly exports: Record<string, unknown>; readonly loads: () => number } {
    const modules = new DeferredModules();
    const exports: Record<string, unknown> = {};
    let count = 0;
    const load = (): object => {
        count++;
        return options.module ?? { Key: "a key" };
    };
    exports["imported"] = modules.standIn(request, { ...options, exports }, load) ?? load();
    modules.loaded(exports);
    return { exports, loads: () => count };
}

describe("a module that an SDK loads at start-up", () => {
    it("waits until the program uses it, and is then the module itself", () => {
        const module = { Key: "a key" };
        const { exports, loads } = importOne("./kms", { filename, module });
        assert.deepEqual(Object.keys(exports), ["imported"]);
        assert.equal(loads(), 0);
        assert.equal(exports["imported"], module);
        assert.equal(exports["imported"], module);
        assert.equal(loads(), 1);
        assert.equal(Object.getOwnPropertyDescriptor(exports, "imported")?.writable, true);
    });

    it("may be replaced by the program without being loaded", () => {
        const { exports, loads } = importOne("./kms", { filename });
        exports["imported"] = "mine";
        assert.equal(exports["imported"], "mine");
        assert.equal(loads(), 0);
    });

    for (const [request, importer] of [
        ["./provider", filename],
        ["./utilities", filename],
        ["./getRegion", filename],
        ["@pulumi/pulumi", filename],
        ["./kms", "/programs/acme/index.js"],
        ["./kms", "/programs/acme/node_modules/@pulumi/awsx/index.js"],
        ["normalize-package-data", "/programs/acme/index.js"],
    ] as const) {
        it(`is loaded at once when ${importer} asks for ${request}`, () => {
            assert.equal(importOne(request, { filename: importer }).loads(), 1);
        });
    }

    it("can stand in for a function and for a class, as compiled imports use them", () => {
        const modules = new DeferredModules();
        const importer = { filename: closures, exports: {} };
        const twice = modules.standIn(
            "normalize-package-data",
            importer,
            () => (value: number) => 2 * value,
        ) as { readonly __esModule: boolean; readonly default: (value: number) => number };
        assert.equal(twice.__esModule, true);
        assert.equal(twice.default(21), 42);
        class Tree {
            public constructor(public readonly path: string) {}
        }
        const arborist = modules.standIn("@npmcli/arborist", importer, () =>
            Object.assign(Tree, { Arborist: Tree }),
        ) as typeof Tree & { readonly Arborist: typeof Tree };
        assert.equal(new arborist("a").path, "a");
        assert.ok(new arborist.Arborist("b") instanceof Tree);
        assert.ok("Arborist" in arborist);
        assert.ok(Object.keys(arborist).includes("Arborist"));
    });
});

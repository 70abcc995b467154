import Module from "node:module";
import { distinguishForms, type InvokeModule } from "./invoke-forms";

type Load = (
    this: unknown,
    request: string,
    parent: Module | undefined,
    isMain: boolean,
) => unknown;

/** Node's own loader, which its types leave out. */
const internals = Module as unknown as { _load: Load };

/**
 * Changes how the modules of the SDK load, in whatever copy of it: its invoke functions tell their forms apart, and the TypeScript
 * compiler, which it loads at start-up only to serialise functions, is loaded when it is used.
 */
export function hookSdkModules(unknownOutput: () => unknown): void {
    const load = internals._load;
    const changed = new WeakSet<object>();
    internals._load = function (request, parent, isMain): unknown {
        const importer = parent?.filename ?? "";
        if (request.endsWith("typescript-shim") && importer.includes("pulumi")) {
            return lazily(() => load.call(this, request, parent, isMain) as object);
        }
        const loaded = load.call(this, request, parent, isMain);
        if (
            (request === "./invoke" || request.endsWith("/runtime/invoke")) &&
            importer.includes("pulumi") &&
            isInvokeModule(loaded) &&
            !changed.has(loaded)
        ) {
            changed.add(loaded);
            distinguishForms(loaded, unknownOutput);
        }
        return loaded;
    };
}

function isInvokeModule(loaded: unknown): loaded is InvokeModule {
    return (
        typeof loaded === "object" &&
        loaded !== null &&
        "invoke" in loaded &&
        "invokeOutput" in loaded
    );
}

/** Stands for a module until a property of it is read. */
function lazily(load: () => object): object {
    let loaded: object | undefined;
    const get = (): object => (loaded ??= load());
    return new Proxy(
        {},
        {
            get: (_target, property) => Reflect.get(get(), property) as unknown,
            has: (_target, property) => Reflect.has(get(), property),
            ownKeys: () => Reflect.ownKeys(get()),
            getOwnPropertyDescriptor: (_target, property) => {
                const descriptor = Reflect.getOwnPropertyDescriptor(get(), property);
                return descriptor && { ...descriptor, configurable: true };
            },
        },
    );
}

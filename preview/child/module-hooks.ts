import Module from "node:module";
import { DeferredModules } from "./deferred-modules";
import { distinguishForms, type InvokeModule } from "./invoke-forms";
import { LazyOutputs, type RpcModule } from "./lazy-outputs";
import type { Sdk } from "./sdk";

type Load = (
    this: unknown,
    request: string,
    parent: Module | undefined,
    isMain: boolean,
) => unknown;

/** Node's own loader, which its types leave out. */
const internals = Module as unknown as { _load: Load };

/** A module of the SDK whose functions are replaced where they are exported; other modules call them through its exports. */
type Functions = Record<string, ((...args: never) => unknown) | undefined>;

/**
 * Changes how the modules of the SDK load, in whatever copy of it.
 *
 * - Invoke functions tell their forms apart (`invoke-forms`).
 * - Outputs are made on demand (`lazy-outputs`).
 * - Promises are not tracked: the SDK keeps each with a stack trace to report leaks, which the end of an evaluation shows anyway.
 * - What few programs use is loaded when it is used (`deferred-modules`).
 */
export function hookSdkModules(sdk: () => Sdk | undefined): void {
    const load = internals._load;
    const changed = new WeakSet<object>();
    const deferred = new DeferredModules();
    const outputs = new LazyOutputs(() => {
        const constructor: unknown = sdk()?.pulumi.Output;
        return constructor as ConstructorParameters<typeof LazyOutputs>[0] extends () => infer C
            ? C
            : never;
    });
    const changes: Readonly<Record<string, (module: Functions) => void>> = {
        invoke: (module) => {
            distinguishForms(module as unknown as InvokeModule, () => {
                const runtime = sdk()?.pulumi.runtime;
                return sdk()?.pulumi.output(runtime?.deserializeProperty(runtime.unknownValue));
            });
        },
        rpc: (module) => {
            outputs.replaceIn(module as unknown as RpcModule);
        },
        debuggable: (module) => {
            module["debuggablePromise"] = (promise: unknown) => promise;
        },
        resource: (module) => {
            // Where the program registers a resource is nobody's question, and each answer costs a stack trace.
            Object.assign(module["Resource"] ?? {}, { stackTrace: () => [] });
        },
        createClosure: (module) => {
            for (const [name, original] of Object.entries(module)) {
                if (typeof original === "function") {
                    module[name] = (...args: never) => {
                        outputs.makeAll();
                        return original(...args);
                    };
                }
            }
        },
    };
    const expected: Readonly<Record<string, string>> = {
        invoke: "invokeOutput",
        rpc: "transferProperties",
        debuggable: "debuggablePromise",
        resource: "Resource",
        createClosure: "createClosureInfoAsync",
    };
    internals._load = function (request, parent, isMain): unknown {
        const importer = parent?.filename ?? "";
        const now = (): unknown => load.call(this, request, parent, isMain);
        const standIn = deferred.standIn(request, parent, now as () => object);
        if (standIn !== undefined) {
            return standIn;
        }
        const loaded = now();
        deferred.loaded(loaded);
        const isSdk = importer.includes("pulumi");
        const name = request.slice(request.lastIndexOf("/") + 1);
        const change = isSdk && Object.hasOwn(changes, name) ? changes[name] : undefined;
        if (
            change !== undefined &&
            typeof loaded === "object" &&
            loaded !== null &&
            (expected[name] ?? "") in loaded &&
            !changed.has(loaded)
        ) {
            changed.add(loaded);
            change(loaded as Functions);
        }
        return loaded;
    };
}

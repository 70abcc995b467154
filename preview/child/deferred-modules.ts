/** What SDKs load at start-up and few programs use: who imports it, and under which names. None of it does anything but export. */
const deferred: readonly { readonly importer: RegExp; readonly request: RegExp }[] = [
    // The compiler and the readers of package trees serve to serialise functions.
    { importer: /pulumi/, request: /(^|\/)typescript-shim$/ },
    {
        importer: /@pulumi[\\/]pulumi[\\/]runtime[\\/]closure[\\/]/,
        request: /^(@npmcli\/arborist|normalize-package-data)$/,
    },
    // Drives the engine from a program.
    { importer: /@pulumi[\\/]pulumi[\\/]index\.js$/, request: /^\.\/automation$/ },
    // The modules of AWS's services, some two hundred, and the lists of the values of their properties.
    {
        importer: /@pulumi[\\/]aws[\\/](types[\\/]enums[\\/])?index\.js$/,
        request: /^\.\/[a-z0-9]+$/,
    },
];

/** Not services: `index.js` reads them at once. */
const notServices = new Set(["./provider", "./tags", "./utilities", "./utils"]);

/**
 * Puts off the loading of modules. In place of such a module the importer gets a stand-in; where the importer exports it, the stand-in
 * gives way to a property that loads the module when it is first read, so that programs only ever see the module itself.
 */
export class DeferredModules {
    /** What importers of deferred modules export → what loads the modules behind the stand-ins. */
    private readonly importers = new Map<object, Map<unknown, () => object>>();

    /** A stand-in for what an importer asks for, or undefined where it is to be loaded now. */
    public standIn(
        request: string,
        importer: { readonly filename: string; readonly exports: unknown } | undefined,
        load: () => object,
    ): object | undefined {
        if (
            importer === undefined ||
            notServices.has(request) ||
            !deferred.some(
                (each) => each.request.test(request) && each.importer.test(importer.filename),
            )
        ) {
            return undefined;
        }
        const { get, proxy } = lazily(load);
        const exports = importer.exports as object;
        const standIns = this.importers.get(exports) ?? new Map<unknown, () => object>();
        this.importers.set(exports, standIns.set(proxy, get));
        return proxy;
    }

    /** To be told of every module that was loaded. */
    public loaded(exports: unknown): void {
        const standIns = this.importers.get(exports as object);
        if (standIns === undefined) {
            return;
        }
        this.importers.delete(exports as object);
        for (const [name, { value, writable }] of Object.entries(
            Object.getOwnPropertyDescriptors(exports),
        )) {
            const get = standIns.get(value);
            if (get !== undefined && writable === true) {
                exportLazily(exports as object, name, get);
            }
        }
    }
}

function exportLazily(exports: object, name: string, get: () => object): void {
    const settle = (value: unknown): void => {
        Object.defineProperty(exports, name, {
            value,
            writable: true,
            enumerable: true,
            configurable: true,
        });
    };
    Object.defineProperty(exports, name, {
        get: () => {
            const module = get();
            settle(module);
            return module;
        },
        set: settle,
        enumerable: true,
        configurable: true,
    });
}

/** Stands for a module until it is called, constructed, or a property of it is read. */
function lazily(load: () => object): { readonly get: () => object; readonly proxy: object } {
    let loaded: object | undefined;
    const get = (): object => (loaded ??= load());
    // A bound function has no property that a proxy may not hide, and can be constructed.
    const target = function (): void {
        return undefined;
    }.bind(undefined);
    const proxy = new Proxy<object>(target, {
        get: (_target, property) => propertyOf(get, property),
        has: (_target, property) => Reflect.has(get(), property),
        ownKeys: () => Reflect.ownKeys(get()),
        getOwnPropertyDescriptor: (_target, property) => {
            const descriptor = Reflect.getOwnPropertyDescriptor(get(), property);
            return descriptor && { ...descriptor, configurable: true };
        },
        apply: (_target, self, args) =>
            Reflect.apply(get() as (...args: never) => unknown, self, args) as unknown,
        construct: (_target, args) =>
            Reflect.construct(get() as new (...args: never) => object, args) as object,
    });
    return { get, proxy };
}

/** Compiled imports ask for `__esModule` first, and copy a module without it; they find the whole of such a module as `default`. */
function propertyOf(get: () => object, property: string | symbol): unknown {
    if (property === "__esModule") {
        return true;
    }
    const module = get();
    return property === "default" && !Reflect.has(module, property)
        ? module
        : Reflect.get(module, property);
}

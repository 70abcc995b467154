import type * as pulumi from "@pulumi/pulumi";

type Settled = readonly [value: unknown, isKnown: boolean, isSecret: boolean, deps: unknown];
type Resolver = (
    value: unknown,
    isKnown: boolean,
    isSecret: boolean,
    deps?: unknown,
    error?: Error,
) => void;
type OutputConstructor = new (
    resources: unknown,
    value: Promise<unknown>,
    isKnown: Promise<boolean>,
    isSecret: Promise<boolean>,
    allResources: Promise<unknown>,
) => pulumi.Output<unknown>;

/** The parts of the SDK's `runtime/rpc` and `runtime/debuggable` that are replaced. */
export interface RpcModule {
    transferProperties: (
        onto: object,
        label: string,
        props: Readonly<Record<string, unknown>>,
    ) => Readonly<Record<string, Resolver>>;
}

const storeKey = Symbol("keyward:outputs");

/** What no resolver said more of: unknown, as every computed output in a preview. */
const unknown: Settled = [undefined, false, false, []];

/**
 * The outputs of one resource, each made when a program first looks at it. An AWS resource has up to a hundred of them, of which
 * programs use one or two, and the SDK makes a dozen promises for each: that is most of the memory and time of an evaluation.
 */
class OutputStore {
    private readonly settled = new Map<string, Settled>();
    private readonly made = new Map<string, pulumi.Output<unknown>>();
    private readonly waiting = new Map<string, (settled: Settled) => void>();
    private isSettled = false;

    public constructor(
        private readonly resource: object,
        public readonly keys: ReadonlySet<string>,
        private readonly outputConstructor: () => OutputConstructor,
    ) {}

    public output(key: string): pulumi.Output<unknown> {
        let output = this.made.get(key);
        if (output === undefined) {
            const pending = this.isSettled
                ? Promise.resolve(this.settled.get(key) ?? unknown)
                : new Promise<Settled>((resolve) => {
                      this.waiting.set(key, resolve);
                  });
            output = this.make(pending);
            this.made.set(key, output);
        }
        return output;
    }

    /** Stands for the SDK's record of resolvers; all are called in one go, when the registration is answered. */
    public resolvers(): Readonly<Record<string, Resolver>> {
        return new Proxy<Record<string, Resolver>>(
            {},
            {
                get: (_target, key) =>
                    typeof key === "string" && this.keys.has(key) ? this.resolver(key) : undefined,
                ownKeys: () => [...this.keys],
                getOwnPropertyDescriptor: (_target, key) =>
                    typeof key === "string" && this.keys.has(key)
                        ? { enumerable: true, configurable: true, value: this.resolver(key) }
                        : undefined,
            },
        );
    }

    private resolver(key: string): Resolver {
        return (value, isKnown, isSecret, deps = [], error) => {
            this.isSettled = true;
            if (error !== undefined) {
                // The monitor answers in this process, so no error is one of a lost connection: each is the program's.
                this.made.set(key, this.make(Promise.reject(error)));
            } else if (isKnown || isSecret || value !== undefined) {
                this.settled.set(key, [value, isKnown, isSecret, deps]);
            }
            this.waiting.get(key)?.([value, isKnown, isSecret, deps]);
            this.waiting.delete(key);
        };
    }

    private make(pending: Promise<Settled>): pulumi.Output<unknown> {
        const Output = this.outputConstructor();
        return new Output(
            this.resource,
            pending.then(([value]) => value),
            pending.then(([, isKnown]) => isKnown),
            pending.then(([, , isSecret]) => isSecret),
            pending.then(([, , , deps]) => deps),
        );
    }
}

type WithStore = object & { readonly [storeKey]?: OutputStore };

/** Accessors are shared by all resources, so that resources of one type share their hidden class. */
const accessors = new Map<string, PropertyDescriptor>();

function accessor(key: string): PropertyDescriptor {
    let found = accessors.get(key);
    if (found === undefined) {
        found = {
            enumerable: true,
            configurable: true,
            get(this: WithStore) {
                return this[storeKey]?.output(key);
            },
            set(this: object, value: unknown) {
                define(this, key, value);
            },
        };
        accessors.set(key, found);
    }
    return found;
}

function define(target: object, key: string, value: unknown): void {
    Object.defineProperty(target, key, {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
    });
}

/** Makes a resource's outputs on demand, in place of the SDK's own way. */
export class LazyOutputs {
    private readonly resources: WeakRef<object>[] = [];
    private active = true;

    public constructor(private readonly outputConstructor: () => OutputConstructor) {}

    /** Replaces the function of the SDK that puts outputs onto a resource. */
    public replaceIn(module: RpcModule): void {
        const original = module.transferProperties;
        module.transferProperties = (onto, label, props) =>
            this.active ? this.transfer(onto, label, props) : original(onto, label, props);
    }

    /**
     * Makes every output of every resource, and from now on at once: for code that looks at the properties of a resource without
     * reading them, as the serialisation of functions does.
     */
    public makeAll(): void {
        if (!this.active) {
            return;
        }
        this.active = false;
        for (const reference of this.resources) {
            const resource = reference.deref() as WithStore | undefined;
            for (const key of resource?.[storeKey]?.keys ?? []) {
                const descriptor = Object.getOwnPropertyDescriptor(resource, key);
                if (
                    resource !== undefined &&
                    descriptor !== undefined &&
                    !("value" in descriptor)
                ) {
                    define(resource, key, resource[storeKey]?.output(key));
                }
            }
        }
    }

    private transfer(
        onto: object,
        label: string,
        props: Readonly<Record<string, unknown>>,
    ): Readonly<Record<string, Resolver>> {
        const keys = new Set(Object.keys(props).filter((key) => key !== "id" && key !== "urn"));
        const store = new OutputStore(onto, keys, this.outputConstructor);
        Object.defineProperty(onto, storeKey, { value: store });
        for (const key of keys) {
            if (Object.hasOwn(onto, key)) {
                throw new Error(`Property '${key}' is already initialized on target '${label}`);
            }
            Object.defineProperty(onto, key, accessor(key));
        }
        this.resources.push(new WeakRef(onto));
        return store.resolvers();
    }
}

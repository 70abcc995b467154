/** A registered resource as the engine, an exported stack or the offline preview shows it. */
export interface RegisteredResource {
    readonly urn: string;
    /** Type token, such as `aws:ec2/instance:Instance`. */
    readonly type: string;
    readonly name: string;
    /** The provider's id, where it is known: after creation only. */
    readonly id?: string;
    /** False for components. */
    readonly custom: boolean;
    /**
     * Properties as known at preview: inputs, over which known outputs are laid. An unknown value is the `UNKNOWN` symbol at any depth,
     * a secret is a `SecretValue`; everything else is plain JSON. Assets are `AssetValue`.
     */
    readonly properties: Readonly<Record<string, unknown>>;
    /** URN of the parent; undefined for the stack. */
    readonly parent?: string;
    /** URN of the provider, where it is known. */
    readonly provider?: string;
    /** URNs. */
    readonly dependencies: readonly string[];
    /** Property name → URNs of the resources its value comes from. */
    readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
    readonly options: ResourceOptions;
}

export interface ResourceOptions {
    readonly protect: boolean;
    readonly retainOnDelete: boolean;
    /** Undefined when the source does not say. */
    readonly deleteBeforeReplace?: boolean;
    readonly ignoreChanges: readonly string[];
    readonly aliases: readonly string[];
}

/** Stands for a value that is not known yet. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** A secret: rules may look at `value`, nothing may print it. */
export class SecretValue {
    public constructor(public readonly value: unknown) {}

    /** Keeps a secret out of messages and JSON. */
    public toJSON(): string {
        return "[secret]";
    }

    public toString(): string {
        return "[secret]";
    }
}

/** An asset or archive: only its hash and, for text, its text are known. */
export class AssetValue {
    public constructor(
        public readonly hash: string,
        public readonly text?: string,
    ) {}
}

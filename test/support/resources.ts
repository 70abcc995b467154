import type { RegisteredResource, ResourceOptions } from "../../policy-pack/graph/resource";

/** Everything about a resource that a test may want to say; the rest has the values of a resource about which nothing special is known. */
export interface ResourceSketch {
    readonly type: string;
    readonly name: string;
    readonly properties?: Readonly<Record<string, unknown>>;
    /** Types of the components it lives in, from the outside in. */
    readonly inside?: readonly string[];
    readonly parent?: string;
    readonly provider?: string;
    readonly id?: string;
    readonly custom?: boolean;
    readonly dependencies?: readonly string[];
    readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
    readonly options?: Partial<ResourceOptions>;
}

export const testProject = "vault";
export const testStack = "dev";

/** URN of a resource of the test stack. */
export function urnOf(type: string, name: string, inside: readonly string[] = []): string {
    return `urn:pulumi:${testStack}::${testProject}::${[...inside, type].join("$")}::${name}`;
}

/** Makes a registered resource of the test stack. */
export function sketchResource(sketch: ResourceSketch): RegisteredResource {
    const { type, name, inside = [], options = {}, ...given } = sketch;
    return {
        properties: {},
        custom: true,
        dependencies: [],
        propertyDependencies: {},
        ...given,
        urn: urnOf(type, name, inside),
        type,
        name,
        options: {
            protect: false,
            retainOnDelete: false,
            ignoreChanges: [],
            aliases: [],
            ...options,
        },
    };
}

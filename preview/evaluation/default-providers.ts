import type { SavedResource } from "../graph/saved-resource";
import type { Registration } from "./registrations";

const unknownId = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * The providers that the engine makes for resources which name none: one for each package and version, configured by the stack's
 * configuration of that package.
 */
export class DefaultProviders {
    private readonly references = new Map<string, string>();

    public constructor(
        private readonly config: Readonly<Record<string, string>>,
        private readonly stackUrn: string,
    ) {}

    /** The reference for a resource that has none, and the provider itself at its first use. */
    public forResource({ resource, version }: Registration): {
        readonly added?: SavedResource;
        readonly reference?: string;
    } {
        const packageName = resource.type.split(":")[0] ?? "";
        if (!resource.custom || resource.provider !== undefined || packageName === "pulumi") {
            return {};
        }
        const name = version === "" ? "default" : `default_${version.replace(/[.+-]/g, "_")}`;
        const prefix = this.stackUrn.split("::").slice(0, 2).join("::");
        const urn = `${prefix}::pulumi:providers:${packageName}::${name}`;
        const known = this.references.get(urn);
        if (known !== undefined) {
            return { reference: known };
        }
        const reference = `${urn}::${unknownId}`;
        this.references.set(urn, reference);
        return { reference, added: this.provider(urn, packageName, version) };
    }

    private provider(urn: string, packageName: string, version: string): SavedResource {
        const configured = Object.entries(this.config).flatMap(([key, value]) =>
            key.startsWith(`${packageName}:`) ? [[key.slice(packageName.length + 1), value]] : [],
        );
        return {
            urn,
            type: `pulumi:providers:${packageName}`,
            custom: true,
            inputs: Object.fromEntries([
                ...configured,
                ...(version === "" ? [] : [["version", version]]),
            ]) as Readonly<Record<string, unknown>>,
            dependencies: [],
            propertyDependencies: {},
        };
    }
}

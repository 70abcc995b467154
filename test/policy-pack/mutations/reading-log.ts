import { identifyingProperties } from "../../../aws/type-tokens";
import { GraphIndex } from "../../../policy-pack/graph/graph-index";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";

/** What a rule looked at in a graph: a change of anything else cannot change what it says, because rules are pure. */
export class ReadingLog {
    private readonly read = new Set<string>();
    private readonly lookedUp = new Set<string>();

    /** The graph whose resources tell what is read of them. */
    public watch(resources: readonly RegisteredResource[]): GraphIndex {
        return new WatchedGraph(
            resources.map((resource) => ({
                ...resource,
                properties: this.watched(resource.urn, resource.properties),
                propertyDependencies: this.watched(resource.urn, resource.propertyDependencies),
            })),
            this.lookedUp,
        );
    }

    /** Forgets what was read until now: what it takes to build the graph and its scope is no part of a rule. */
    public begin(): void {
        this.read.clear();
        this.lookedUp.clear();
    }

    /** Whether the rule can notice that one property of a resource has another value. */
    public notices(resource: RegisteredResource, property: string, other: unknown): boolean {
        return (
            this.read.has(resource.urn) ||
            this.read.has(`${resource.urn}\n${property}`) ||
            (identifies(resource, property) &&
                [resource.properties[property], other].some(
                    (value) => typeof value === "string" && this.lookedUp.has(value),
                ))
        );
    }

    /** Reading the names of all properties is reading all of them. */
    private watched<T extends object>(urn: string, object: T): T {
        const note = (key: string | symbol): void => {
            this.read.add(`${urn}\n${String(key)}`);
        };
        return new Proxy(object, {
            get: (target, key): unknown => {
                note(key);
                return Reflect.get(target, key);
            },
            has: (target, key) => {
                note(key);
                return Reflect.has(target, key);
            },
            getOwnPropertyDescriptor: (target, key) => {
                note(key);
                return Reflect.getOwnPropertyDescriptor(target, key);
            },
            ownKeys: (target) => {
                this.read.add(urn);
                return Reflect.ownKeys(target);
            },
        });
    }
}

/** Notes by which names resources are looked up. */
class WatchedGraph extends GraphIndex {
    public constructor(
        resources: readonly RegisteredResource[],
        private readonly lookedUp: Set<string>,
    ) {
        super(resources, "keyward", "dev");
    }

    public override identifiedBy(text: string): readonly RegisteredResource[] {
        this.lookedUp.add(text);
        return super.identifiedBy(text);
    }
}

function identifies({ type }: RegisteredResource, property: string): boolean {
    return [
        "id",
        "arn",
        "name",
        "bucket",
        "keyId",
        ...(identifyingProperties[type] ?? []),
    ].includes(property);
}

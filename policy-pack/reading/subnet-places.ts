import { subnetTypes } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { elementPaths, type ServerInterfaces } from "./interfaces";
import { readAny } from "./values";

/** Where one of a server's interfaces is placed: a subnet of this stack, one outside it, or one that is not known. */
export type SubnetPlace = { readonly resource: RegisteredResource; readonly path: PropertyPath } & (
    | { readonly kind: "subnet"; readonly subnet: RegisteredResource }
    | { readonly kind: "foreign"; readonly id: string }
    | { readonly kind: "open"; readonly why: string }
);

/** Every place that a server's interfaces may be in. */
export function subnetPlaces(
    graph: GraphIndex,
    { interfaces, unread }: ServerInterfaces,
): readonly SubnetPlace[] {
    const placed = interfaces.flatMap(({ resource, subnets }) =>
        subnets
            .flatMap((path) => elementPaths(resource, path))
            .flatMap((path): readonly SubnetPlace[] => {
                const reference = graph.reference(resource, path, subnetTypes);
                const reading = readAny(resource.properties, path);
                switch (reference.kind) {
                    case "absent":
                        return [];
                    case "resources":
                        return reference.resources.map((subnet) => ({
                            kind: "subnet",
                            subnet,
                            resource,
                            path,
                        }));
                    case "foreign":
                        return [
                            typeof reference.value === "string"
                                ? { kind: "foreign", id: reference.value, resource, path }
                                : { kind: "open", why: "cannot be read", resource, path },
                        ];
                    case "unknown":
                        return [
                            {
                                kind: "open",
                                why: reading.kind === "open" ? reading.why : "is not known",
                                resource,
                                path,
                            },
                        ];
                }
            }),
    );
    const open = unread.map((place): SubnetPlace => ({ kind: "open", ...place }));
    return [...placed, ...open];
}

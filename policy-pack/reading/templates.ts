import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { oncePerGraph } from "./memo";
import { readAny, readElements, show } from "./values";

/** Where a resource takes the description of its servers from. */
export type TemplateLink =
    | { readonly kind: "none" }
    | { readonly kind: "resources"; readonly resources: readonly RegisteredResource[] }
    | { readonly kind: "open"; readonly path: PropertyPath; readonly why: string };

const described = [TypeToken.LaunchTemplate, TypeToken.LaunchConfiguration];

/** The launch templates, or the launch configuration, that an instance, an Auto Scaling group or a fleet launches from. */
export function templatesOf(graph: GraphIndex, resource: RegisteredResource): TemplateLink {
    const known = links(graph);
    const link = known.get(resource) ?? findTemplates(graph, resource);
    known.set(resource, link);
    return link;
}

const links = oncePerGraph(() => new Map<RegisteredResource, TemplateLink>());

function findTemplates(graph: GraphIndex, resource: RegisteredResource): TemplateLink {
    const found: RegisteredResource[] = [];
    for (const path of namingPaths(resource)) {
        const reading = readAny(resource.properties, path);
        if (reading.kind === "absent") {
            continue;
        }
        const reference = graph.reference(resource, path, described);
        if (reference.kind === "resources") {
            found.push(...reference.resources);
        } else {
            const why =
                reference.kind === "foreign"
                    ? `is ${show(reference.value)}, which is not in this stack`
                    : "is not known before deployment and comes from no launch template of this stack";
            return { kind: "open", path, why };
        }
    }
    return found.length === 0
        ? { kind: "none" }
        : { kind: "resources", resources: [...new Set(found)] };
}

/** Every property that may name a template, as far as its containers are known. */
function namingPaths(resource: RegisteredResource): readonly PropertyPath[] {
    const direct: PropertyPath[] = [["launchConfiguration"], ["launchTemplate"]];
    const mixed: PropertyPath = ["mixedInstancesPolicy", "launchTemplate"];
    const containers: PropertyPath[] = [
        ["launchTemplate"],
        [...mixed, "launchTemplateSpecification"],
        ...elements(resource, [...mixed, "overrides"], "launchTemplateSpecification"),
        ...elements(resource, ["launchTemplateConfigs"], "launchTemplateSpecification"),
    ];
    const named = containers.flatMap((container) =>
        ["id", "name", "launchTemplateId", "launchTemplateName"].map((field) => [
            ...container,
            field,
        ]),
    );
    // A container that is unknown as a whole stands for its fields.
    const whole = [...direct, mixed, ["mixedInstancesPolicy"], ["launchTemplateConfigs"]].filter(
        (path) => {
            const reading = readAny(resource.properties, path);
            return (
                reading.kind === "open" ||
                (reading.kind === "known" && typeof reading.value === "string")
            );
        },
    );
    const first = whole[0];
    return first === undefined ? named : [first];
}

function elements(
    resource: RegisteredResource,
    list: PropertyPath,
    field: string,
): readonly PropertyPath[] {
    const reading = readElements(resource.properties, list);
    return reading.kind === "known" ? reading.value.map((path) => [...path, field]) : [];
}

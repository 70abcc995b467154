import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { Scope } from "../graph/scope";
import { templatesOf } from "../reading/templates";
import { readElements, readText } from "../reading/values";
import { holderByResource, type Holder } from "./principals";

/** A role that a key server carries, with the resources that lead to it. */
export interface ServerHolder {
    readonly holder: Holder;
    /** From the server to the role: `instance ← instance profile ← role`. */
    readonly links: readonly RegisteredResource[];
}

/** The roles that key servers carry. */
export interface ServerHolders {
    /** Those of this stack, each once. */
    readonly holders: readonly ServerHolder[];
    /** Where a server, or an instance profile, names one that is not in this stack or not known. */
    readonly elsewhere: readonly Naming[];
}

interface Naming {
    readonly resource: RegisteredResource;
    readonly path: PropertyPath;
}

/** Reads the roles that key servers carry. */
export function serverHolders(graph: GraphIndex, scope: Scope): ServerHolders {
    const byRole = holderByResource(graph);
    const holders = new Map<RegisteredResource, ServerHolder>();
    const elsewhere = new Map<RegisteredResource, Naming>();
    for (const server of scope.keyServers) {
        const template = templatesOf(graph, server);
        const describing = [server, ...(template.kind === "resources" ? template.resources : [])];
        for (const resource of describing) {
            const profiles = profilesOf(graph, resource);
            profiles.elsewhere.forEach((path) => elsewhere.set(resource, { resource, path }));
            for (const profile of profiles.found) {
                const { kind, resources } = graph.reference(profile, ["role"], [TypeToken.Role]);
                if (kind === "foreign" || kind === "unknown") {
                    elsewhere.set(profile, { resource: profile, path: ["role"] });
                }
                for (const role of resources) {
                    const holder = byRole.get(role);
                    if (holder !== undefined && !holders.has(role)) {
                        const links = [...new Set([server, resource, profile, role])];
                        holders.set(role, { holder, links });
                    }
                }
            }
        }
    }
    return { holders: [...holders.values()], elsewhere: [...elsewhere.values()] };
}

/** The instance profiles that a server or template names; those of this stack, and the paths of others. */
function profilesOf(
    graph: GraphIndex,
    resource: RegisteredResource,
): { readonly found: readonly RegisteredResource[]; readonly elsewhere: readonly PropertyPath[] } {
    const references = profilePaths(resource).map((path) => ({
        path,
        reference: graph.reference(resource, path, [TypeToken.InstanceProfile]),
    }));
    const found = [...new Set(references.flatMap(({ reference }) => reference.resources))];
    const elsewhere = references.filter(({ path, reference }) => {
        const isText = reference.kind === "foreign" && typeof reference.value === "string";
        const isSet = readText(resource.properties, path).kind !== "absent";
        return isSet && (isText || reference.kind === "unknown");
    });
    return {
        found,
        elsewhere: found.length > 0 ? [] : elsewhere.slice(0, 1).map(({ path }) => path),
    };
}

/** Where a server, template or fleet names its instance profile, in each form. */
function profilePaths(resource: RegisteredResource): readonly PropertyPath[] {
    const specifications = readElements(resource.properties, ["launchSpecifications"]);
    return [
        ["iamInstanceProfile"],
        ["iamInstanceProfile", "name"],
        ["iamInstanceProfile", "arn"],
        ...(specifications.kind === "known" ? specifications.value : []).flatMap(
            (path): PropertyPath[] => [
                [...path, "iamInstanceProfile"],
                [...path, "iamInstanceProfileArn"],
            ],
        ),
    ];
}

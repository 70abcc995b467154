import { launcherTypes, serverTypes, TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { oncePerGraph } from "./memo";
import { templatesOf } from "./templates";
import { readElements } from "./values";

/** One network interface of a server: where it is described, and by which properties. */
interface ServerInterface {
    readonly resource: RegisteredResource;
    /** Properties that list its security groups. */
    readonly groups: readonly PropertyPath[];
    /** Properties that name its subnet; several for a server that may be launched into any of them. */
    readonly subnets: readonly PropertyPath[];
}

/** An interface whose description is not in this stack. */
export interface UnreadInterface {
    readonly resource: RegisteredResource;
    readonly path: PropertyPath;
    readonly why: string;
}

export interface ServerInterfaces {
    readonly interfaces: readonly ServerInterface[];
    readonly unread: readonly UnreadInterface[];
}

/** Type tokens that rules about a server's interfaces read. */
export const interfaceReads: readonly string[] = [
    ...serverTypes,
    ...launcherTypes,
    TypeToken.NetworkInterface,
    TypeToken.NetworkInterfaceAttachment,
    TypeToken.NetworkInterfaceSecurityGroupAttachment,
];

/** Every network interface of an instance, spot request or Auto Scaling group: its own, its template's and those attached to it. */
export function interfacesOf(graph: GraphIndex, server: RegisteredResource): ServerInterfaces {
    const found = known(graph);
    const interfaces = found.get(server) ?? collect(graph, server);
    found.set(server, interfaces);
    return interfaces;
}

const known = oncePerGraph(() => new Map<RegisteredResource, ServerInterfaces>());

function collect(graph: GraphIndex, server: RegisteredResource): ServerInterfaces {
    const template = templatesOf(graph, server);
    const described = [server, ...(template.kind === "resources" ? template.resources : [])];
    const inline = described.flatMap((resource) => ownInterfaces(resource));
    const named = described.flatMap((resource) => namedInterfaces(graph, resource));
    const attached = attachmentsOf(graph).get(server) ?? [];
    const existing = [...named.flatMap(({ found }) => found), ...attached].map((resource) =>
        existingInterface(resource),
    );
    const unread = named.flatMap(({ open }) => open);
    const interfaces = [...inline, ...existing];
    const additions = interfaces.flatMap(({ resource }) => groupAdditions(graph, resource));
    return {
        interfaces: [...interfaces, ...additions],
        unread:
            template.kind === "open"
                ? [...unread, { resource: server, path: template.path, why: template.why }]
                : unread,
    };
}

function ownInterfaces(resource: RegisteredResource): readonly ServerInterface[] {
    const listed = readElements(resource.properties, ["networkInterfaces"]);
    const specifications = readElements(resource.properties, ["launchSpecifications"]);
    const prefixes = [
        ...(listed.kind === "known" ? listed.value : []),
        ...(specifications.kind === "known" ? specifications.value : []),
    ];
    return [
        {
            resource,
            groups: [["vpcSecurityGroupIds"], ["securityGroups"], ["securityGroupNames"]],
            subnets: [["subnetId"], ["vpcZoneIdentifiers"]],
        },
        ...prefixes.map((prefix) => ({
            resource,
            groups: [
                [...prefix, "securityGroups"],
                [...prefix, "vpcSecurityGroupIds"],
            ],
            subnets: [[...prefix, "subnetId"]],
        })),
    ];
}

/** Interfaces made elsewhere that a server or template names. */
function namedInterfaces(
    graph: GraphIndex,
    resource: RegisteredResource,
): readonly {
    readonly found: readonly RegisteredResource[];
    readonly open: readonly UnreadInterface[];
}[] {
    const listed = readElements(resource.properties, ["networkInterfaces"]);
    const paths: PropertyPath[] = [
        ...(listed.kind === "known" ? listed.value : []).map((path) => [
            ...path,
            "networkInterfaceId",
        ]),
        ["primaryNetworkInterface", "networkInterfaceId"],
    ];
    if (listed.kind === "open") {
        const path = ["networkInterfaces"];
        return [{ found: [], open: [{ resource, path, why: listed.why }] }];
    }
    const why = "is a network interface that is not in this stack";
    return paths
        .map((path) => ({
            path,
            reference: graph.reference(resource, path, [TypeToken.NetworkInterface]),
        }))
        .filter(({ reference }) => reference.kind !== "absent")
        .map(({ path, reference: { kind, resources } }) => ({
            found: resources,
            open: kind === "resources" ? [] : [{ resource, path, why }],
        }));
}

function existingInterface(resource: RegisteredResource): ServerInterface {
    return { resource, groups: [["securityGroups"]], subnets: [["subnetId"]] };
}

/** Server → interfaces that are attached to it by a resource of their own, or that say so themselves. */
const attachmentsOf = oncePerGraph((graph) => {
    const attached = new Map<RegisteredResource, RegisteredResource[]>();
    const add = (
        from: RegisteredResource,
        path: PropertyPath,
        networkInterface: RegisteredResource,
    ): void => {
        for (const server of graph.reference(from, path, serverTypes).resources) {
            attached.set(server, [...(attached.get(server) ?? []), networkInterface]);
        }
    };
    for (const attachment of graph.ofType(TypeToken.NetworkInterfaceAttachment)) {
        const named = graph.reference(
            attachment,
            ["networkInterfaceId"],
            [TypeToken.NetworkInterface],
        );
        named.resources.forEach((found) => add(attachment, ["instanceId"], found));
    }
    for (const networkInterface of graph.ofType(TypeToken.NetworkInterface)) {
        const attachments = readElements(networkInterface.properties, ["attachments"]);
        for (const path of attachments.kind === "known" ? attachments.value : []) {
            add(networkInterface, [...path, "instance"], networkInterface);
        }
    }
    return attached;
});

/** Security groups that are put on an interface, or on a server's first interface, by a resource of their own. */
function groupAdditions(graph: GraphIndex, owner: RegisteredResource): readonly ServerInterface[] {
    return graph
        .ofType(TypeToken.NetworkInterfaceSecurityGroupAttachment)
        .filter((attachment) =>
            graph
                .reference(
                    attachment,
                    ["networkInterfaceId"],
                    [TypeToken.NetworkInterface, ...serverTypes],
                )
                .resources.includes(owner),
        )
        .map((resource) => ({ resource, groups: [["securityGroupId"]], subnets: [] }));
}

/** Each element of a property that lists security groups or subnets. */
export function elementPaths(
    resource: RegisteredResource,
    path: PropertyPath,
): readonly PropertyPath[] {
    const list = readElements(resource.properties, path);
    return list.kind === "known" ? list.value : list.kind === "open" ? [path] : [];
}

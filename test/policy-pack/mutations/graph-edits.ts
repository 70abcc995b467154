import { TypeToken } from "../../../aws/type-tokens";
import { UNKNOWN, type RegisteredResource } from "../../../policy-pack/graph/resource";
import { isCompute } from "../../../policy-pack/graph/type-families";
import { isPlainObject } from "../../../policy-pack/graph/wire-values";
import { Mutation } from "../../support/reference-graph";
import { isCloud } from "./representatives";

/** The ways in which whole resources are changed. */
export const graphEdits = [
    "drop",
    "open ingress",
    "open egress",
    "public subnet",
    "detach patch group",
    "unprotect",
    "ignore changes",
    "untie",
] as const;
type GraphEdit = (typeof graphEdits)[number];

/** One edit: the resource that it is about, and the graph afterwards. */
interface Edited {
    readonly resource: RegisteredResource;
    readonly edit: GraphEdit;
    readonly graph: readonly RegisteredResource[];
}

type Edit = (
    resource: RegisteredResource,
    graph: readonly RegisteredResource[],
) => readonly RegisteredResource[] | undefined;

/** Every edit of every resource of a provider; of resources that differ by a number in their names only, the first stands for all. */
export function* editsOf(graph: readonly RegisteredResource[]): Generator<Edited> {
    const seen = new Set<string>();
    for (const resource of graph.filter(({ custom, type }) => custom && isCloud(type))) {
        const role = `${resource.type} ${resource.name.replaceAll(/\d+/g, "")}`;
        if (seen.has(role)) {
            continue;
        }
        seen.add(role);
        for (const edit of graphEdits) {
            const edited = edits[edit](resource, graph);
            if (edited !== undefined) {
                yield { resource, edit, graph: edited };
            }
        }
    }
}

const edits: Readonly<Record<GraphEdit, Edit>> = {
    /** Only what nothing takes a value from: a program without something that others need does not run. */
    drop: (resource, graph) =>
        graph.some(
            ({ parent, propertyDependencies }) =>
                parent === resource.urn ||
                Object.values(propertyDependencies).flat().includes(resource.urn),
        )
            ? undefined
            : graph
                  .filter((one) => one !== resource)
                  .map((one) =>
                      one.dependencies.includes(resource.urn)
                          ? {
                                ...one,
                                dependencies: one.dependencies.filter(
                                    (urn) => urn !== resource.urn,
                                ),
                            }
                          : one,
                  ),
    "open ingress": (resource, graph) =>
        addRule(resource, graph, TypeToken.SecurityGroupIngressRule, {
            ...{ ipProtocol: "tcp", fromPort: 443, toPort: 443 },
        }),
    "open egress": (resource, graph) =>
        addRule(resource, graph, TypeToken.SecurityGroupEgressRule, { ipProtocol: "-1" }),
    "public subnet": moveToPublicSubnet,
    "detach patch group": (resource, graph) =>
        isCompute(resource.type)
            ? replaced(graph, resource, {
                  properties: withoutPatchGroup(
                      resource.properties,
                  ) as RegisteredResource["properties"],
              })
            : undefined,
    unprotect: (resource, graph) =>
        resource.options.protect || resource.options.retainOnDelete
            ? replaced(graph, resource, {
                  options: { ...resource.options, protect: false, retainOnDelete: false },
              })
            : undefined,
    "ignore changes": (resource, graph) =>
        replaced(graph, resource, {
            options: { ...resource.options, ignoreChanges: Object.keys(resource.properties) },
        }),
    /** Without the order that the program asks for (`dependsOn`). */
    untie: (resource, graph) => {
        const sources = Object.values(resource.propertyDependencies).flat();
        const dependencies = resource.dependencies.filter((urn) => sources.includes(urn));
        return dependencies.length === resource.dependencies.length
            ? undefined
            : replaced(graph, resource, { dependencies });
    },
};

function replaced(
    graph: readonly RegisteredResource[],
    resource: RegisteredResource,
    changes: Partial<RegisteredResource>,
): readonly RegisteredResource[] {
    return graph.map((one) => (one === resource ? { ...one, ...changes } : one));
}

function addRule(
    group: RegisteredResource,
    graph: readonly RegisteredResource[],
    type: string,
    traffic: Readonly<Record<string, unknown>>,
): readonly RegisteredResource[] | undefined {
    return group.type === TypeToken.SecurityGroup
        ? new Mutation(graph).add(
              type,
              `${group.name}-second`,
              group,
              {
                  ...traffic,
                  ...{ cidrIpv4: "0.0.0.0/0", description: "A second rule" },
                  securityGroupId: group.id ?? UNKNOWN,
              },
              group.id === undefined ? { securityGroupId: [group.urn] } : {},
          ).graph
        : undefined;
}

/** Puts a machine into a new subnet of its network that reaches the internet. */
function moveToPublicSubnet(
    machine: RegisteredResource,
    graph: readonly RegisteredResource[],
): readonly RegisteredResource[] | undefined {
    const old = graph.find(
        ({ urn, type }) =>
            type === TypeToken.Subnet && machine.propertyDependencies["subnetId"]?.includes(urn),
    );
    if (old === undefined || machine.type !== TypeToken.Instance) {
        return undefined;
    }
    const vpcId = old.properties["vpcId"];
    const inNetwork = { vpcId: old.propertyDependencies["vpcId"] ?? [] };
    const made = new Mutation(graph)
        .add(TypeToken.InternetGateway, "public", old, { vpcId }, inNetwork)
        .add(TypeToken.Subnet, "public", old, { vpcId, cidrBlock: "10.0.250.0/24" }, inNetwork);
    const gateway = made.find(TypeToken.InternetGateway, "public");
    const subnet = made.find(TypeToken.Subnet, "public");
    made.add(
        TypeToken.RouteTable,
        "public",
        old,
        { vpcId, routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: UNKNOWN }] },
        { ...inNetwork, routes: [gateway.urn] },
    );
    made.add(
        TypeToken.RouteTableAssociation,
        "public",
        old,
        { subnetId: UNKNOWN, routeTableId: UNKNOWN },
        { subnetId: [subnet.urn], routeTableId: [made.find(TypeToken.RouteTable, "public").urn] },
    );
    return replaced(made.graph, machine, {
        properties: { ...machine.properties, subnetId: UNKNOWN },
        propertyDependencies: { ...machine.propertyDependencies, subnetId: [subnet.urn] },
    });
}

/** Without the tag that puts a machine into a patch group, wherever its tags are written. */
function withoutPatchGroup(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(withoutPatchGroup);
    }
    return isPlainObject(value)
        ? Object.fromEntries(
              Object.entries(value)
                  .filter(([name]) => !/^patch ?group$/i.test(name))
                  .map(([name, inner]) => [name, withoutPatchGroup(inner)]),
          )
        : value;
}

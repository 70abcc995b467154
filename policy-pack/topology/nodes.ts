import { launcherTypes, subnetTypes, TypeToken, vpcTypes } from "../../aws/type-tokens";
import type { TopologyNode } from "../../catalog/records/judged-stack";
import type { GraphIndex } from "../graph/graph-index";
import { peek, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { Scope } from "../graph/scope";
import { compareBy } from "../judging/order";
import { interfacesOf } from "../reading/interfaces";
import { subnetPlaces } from "../reading/subnet-places";
import { nodeKindOf } from "./node-kinds";

/** What is drawn of a graph: the resources in scope that have a place in a drawing, each in what encloses it. */
export function nodesOf(graph: GraphIndex, scope: Scope): readonly TopologyNode[] {
    return graph.resources
        .flatMap((resource): TopologyNode[] => {
            const kind = nodeKindOf(resource.type);
            return kind === undefined ||
                !scope.includes(resource) ||
                isOnlyTemplate(graph, resource)
                ? []
                : [
                      {
                          urn: resource.urn,
                          kind: kind.kind,
                          name: resource.name,
                          inside: enclosing(graph, resource, kind.kind)?.urn ?? "",
                          facts: factsOf(resource, kind.facts),
                      },
                  ];
        })
        .sort(compareBy<TopologyNode>(({ urn }) => urn));
}

/** A template that a group or an instance is made from is drawn as these. */
function isOnlyTemplate(graph: GraphIndex, resource: RegisteredResource): boolean {
    const isTemplate =
        resource.type === TypeToken.LaunchTemplate ||
        resource.type === TypeToken.LaunchConfiguration;
    return (
        isTemplate &&
        graph
            .dependentsOf(resource.urn)
            .some(({ type }) => type === TypeToken.Instance || launcherTypes.includes(type))
    );
}

const vpcProperties: readonly PropertyPath[] = [["vpcId"]];
const subnetProperties: readonly PropertyPath[] = [
    ["subnets", 0],
    ["subnetIds", 0],
];

function enclosing(
    graph: GraphIndex,
    resource: RegisteredResource,
    kind: string,
): RegisteredResource | undefined {
    if (kind === "server") {
        const [place] = subnetPlaces(graph, interfacesOf(graph, resource)).filter(
            (candidate) => candidate.kind === "subnet",
        );
        return place?.subnet;
    }
    const find = (
        from: RegisteredResource | undefined,
        paths: readonly PropertyPath[],
        types: readonly string[],
    ): RegisteredResource | undefined =>
        from === undefined
            ? undefined
            : paths.flatMap((path) => graph.reference(from, path, types).resources)[0];
    const direct = find(resource, vpcProperties, vpcTypes);
    return direct ?? find(find(resource, subnetProperties, subnetTypes), vpcProperties, vpcTypes);
}

function factsOf(
    resource: RegisteredResource,
    facts: Readonly<Record<string, PropertyPath>>,
): Readonly<Record<string, string>> {
    return Object.fromEntries(
        Object.entries(facts).flatMap(([name, path]) => {
            const found = peek(resource.properties, path);
            return found.kind === "known" && !found.secret && isShort(found.value)
                ? [[name, String(found.value)]]
                : [];
        }),
    );
}

function isShort(value: unknown): value is string | number | boolean {
    return typeof value === "number" || typeof value === "boolean" || typeof value === "string";
}

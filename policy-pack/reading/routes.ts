import { TypeToken, vpcTypes } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { chain } from "./labels";
import { readElements, show } from "./values";

/** A route that leads to the internet, or of which that is not known. */
export interface RouteFinding {
    readonly kind: "internet" | "open";
    /** Where the route is written. */
    readonly resource: RegisteredResource;
    readonly path: PropertyPath;
    readonly message: string;
}

/** A route that a subnet follows, where it is written. */
export interface WrittenRoute {
    readonly kind: "route";
    readonly resource: RegisteredResource;
    /** The route inside the resource; [] for a route that is a resource of its own. */
    readonly path: PropertyPath;
    /** The route table, or the VPC for its main table. */
    readonly table: RegisteredResource;
}

/** Type tokens that are read to follow a subnet's routes. */
export const routeReads: readonly string[] = [
    ...vpcTypes,
    TypeToken.RouteTable,
    TypeToken.DefaultRouteTable,
    TypeToken.RouteTableAssociation,
    TypeToken.MainRouteTableAssociation,
    TypeToken.Route,
    TypeToken.InternetGateway,
    TypeToken.EgressOnlyInternetGateway,
    TypeToken.CarrierGateway,
];

const tableTypes = [TypeToken.RouteTable, TypeToken.DefaultRouteTable];
const gatewayTypes = [
    TypeToken.InternetGateway,
    TypeToken.EgressOnlyInternetGateway,
    TypeToken.CarrierGateway,
];
const gatewayIds = /^(igw|eigw|cagw)-/;
/** Resources whose id may stand where a gateway's is expected, and that lead nowhere public. */
const privateTypes: readonly string[] = [TypeToken.VpnGateway, TypeToken.VpcEndpoint];

/** What of a subnet's routes leads to an internet gateway; empty when all of them are known to stay inside. */
export function internetRoutesOf(
    graph: GraphIndex,
    subnet: RegisteredResource,
): readonly RouteFinding[] {
    return routesOf(graph, subnet).flatMap((route) =>
        route.kind === "route" ? judgeRoute(graph, subnet, route) : [route],
    );
}

/** Every route that a subnet follows; findings stand for tables that cannot be listed, and for what a default VPC brings along. */
export function routesOf(
    graph: GraphIndex,
    subnet: RegisteredResource,
): readonly (WrittenRoute | RouteFinding)[] {
    const associations = graph
        .ofType(TypeToken.RouteTableAssociation)
        .filter((association) =>
            graph.reference(association, ["subnetId"], [subnet.type]).resources.includes(subnet),
        );
    return associations.length > 0
        ? associations.flatMap((association) => routesBehind(graph, subnet, association))
        : mainRoutes(graph, subnet);
}

/** Routes of the table that an association, by subnet or for the whole VPC, points to. */
function routesBehind(
    graph: GraphIndex,
    subnet: RegisteredResource,
    association: RegisteredResource,
): readonly (WrittenRoute | RouteFinding)[] {
    const reference = graph.reference(association, ["routeTableId"], [...tableTypes, ...vpcTypes]);
    if (reference.kind !== "resources") {
        const what =
            reference.kind === "foreign"
                ? `is ${show(reference.value)}, which is not in this stack`
                : "is not known";
        return [
            open(
                association,
                ["routeTableId"],
                `routeTableId ${what}: its routes may lead to the internet (${chain(subnet, association)})`,
            ),
        ];
    }
    return reference.resources.flatMap((table) =>
        vpcTypes.includes(table.type)
            ? routesOfMain(graph, subnet, table)
            : routesOfTable(graph, subnet, table),
    );
}

/** A subnet without an association follows the main route table of its VPC. */
function mainRoutes(
    graph: GraphIndex,
    subnet: RegisteredResource,
): readonly (WrittenRoute | RouteFinding)[] {
    if (subnet.type === TypeToken.DefaultSubnet) {
        return [
            {
                kind: "internet",
                resource: subnet,
                path: [],
                message:
                    "a default subnet follows the main route table of the default VPC, which leads to an internet gateway",
            },
        ];
    }
    const vpc = graph.reference(subnet, ["vpcId"], vpcTypes);
    return vpc.kind === "resources"
        ? vpc.resources.flatMap((found) => routesOfMain(graph, subnet, found))
        : [
              open(
                  subnet,
                  ["vpcId"],
                  "no route table is associated in this stack, and the main table of a VPC outside it may lead to the internet",
              ),
          ];
}

function routesOfMain(
    graph: GraphIndex,
    subnet: RegisteredResource,
    vpc: RegisteredResource,
): readonly (WrittenRoute | RouteFinding)[] {
    const replaced = graph
        .ofType(TypeToken.MainRouteTableAssociation)
        .filter((main) => graph.reference(main, ["vpcId"], vpcTypes).resources.includes(vpc));
    if (replaced.length > 0) {
        return replaced.flatMap((main) => routesBehind(graph, subnet, main));
    }
    const adopted = graph
        .ofType(TypeToken.DefaultRouteTable)
        .filter((table) =>
            graph.reference(table, ["defaultRouteTableId"], vpcTypes).resources.includes(vpc),
        );
    const own = adopted.flatMap((table) => routesOfTable(graph, subnet, table));
    const isDefault = vpc.type === TypeToken.DefaultVpc && adopted.length === 0;
    return isDefault
        ? [
              {
                  kind: "internet",
                  resource: subnet,
                  path: ["vpcId"],
                  message: `the main route table of the default VPC leads to an internet gateway (${chain(subnet, vpc)})`,
              },
          ]
        : [...own, ...separateRoutes(graph, vpc)];
}

function routesOfTable(
    graph: GraphIndex,
    subnet: RegisteredResource,
    table: RegisteredResource,
): readonly (WrittenRoute | RouteFinding)[] {
    const inline = readElements(table.properties, ["routes"]);
    const within =
        inline.kind === "known"
            ? inline.value.map((path) => ({ kind: "route" as const, resource: table, path, table }))
            : inline.kind === "open"
              ? [open(table, ["routes"], `routes ${inline.why} (${chain(subnet, table)})`)]
              : [];
    return [...within, ...separateRoutes(graph, table)];
}

/** Routes that are resources of their own, in a table or in the main table of a VPC. */
function separateRoutes(graph: GraphIndex, table: RegisteredResource): readonly WrittenRoute[] {
    return graph
        .ofType(TypeToken.Route)
        .filter((route) =>
            graph.reference(route, ["routeTableId"], [table.type]).resources.includes(table),
        )
        .map((resource) => ({ kind: "route", resource, path: [], table }));
}

function judgeRoute(
    graph: GraphIndex,
    subnet: RegisteredResource,
    { resource, path: prefix, table }: WrittenRoute,
): readonly RouteFinding[] {
    return ["gatewayId", "egressOnlyGatewayId", "carrierGatewayId"].flatMap((field) => {
        const path = [...prefix, field];
        const reference = graph.reference(resource, path, [...gatewayTypes, ...privateTypes]);
        const route = chain(subnet, table, ...(table === resource ? [] : [resource]));
        const gateways = reference.resources.filter(({ type }) => !privateTypes.includes(type));
        const id = typeof reference.value === "string" ? reference.value : undefined;
        if (gateways.length > 0 || (id !== undefined && gatewayIds.test(id))) {
            const gateway = gateways[0]?.name ?? id ?? "";
            const message = `${formatPath(path)} leads to the internet through the gateway "${gateway}" (${route})`;
            return [{ kind: "internet", resource, path, message } as const];
        }
        const unreadable = reference.kind === "foreign" && id === undefined;
        return reference.kind === "unknown" || unreadable
            ? [
                  open(
                      resource,
                      path,
                      `${formatPath(path)} is a gateway that is not known (${route})`,
                  ),
              ]
            : [];
    });
}

function open(resource: RegisteredResource, path: PropertyPath, message: string): RouteFinding {
    return { kind: "open", resource, path, message };
}

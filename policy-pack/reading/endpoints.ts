import { subnetTypes, TypeToken, vpcTypes } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { elementPaths } from "./interfaces";
import { routesOf } from "./routes";
import { readText } from "./values";

const subnetAssociation = "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation";
const routeAssociation =
    "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation";
const tableTypes = [TypeToken.RouteTable, TypeToken.DefaultRouteTable, ...vpcTypes];

/** Type tokens that are read to find the endpoints of a network. */
export const endpointReads: readonly string[] = [
    TypeToken.VpcEndpoint,
    subnetAssociation,
    routeAssociation,
    TypeToken.VpcEndpointSecurityGroupAssociation,
];

/** An endpoint of a VPC. */
export interface Endpoint {
    readonly resource: RegisteredResource;
    /** Name without region: `ssm`; undefined where it is not known. */
    readonly service: string | undefined;
    readonly isGateway: boolean;
    /** Whether gateway or interface is not known. */
    readonly isOfUnknownType: boolean;
}

/** The endpoints of a VPC of this stack. */
export function endpointsOf(graph: GraphIndex, vpc: RegisteredResource): readonly Endpoint[] {
    return graph
        .ofType(TypeToken.VpcEndpoint)
        .filter((endpoint) =>
            graph.reference(endpoint, ["vpcId"], vpcTypes).resources.includes(vpc),
        )
        .map((resource) => {
            const name = readText(resource.properties, ["serviceName"]);
            const type = readText(resource.properties, ["vpcEndpointType"]);
            return {
                resource,
                service: name.kind === "known" ? serviceOf(name.value) : undefined,
                // Gateway is what AWS makes where nothing is said.
                isGateway:
                    type.kind === "absent" || (type.kind === "known" && type.value === "Gateway"),
                isOfUnknownType: type.kind === "open",
            };
        });
}

/** `com.amazonaws.eu-central-1.ssm` is `ssm`; the form `aws.api.eu-central-1.kms-fips` exists as well. */
function serviceOf(name: string): string {
    return /^(?:cn\.)?com\.amazonaws\.[a-z0-9-]+\.(.+)$/.exec(name)?.[1] ?? name;
}

/** Whether an endpoint serves a subnet: by an interface in it or in another subnet of the network, or by a route in its table. */
export function placesOf(
    graph: GraphIndex,
    { resource, isGateway }: Endpoint,
    subnets: readonly RegisteredResource[],
): "all" | "some" | "none" | "open" {
    const [property, association, field] = isGateway
        ? ["routeTableIds", routeAssociation, "routeTableId"]
        : ["subnetIds", subnetAssociation, "subnetId"];
    const types = isGateway ? tableTypes : subnetTypes;
    const separate = graph
        .ofType(association)
        .filter((one) =>
            graph
                .reference(one, ["vpcEndpointId"], [TypeToken.VpcEndpoint])
                .resources.includes(resource),
        );
    const references = [
        ...elementPaths(resource, [property]).map((path) => graph.reference(resource, path, types)),
        ...separate.map((one) => graph.reference(one, [field], types)),
    ];
    const reached = new Set(references.flatMap(({ resources }) => resources));
    const served = subnets.filter((subnet) =>
        isGateway
            ? tablesOf(graph, subnet).some((table) => reached.has(table))
            : reached.has(subnet),
    );
    if (served.length === subnets.length) {
        return "all";
    }
    const isOpen = references.some(({ kind }) => kind === "unknown" || kind === "foreign");
    return isOpen ? "open" : served.length > 0 ? "some" : "none";
}

/** The route tables that a subnet follows, as far as this stack shows them; its VPC stands for the main table. */
function tablesOf(graph: GraphIndex, subnet: RegisteredResource): readonly RegisteredResource[] {
    const associations = graph
        .ofType(TypeToken.RouteTableAssociation)
        .filter((one) =>
            graph.reference(one, ["subnetId"], [subnet.type]).resources.includes(subnet),
        );
    return associations.length > 0
        ? associations.flatMap(
              (one) => graph.reference(one, ["routeTableId"], tableTypes).resources,
          )
        : graph
              .reference(subnet, ["vpcId"], vpcTypes)
              .resources.flatMap((vpc) => [
                  vpc,
                  ...graph
                      .ofType(TypeToken.DefaultRouteTable)
                      .filter((table) =>
                          graph
                              .reference(table, ["defaultRouteTableId"], vpcTypes)
                              .resources.includes(vpc),
                      ),
              ]);
}

/** Whether servers in a subnet reach AWS past the endpoints: through a gateway to the internet or another network, or perhaps. */
export function hasWayOut(graph: GraphIndex, subnet: RegisteredResource): boolean {
    const outward = [
        "natGatewayId",
        "gatewayId",
        "egressOnlyGatewayId",
        "transitGatewayId",
        "vpcPeeringConnectionId",
        "networkInterfaceId",
        "coreNetworkArn",
    ];
    return routesOf(graph, subnet).some(
        (route) =>
            route.kind === "internet" ||
            (route.kind === "route" &&
                outward.some((field) => {
                    const target = readText(route.resource.properties, [...route.path, field]);
                    const isLocal = target.kind === "known" && /^(local|vpce-)/.test(target.value);
                    return target.kind !== "absent" && !isLocal;
                })),
    );
}

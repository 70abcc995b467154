import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { readText } from "../reading/values";

/** What a route leads to. */
export interface Gateway {
    /**
     * `inside`: the network itself; `internet`: both ways for servers with a public address; `outward`: only connections that the server
     * opens; `private`: another network, both ways; `open`: not known.
     */
    readonly kind: "inside" | "internet" | "outward" | "private" | "open";
    /** As chains show it, such as `internet gateway "main"`. */
    readonly name: string;
}

/** Targets of a route by the property that names them. Source: VPC user guide, "Route table concepts". */
const targets: Readonly<Record<string, readonly [Gateway["kind"], string]>> = {
    natGatewayId: ["outward", "NAT gateway"],
    egressOnlyGatewayId: ["outward", "egress-only internet gateway"],
    carrierGatewayId: ["internet", "carrier gateway"],
    vpcPeeringConnectionId: ["private", "peering"],
    transitGatewayId: ["private", "transit gateway"],
    localGatewayId: ["private", "local gateway"],
    coreNetworkArn: ["private", "core network"],
    vpcEndpointId: ["private", "endpoint"],
    networkInterfaceId: ["private", "network interface"],
    instanceId: ["private", "instance"],
};

/** What a route of a table leads to. */
export function gatewayOf(
    graph: GraphIndex,
    route: RegisteredResource,
    path: PropertyPath,
): Gateway {
    for (const [field, [kind, noun]] of Object.entries(targets)) {
        const name = targetName(graph, route, [...path, field]);
        if (name !== undefined) {
            return { kind, name: `${noun} ${name}` };
        }
    }
    const gateway = [...path, "gatewayId"];
    const written = readText(route.properties, gateway);
    const id = written.kind === "known" ? written.value : "";
    const internet = graph.reference(route, gateway, [TypeToken.InternetGateway]).resources[0];
    if (internet !== undefined || id.startsWith("igw-")) {
        return { kind: "internet", name: `internet gateway "${internet?.name ?? id}"` };
    }
    if (id === "local") {
        return { kind: "inside", name: "" };
    }
    const vpn = graph.reference(route, gateway, [TypeToken.VpnGateway, TypeToken.VpcEndpoint]);
    return vpn.kind === "resources" || /^(vgw|vpce)-/.test(id)
        ? { kind: "private", name: `gateway "${vpn.resources[0]?.name ?? id}"` }
        : { kind: "open", name: "a gateway that is not known" };
}

function targetName(
    graph: GraphIndex,
    route: RegisteredResource,
    path: PropertyPath,
): string | undefined {
    const written = readText(route.properties, path);
    if (written.kind === "absent") {
        return undefined;
    }
    const sources = graph
        .sourcesOf(route, path)
        .filter(({ type }) => type !== TypeToken.RouteTable);
    const known = written.kind === "known" ? graph.identifiedBy(written.value)[0] : undefined;
    const target = known ?? (path.length === 1 ? sources[0] : undefined);
    const name = target?.name ?? (written.kind === "known" ? written.value : "not known");
    return `"${name}"`;
}

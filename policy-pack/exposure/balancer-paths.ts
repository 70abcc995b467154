import { AddressSet } from "../../aws/address-set";
import { effectivePorts, parseProtocol } from "../../aws/traffic";
import { classicBalancerType, listenerTypes, securityGroupTypes } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { serversBehindBalancers } from "../reading/balancer-targets";
import { elementPaths } from "../reading/interfaces";
import { label } from "../reading/labels";
import { balancerOf } from "../reading/load-balancers";
import { oncePerGraph } from "../reading/memo";
import { readBoolean, readNumber, readText, type Reading } from "../reading/values";
import { subnetsAt, type Carrier } from "./carrier";
import { pathsThrough, type CarrierPath } from "./carrier-paths";
import { split, type Selector } from "./flow";
import { anyTraffic, openingsOf, type Opening } from "./openings";

/** What the load balancers in front of a server let in: their listeners, within their security groups. */
export function balancerPathsOf(
    graph: GraphIndex,
    server: RegisteredResource,
): readonly CarrierPath[] {
    return (balancersByServer(graph).get(server) ?? []).flatMap((balancer) => {
        const known = pathsByBalancer(graph);
        const paths = known.get(balancer) ?? pathsInto(graph, balancer);
        known.set(balancer, paths);
        return paths;
    });
}

const pathsByBalancer = oncePerGraph(() => new Map<RegisteredResource, readonly CarrierPath[]>());

const balancersByServer = oncePerGraph((graph) => {
    const found = new Map<RegisteredResource, RegisteredResource[]>();
    for (const [balancer, servers] of serversBehindBalancers(graph)) {
        for (const server of new Set(servers)) {
            found.set(server, [...(found.get(server) ?? []), balancer]);
        }
    }
    return found;
});

const everywhere = AddressSet.of("0.0.0.0/0", "::/0");

function pathsInto(graph: GraphIndex, balancer: RegisteredResource): readonly CarrierPath[] {
    const carrier = carrierOfBalancer(graph, balancer);
    const hasGroups = carrier.groups.length > 0 || carrier.doubts.length > 0;
    const openings = hasGroups
        ? openingsOf(graph, carrier).filter(({ direction }) => direction === "ingress")
        : [ungrouped("0.0.0.0/0"), ungrouped("::/0")];
    const listeners = listenersOf(graph, balancer);
    return openings
        .flatMap((opening) => within(opening, listeners))
        .flatMap((opening) => pathsThrough(graph, carrier, opening))
        .map((path) => ({ ...path, chain: [label(balancer), ...path.chain] }));
}

/** A network load balancer without security groups takes connections from everywhere. */
function ungrouped(block: string): Opening {
    return {
        direction: "ingress",
        peer: block,
        flow: { ...anyTraffic, addresses: AddressSet.of(block) },
        doubt: undefined,
        links: [],
    };
}

/** The part of an opening that a listener takes. */
function within(opening: Opening, listeners: readonly Selector[]): readonly Opening[] {
    const { addresses } = opening.flow;
    const flow = { ...opening.flow, addresses: addresses ?? everywhere };
    return listeners
        .flatMap((listener) => split(flow, listener).picked)
        .map((picked) => ({
            ...opening,
            flow: addresses === undefined ? { ...picked, addresses: undefined } : picked,
        }));
}

function carrierOfBalancer(graph: GraphIndex, balancer: RegisteredResource): Carrier {
    const internal = readBoolean(balancer.properties, ["internal"]);
    const references = elementPaths(balancer, ["securityGroups"]).map((path) =>
        graph.reference(balancer, path, securityGroupTypes),
    );
    const placed = [
        ...elementPaths(balancer, ["subnets"]),
        ...elementPaths(balancer, ["subnetMappings"]).map((path) => [...path, "subnetId"]),
    ];
    const subnets = subnetsAt(graph, balancer, placed);
    return {
        groups: [...new Set(references.flatMap(({ resources }) => resources))],
        defaultsOf: [],
        hasForeignDefault: false,
        subnets,
        publicAddress:
            internal.kind === "open"
                ? "open"
                : internal.kind === "known" && internal.value
                  ? "no"
                  : "yes",
        doubts: references
            .filter(({ kind }) => kind === "foreign" || kind === "unknown")
            .map(({ path }) => `${path} of ${label(balancer)} is not in this stack`),
        placeDoubts:
            subnets.length === 0 ? [`the subnets of ${label(balancer)} are not in this stack`] : [],
    };
}

/** What the listeners of a load balancer take; a port that is not known stands for every port. */
function listenersOf(graph: GraphIndex, balancer: RegisteredResource): readonly Selector[] {
    if (balancer.type === classicBalancerType) {
        return elementPaths(balancer, ["listeners"]).flatMap((path) =>
            listenerAt(balancer, [...path, "lbPort"], undefined),
        );
    }
    return graph
        .ofType(...listenerTypes)
        .filter((listener) => balancerOf(graph, listener).includes(balancer))
        .flatMap((listener) => listenerAt(listener, ["port"], ["protocol"]));
}

function listenerAt(
    resource: RegisteredResource,
    portPath: PropertyPath,
    protocolPath: PropertyPath | undefined,
): readonly Selector[] {
    const port = readNumber(resource.properties, portPath);
    const number = port.kind === "known" ? port.value : undefined;
    const written =
        protocolPath === undefined ? undefined : readText(resource.properties, protocolPath);
    return transportsOf(written).map((name) => {
        const protocol = parseProtocol(name) ?? anyTraffic.protocol;
        return { addresses: everywhere, protocol, ports: effectivePorts(protocol, number, number) };
    });
}

/** What carries a listener's protocol; both where it is not known. Source: Network Load Balancer guide, "Listener configuration". */
function transportsOf(written: Reading<string> | undefined): readonly string[] {
    if (written?.kind === "open") {
        return ["tcp", "udp"];
    }
    const name = written?.kind === "known" ? written.value.toUpperCase() : "TCP";
    return transports[name] ?? ["tcp"];
}

const transports: Readonly<Record<string, readonly string[]>> = {
    UDP: ["udp"],
    QUIC: ["udp"],
    TCP_UDP: ["tcp", "udp"],
    TCP_QUIC: ["tcp", "udp"],
};

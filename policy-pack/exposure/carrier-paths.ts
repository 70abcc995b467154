import { AddressSet, publicPart } from "../../aws/address-set";
import type { NetworkPath } from "../../catalog/records/judged-stack";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { label } from "../reading/labels";
import { oncePerGraph } from "../reading/memo";
import { filterByAcl } from "./acl-filter";
import type { Carrier } from "./carrier";
import type { Flow } from "./flow";
import type { Opening } from "./openings";
import { reach } from "./reach";
import { defaultRouting, routingOf, type Routing } from "./routing";

/** A network path of whoever carries the groups: its chain begins with them. */
export type CarrierPath = Omit<NetworkPath, "server">;

interface Piece {
    readonly flow: Flow;
    readonly verdict: NetworkPath["verdict"];
    readonly links: readonly string[];
}

/** The paths that one opening makes, narrowed by the routes and network ACLs of the carrier's subnets. */
export function pathsThrough(
    graph: GraphIndex,
    carrier: Carrier,
    opening: Opening,
): readonly CarrierPath[] {
    const { addresses } = opening.flow;
    if (addresses === undefined) {
        return [pathOf(opening, opening.peer, opening.flow, "open", [])];
    }
    const flow: Flow = { ...opening.flow, addresses };
    const routed = [
        ...carrier.subnets.map((subnet) => ({
            subnet,
            pieces: routedPieces(carrier, opening, flow, routingIn(graph, subnet)),
        })),
        {
            subnet: undefined,
            pieces: routedPieces(carrier, opening, flow, elsewhere(carrier)),
        },
    ];
    const carried = routed.flatMap(({ pieces }) => pieces);
    const pieces = routed.flatMap(({ subnet, pieces: before }) =>
        subnet === undefined
            ? before
            : before.flatMap((piece) => filtered(graph, subnet, opening, piece)),
    );
    const alike = new Map<string, Piece[]>();
    for (const piece of pieces) {
        const { protocol, except, ports } = piece.flow;
        const key = JSON.stringify([protocol.number, except, ports, piece.verdict]);
        alike.set(key, [...(alike.get(key) ?? []), piece]);
    }
    return [...alike.values()].flatMap((same) => mergedPaths(opening, addresses, same, carried));
}

const routings = oncePerGraph(() => new Map<RegisteredResource, Routing>());

function routingIn(graph: GraphIndex, subnet: RegisteredResource): Routing {
    const known = routings(graph);
    const routing = known.get(subnet) ?? routingOf(graph, subnet);
    known.set(subnet, routing);
    return routing;
}

function filtered(
    graph: GraphIndex,
    subnet: RegisteredResource,
    { direction }: Opening,
    piece: Piece,
): readonly Piece[] {
    const { open, undecided, link } = filterByAcl(graph, subnet, direction, piece.flow);
    const links = [...(link === undefined ? [] : [label(subnet), link]), ...piece.links];
    const doubt = `rules of ${link ?? ""} are not known`;
    return [
        ...open.map((flow): Piece => ({ flow, verdict: piece.verdict, links })),
        ...undecided.map((flow): Piece => ({
            flow,
            verdict: "indeterminate",
            links: [...links, doubt],
        })),
    ];
}

function routedPieces(
    { publicAddress }: Carrier,
    { direction }: Opening,
    flow: Flow,
    routing: Routing | undefined,
): readonly Piece[] {
    return routing === undefined
        ? []
        : reach(routing, direction, publicAddress, flow.addresses).map(
              ({ addresses, verdict, links }) => ({ flow: { ...flow, addresses }, verdict, links }),
          );
}

/** Routes of subnets that are not in this stack. */
function elsewhere({ subnets, placeDoubts }: Carrier): Routing | undefined {
    return placeDoubts.length > 0
        ? { routes: [], doubt: placeDoubts.join("; ") }
        : subnets.length === 0
          ? defaultRouting
          : undefined;
}

function mergedPaths(
    opening: Opening,
    written: AddressSet,
    pieces: readonly Piece[],
    carried: readonly Piece[],
): readonly CarrierPath[] {
    const [first] = pieces;
    if (first === undefined) {
        return [];
    }
    const { flow, verdict } = first;
    const alike = carried.filter((piece) => piece.verdict === verdict);
    const idle = idlePart(written, addressesOf(alike));
    if (withIdle(addressesOf(pieces), idle).contains(written)) {
        const links = [...new Set(pieces.flatMap((piece) => piece.links))];
        return [pathOf(opening, opening.peer, flow, verdict, links)];
    }
    const routes = new Map<string, Piece[]>();
    for (const piece of pieces) {
        const key = JSON.stringify(piece.links);
        routes.set(key, [...(routes.get(key) ?? []), piece]);
    }
    return [...routes.values()].flatMap((same) =>
        withIdle(addressesOf(same), idle)
            .toCidrs()
            .map((peer) => pathOf(opening, peer, flow, verdict, same[0]?.links ?? [])),
    );
}

function addressesOf(pieces: readonly Piece[]): AddressSet {
    return AddressSet.union(pieces.map(({ flow }) => flow.addresses));
}

/** The private ranges in a block that no route carries. */
function idlePart(written: AddressSet, carried: AddressSet): AddressSet {
    return written.without(publicPart(written)).without(carried);
}

/** Public addresses are shown with the idle ranges between them: a few blocks instead of hundreds, and `0.0.0.0/0` as such. */
function withIdle(found: AddressSet, idle: AddressSet): AddressSet {
    return publicPart(found).isEmpty ? found : AddressSet.union([found, idle]);
}

function pathOf(
    { direction, links: through, doubt }: Opening,
    peer: string,
    { protocol, except, ports }: Omit<Flow, "addresses">,
    verdict: NetworkPath["verdict"],
    links: readonly string[],
): CarrierPath {
    const exceptions = except.length === 0 ? [] : [`but protocols ${except.join(", ")}`];
    return {
        direction: direction === "ingress" ? "in" : "out",
        peer,
        protocol: protocol.name,
        fromPort: ports?.from ?? -1,
        toPort: ports?.to ?? -1,
        chain: [...through, ...exceptions, ...links, ...(doubt === undefined ? [] : [doubt])],
        verdict: doubt === undefined ? verdict : "indeterminate",
    };
}

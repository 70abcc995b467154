import type { NetworkPath } from "../../catalog/records/judged-stack";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import type { Scope } from "../graph/scope";
import { compareBy } from "../judging/order";
import { label } from "../reading/labels";
import { balancerPathsOf } from "./balancer-paths";
import { carrierKey, carrierOf } from "./carrier";
import { pathsThrough, type CarrierPath } from "./carrier-paths";
import { openingsOf } from "./openings";

/**
 * Every network path into and out of each key server: what its security groups open, as far as routes, network ACLs and public
 * addresses let packets through, and what load balancers forward to it. Servers that carry the same groups in the same subnets are
 * worked out once.
 */
export function networkPathsOf(
    graph: GraphIndex,
    scope: Scope,
    describeError: (error: unknown) => string,
): readonly NetworkPath[] {
    const known = new Map<string, readonly CarrierPath[]>();
    const sorted = [...scope.keyServers].sort(compareBy<RegisteredResource>(({ urn }) => urn));
    return sorted.flatMap((server) =>
        guardedPaths(graph, server, known, describeError).map((path) => ({
            server: server.urn,
            ...path,
            chain: [label(server), ...path.chain],
        })),
    );
}

/** What could not be worked out for a server is open, and hides nothing of others. */
function guardedPaths(
    graph: GraphIndex,
    server: RegisteredResource,
    known: Map<string, readonly CarrierPath[]>,
    describeError: (error: unknown) => string,
): readonly CarrierPath[] {
    try {
        return pathsOf(graph, server, known);
    } catch (error) {
        const doubt = `its paths could not be worked out (${describeError(error)})`;
        return (["in", "out"] as const).map((direction) => ({
            direction,
            peer: "unknown",
            protocol: "all",
            fromPort: -1,
            toPort: -1,
            chain: [doubt],
            verdict: "indeterminate",
        }));
    }
}

function pathsOf(
    graph: GraphIndex,
    server: RegisteredResource,
    known: Map<string, readonly CarrierPath[]>,
): readonly CarrierPath[] {
    const carrier = carrierOf(graph, server);
    const key = carrierKey(carrier);
    const own =
        known.get(key) ??
        arranged(
            openingsOf(graph, carrier).flatMap((opening) => pathsThrough(graph, carrier, opening)),
        );
    known.set(key, own);
    const forwarded = own.some(({ direction }) => direction === "in")
        ? balancerPathsOf(graph, server)
        : [];
    return forwarded.length === 0 ? own : arranged([...own, ...forwarded]);
}

/** In a fixed order, and each once. */
function arranged(paths: readonly CarrierPath[]): readonly CarrierPath[] {
    const distinct = new Map(paths.map((path) => [JSON.stringify(path), path]));
    return [...distinct.values()].sort(
        compareBy<CarrierPath>(
            ({ direction }) => direction,
            ({ peer }) => peer,
            ({ protocol }) => protocol,
            ({ fromPort }) => fromPort,
            ({ toPort }) => toPort,
            ({ verdict }) => verdict,
            ({ chain }) => chain.join("\n"),
        ),
    );
}

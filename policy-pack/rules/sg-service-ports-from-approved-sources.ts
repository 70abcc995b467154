import { publicPart, type AddressSet } from "../../aws/address-set";
import type { PortRange } from "../../aws/traffic";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { approvedAddresses, showAddresses } from "../reading/approved-addresses";
import { elementPaths, interfaceReads } from "../reading/interfaces";
import { serversBehindBalancers } from "../reading/balancer-targets";
import { balancerOf, balancerReads } from "../reading/load-balancers";
import { judgeTraffic } from "../reading/judge-traffic";
import {
    ifItOpensKeyServers,
    keyServersBehind,
    mayOpenKeyServers,
} from "../reading/key-server-groups";
import { label } from "../reading/labels";
import { failed, notApplicable, settle, undecided } from "../reading/observations";
import type { Peer } from "../reading/peers";
import { openingOf, ruleChain, type TrafficRule } from "../reading/traffic-rule";
import { trafficReads } from "../reading/traffic-rules";
import { readNumber } from "../reading/values";
import { classicBalancerType, listenerTypes } from "../../aws/type-tokens";
import type { Observation, Rule, RuleContext } from "./rule";

/**
 * A key server is reached on approved service ports only, and only from security groups or allow-listed ranges. What opens it is read as
 * `keyward paths` reads it: the rules of its groups and of the load balancers in front of it, and rules of which the group is not known. Rules
 * are judged as they are written: a route or network ACL that happens to stop their packets makes none of them sound. A VPC's default
 * group is the question of server-eni-uses-only-hardened-sg and default-sg-closed.
 */
export const sgServicePortsFromApprovedSources: Rule = {
    name: "sg-service-ports-from-approved-sources",
    reads: [...trafficReads, ...interfaceReads, ...balancerReads],
    *judge(context) {
        const servicePorts = context.parameter<readonly number[]>("approvedServicePorts");
        const adminPorts = context.parameter<readonly number[]>("adminPorts");
        const shortest = context.parameter<number>("allowedCidrMinimumPrefixLength");
        const approved = approvedAddresses(context.parameter("allowedIngressCidrs"), shortest);
        const serversBehind = (groups: readonly RegisteredResource[]): readonly string[] =>
            keyServersBehind(context, groups).map(label);
        yield* judgeTraffic(context, {
            direction: "ingress",
            defaultGroups: false,
            applies: (groups, resource) =>
                keyServersBehind(context, groups).length > 0 ||
                mayOpenKeyServers(context, resource),
            decide: (rule) => {
                const servers = serversBehind(rule.groups);
                const route = (peer: Peer): string =>
                    ruleChain(
                        rule,
                        peer,
                        ...(servers.length > 0 ? [servers.slice(0, 3).join(", ")] : []),
                    );
                const found = [
                    ...portProblems(rule, servicePorts, adminPorts, route),
                    ...rule.peers.flatMap((peer) => peerProblems(rule, peer, approved, route)),
                ];
                return servers.length > 0 ? found : ifItOpensKeyServers(found);
            },
        });
        yield* judgeListeners(context, servicePorts);
    },
};

/** A listener in front of a key server listens on a service port. */
function* judgeListeners(
    { graph, scope }: RuleContext,
    servicePorts: readonly number[],
): Generator<Observation> {
    const behind = serversBehindBalancers(graph);
    for (const listener of graph.ofType(...listenerTypes)) {
        const servers = balancerOf(graph, listener).flatMap((found) => behind.get(found) ?? []);
        const isAsked = servers.some((server) => scope.includes(server));
        if (isAsked || scope.includes(listener)) {
            yield* isAsked
                ? settle(listener, judgePort(listener, ["port"], servicePorts))
                : [notApplicable(listener)];
        }
    }
    for (const balancer of graph.ofType(classicBalancerType)) {
        if ((behind.get(balancer) ?? []).some((server) => scope.includes(server))) {
            yield* settle(
                balancer,
                elementPaths(balancer, ["listeners"]).flatMap((path) =>
                    judgePort(balancer, [...path, "lbPort"], servicePorts),
                ),
            );
        }
    }
}

function judgePort(
    listener: RegisteredResource,
    path: PropertyPath,
    servicePorts: readonly number[],
): readonly Observation[] {
    const place = formatPath(path);
    const port = readNumber(listener.properties, path);
    if (port.kind === "open") {
        return [undecided(listener, path, `${place} ${port.why}`)];
    }
    return port.kind === "known" && servicePorts.includes(port.value)
        ? []
        : [
              failed(
                  listener,
                  path,
                  `${place} ${port.kind === "known" ? `is ${port.value}` : "is not set"}: no approved service port (${servicePorts.join(", ")})`,
              ),
          ];
}

/** A rule for ports of remote administration only is the question of sg-no-admin-ports, so that one cause makes one finding. */
function portProblems(
    rule: TrafficRule,
    servicePorts: readonly number[],
    adminPorts: readonly number[],
    route: (peer: Peer) => string,
): readonly Observation[] {
    const [first] = rule.peers;
    if (first === undefined) {
        return [];
    }
    const { resource, trafficPath, traffic } = rule;
    if (traffic.kind !== "known") {
        const why = traffic.kind === "open" ? traffic.why : "the ports are not set";
        return [
            undecided(
                resource,
                trafficPath,
                `${why}, so it may open more than service ports (${route(first)})`,
                "ports",
            ),
        ];
    }
    const { protocol, ports, text } = traffic.value;
    const isAsked = ports === undefined || !covers(adminPorts, ports);
    return !isAsked ||
        (protocol.name === "tcp" && ports !== undefined && covers(servicePorts, ports))
        ? []
        : [
              failed(
                  resource,
                  trafficPath,
                  `${text} is no approved service port (${servicePorts.join(", ")}) (${route(first)})`,
                  text,
              ),
          ];
}

/** Public sources are the question of sg-no-public-ingress, so that one cause makes one finding. */
function peerProblems(
    rule: TrafficRule,
    peer: Peer,
    approved: AddressSet,
    route: (peer: Peer) => string,
): readonly Observation[] {
    if (peer.kind !== "addresses") {
        return [];
    }
    const inside = peer.addresses.without(publicPart(peer.addresses)).without(approved);
    return inside.isEmpty || !publicPart(peer.addresses).isEmpty
        ? []
        : [
              failed(
                  peer.resource,
                  peer.path,
                  `${formatPath(peer.path)} is ${peer.text}: ${showAddresses(inside)} is no approved source, name the clients' security group (${route(peer)})`,
                  openingOf(rule, peer.text),
              ),
          ];
}

function covers(servicePorts: readonly number[], { from, to }: PortRange): boolean {
    const within = new Set(servicePorts.filter((port) => from <= port && port <= to));
    return within.size === to - from + 1;
}

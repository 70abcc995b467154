import { effectivePorts, everyPort, formatTraffic, parseProtocol } from "../../aws/traffic";
import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { addressPeers, groupPeers, prefixListPeers, type Peer } from "./peers";
import type { Direction, Traffic, TrafficRule } from "./traffic-rule";
import { readAny, readBoolean, readNumber, readText, type Reading } from "./values";

/** A rule written inside its security group. */
export function inlineRule(
    graph: GraphIndex,
    group: RegisteredResource,
    path: PropertyPath,
    direction: Direction,
): TrafficRule {
    const at = (field: string): PropertyPath => [...path, field];
    return {
        resource: group,
        path,
        direction,
        groups: [group],
        traffic: readTraffic(group, path, "protocol"),
        trafficPath: path,
        peers: [
            ...addressPeers(graph, group, at("cidrBlocks")),
            ...addressPeers(graph, group, at("ipv6CidrBlocks")),
            ...prefixListPeers(graph, group, at("prefixListIds")),
            ...groupPeers(graph, group, at("securityGroups")),
            ...selfPeer(group, at("self"), [group]),
        ],
    };
}

/** A rule that is a resource of its own, in the older or the newer form. */
export function separateRule(
    graph: GraphIndex,
    rule: RegisteredResource,
    direction: Direction,
    groups: readonly RegisteredResource[],
): TrafficRule {
    const isOlder = rule.type === TypeToken.SecurityGroupRule;
    const peers = isOlder
        ? [
              ...addressPeers(graph, rule, ["cidrBlocks"]),
              ...addressPeers(graph, rule, ["ipv6CidrBlocks"]),
              ...prefixListPeers(graph, rule, ["prefixListIds"]),
              ...groupPeers(graph, rule, ["sourceSecurityGroupId"]),
              ...selfPeer(rule, ["self"], groups),
          ]
        : [
              ...addressPeers(graph, rule, ["cidrIpv4"]),
              ...addressPeers(graph, rule, ["cidrIpv6"]),
              ...prefixListPeers(graph, rule, ["prefixListId"]),
              ...groupPeers(graph, rule, ["referencedSecurityGroupId"]),
          ];
    return {
        resource: rule,
        path: [],
        direction,
        groups,
        traffic: readTraffic(rule, [], isOlder ? "protocol" : "ipProtocol"),
        trafficPath: [],
        peers,
    };
}

function selfPeer(
    resource: RegisteredResource,
    path: PropertyPath,
    groups: readonly RegisteredResource[],
): readonly Peer[] {
    const self = readBoolean(resource.properties, path);
    return self.kind === "known" && self.value
        ? [{ kind: "group", name: groups[0]?.urn, resource, path, via: [] }]
        : [];
}

/** Undefined when the rule does not say. */
export function directionOf(rule: RegisteredResource): Direction | undefined {
    if (rule.type === TypeToken.SecurityGroupIngressRule) {
        return "ingress";
    }
    if (rule.type === TypeToken.SecurityGroupEgressRule) {
        return "egress";
    }
    const type = readText(rule.properties, ["type"]);
    return type.kind === "known" && (type.value === "ingress" || type.value === "egress")
        ? type.value
        : undefined;
}

function readTraffic(
    resource: RegisteredResource,
    path: PropertyPath,
    protocolField: string,
): Reading<Traffic> {
    const written = readAny(resource.properties, [...path, protocolField]);
    // A protocol that is missing is refused by AWS; every protocol is the safe reading.
    const protocol = parseProtocol(written.kind === "known" ? written.value : -1);
    if (written.kind === "open" || protocol === undefined) {
        const why = written.kind === "open" ? written.why : "is no protocol";
        return { kind: "open", why: `${formatPath([...path, protocolField])} ${why}` };
    }
    if (protocol.name !== "tcp" && protocol.name !== "udp") {
        const ports = effectivePorts(protocol, undefined, undefined);
        return { kind: "known", value: { protocol, ports, text: formatTraffic(protocol, ports) } };
    }
    const from = readNumber(resource.properties, [...path, "fromPort"]);
    const to = readNumber(resource.properties, [...path, "toPort"]);
    const open =
        from.kind === "open"
            ? { ...from, field: "fromPort" }
            : to.kind === "open"
              ? { ...to, field: "toPort" }
              : undefined;
    if (open !== undefined) {
        return { kind: "open", why: `${formatPath([...path, open.field])} ${open.why}` };
    }
    const ports =
        effectivePorts(
            protocol,
            from.kind === "known" ? from.value : undefined,
            to.kind === "known" ? to.value : undefined,
        ) ?? everyPort;
    return { kind: "known", value: { protocol, ports, text: formatTraffic(protocol, ports) } };
}

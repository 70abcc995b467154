import type { Topology, TopologyEdge, TopologyNode } from "../../../catalog/records/judged-stack";
import { urns } from "./urns";

function node(
    urn: string,
    kind: string,
    inside = "",
    facts: Record<string, string> = {},
): TopologyNode {
    return { urn, kind, name: urn.split("::").at(-1) ?? urn, inside, facts };
}

function edge(from: string, to: string, kind: string, label = ""): TopologyEdge {
    return { from, to, kind, label };
}

const zones = ["a", "b", "c"];

/** Three servers over three zones behind a load balancer, with endpoints, logs, keys and a hole to the internet. */
export const sampleTopology: Topology = {
    nodes: [
        node(urns.network, "network", "", { cidr: "10.20.0.0/20" }),
        ...urns.subnets.map((urn, index) =>
            node(urn, "subnet", urns.network, {
                zone: `eu-central-1${zones[index]}`,
                cidr: `10.20.${index}.0/24`,
            }),
        ),
        ...urns.servers.map((urn, index) =>
            node(urn, "server", urns.subnets[index], {
                zone: `eu-central-1${zones[index]}`,
                ports: "tcp/8200, tcp/8201",
                instance: "m7g.large",
            }),
        ),
        node(urns.balancer, "load-balancer", urns.network, { scheme: "internal" }),
        ...urns.endpoints.map((urn) =>
            node(urn, "endpoint", urns.network, {
                service: urn.split("-").at(-1) ?? "",
            }),
        ),
        node(urns.serverGroup, "security-group", urns.network),
        node(urns.balancerGroup, "security-group", urns.network),
        node(urns.endpointGroup, "security-group", urns.network),
        node(urns.clientGroup, "security-group"),
        node(urns.auditLog, "log-group", "", { retention: "400 days" }),
        node(urns.systemLog, "log-group", "", { retention: "90 days" }),
        node(urns.flowLog, "log-group", "", { retention: "400 days" }),
        node(urns.archive, "bucket", "", { lock: "compliance, 400 days" }),
        node(urns.trail, "trail"),
        node(urns.topic, "topic"),
        node(urns.volumeKey, "key", "", { rotation: "365 days" }),
        node(urns.logKey, "key", "", { rotation: "365 days" }),
        node(urns.sealKey, "key", "", { rotation: "365 days" }),
    ],
    edges: [
        edge("0.0.0.0/0", urns.serverGroup, "allows", "tcp/8200"),
        edge(urns.clientGroup, urns.balancerGroup, "allows", "tcp/8200"),
        edge(urns.balancerGroup, urns.serverGroup, "allows", "tcp/8200"),
        edge(urns.serverGroup, urns.serverGroup, "allows", "tcp/8201"),
        edge(urns.serverGroup, urns.endpointGroup, "allows", "tcp/443"),
        ...urns.servers.flatMap((server) => [
            edge(urns.serverGroup, server, "attached"),
            edge(server, urns.auditLog, "logs-to"),
            edge(server, urns.systemLog, "logs-to"),
            edge(urns.volumeKey, server, "encrypts"),
        ]),
        edge(urns.balancerGroup, urns.balancer, "attached"),
        ...urns.endpoints.map((endpoint) => edge(urns.endpointGroup, endpoint, "attached")),
        edge(urns.network, urns.flowLog, "logs-to"),
        edge(urns.auditLog, urns.archive, "logs-to"),
        edge(urns.trail, urns.archive, "logs-to"),
        edge(urns.logKey, urns.auditLog, "encrypts"),
        edge(urns.logKey, urns.archive, "encrypts"),
        edge(urns.auditLog, urns.topic, "alarms"),
    ],
};

import {
    bucketTypes,
    customerKeyTypes,
    subnetTypes,
    TypeToken,
    vpcTypes,
} from "../../aws/type-tokens";
import type { TopologyEdge } from "../../catalog/records/judged-stack";
import type { GraphIndex } from "../graph/graph-index";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { Scope } from "../graph/scope";
import { compareBy } from "../judging/order";
import type { Peer } from "../reading/peers";
import { carriersOf } from "../reading/server-groups";
import { trafficRulesOf } from "../reading/traffic-rules";
import { readText } from "../reading/values";

/** The relations that a drawing shows, each once, sorted. */
export function edgesOf(graph: GraphIndex, scope: Scope): readonly TopologyEdge[] {
    const edges = new Map<string, TopologyEdge>();
    for (const edge of [
        ...trafficEdges(graph),
        ...attachmentEdges(graph),
        ...logEdges(graph),
        ...keyEdges(graph),
        ...alarmEdges(graph),
    ]) {
        const ends = [edge.from, edge.to].map((urn) => graph.byUrn(urn));
        if (ends.every((end) => end === undefined || scope.includes(end))) {
            edges.set(JSON.stringify(edge), edge);
        }
    }
    return [...edges.values()].sort(
        compareBy<TopologyEdge>(
            ({ kind }) => kind,
            ({ from }) => from,
            ({ to }) => to,
            ({ label }) => label,
        ),
    );
}

function* trafficEdges(graph: GraphIndex): Generator<TopologyEdge> {
    for (const { direction, groups, peers, traffic } of trafficRulesOf(graph).rules) {
        const label = traffic.kind === "known" ? traffic.value.text : "unknown";
        for (const group of groups) {
            for (const peer of peers.flatMap((each) => peerNames(graph, each, group))) {
                yield direction === "ingress"
                    ? { from: peer, to: group.urn, kind: "allows", label }
                    : { from: group.urn, to: peer, kind: "allows", label };
            }
        }
    }
}

/** A peer as an end of an edge: a URN where it is a group of this graph, else what people call it. */
function peerNames(graph: GraphIndex, peer: Peer, group: RegisteredResource): readonly string[] {
    switch (peer.kind) {
        case "addresses":
            return peer.addresses.toCidrs();
        case "prefix-list":
            return [peer.id];
        case "group": {
            const named = peer.name === undefined ? [] : graph.identifiedBy(peer.name);
            return [named[0]?.urn ?? peer.name ?? group.urn];
        }
        case "endpoint":
            return ["gateway endpoint"];
        case "open":
            return ["unknown"];
    }
}

function* attachmentEdges(graph: GraphIndex): Generator<TopologyEdge> {
    for (const [group, servers] of carriersOf(graph)) {
        for (const server of servers) {
            yield { from: server.urn, to: group.urn, kind: "attached", label: "" };
        }
    }
}

const trailType = "aws:cloudtrail/trail:Trail";
const logTypes = [TypeToken.LogGroup, ...bucketTypes];

function* logEdges(graph: GraphIndex): Generator<TopologyEdge> {
    for (const log of graph.ofType(TypeToken.FlowLog)) {
        const sources = [["vpcId"], ["subnetId"]].flatMap(
            (path) => graph.reference(log, path, [...vpcTypes, ...subnetTypes]).resources,
        );
        for (const source of sources) {
            for (const target of targets(
                graph,
                log,
                [["logDestination"], ["logGroupName"]],
                logTypes,
            )) {
                yield { from: source.urn, to: target.urn, kind: "logs-to", label: "flows" };
            }
        }
    }
    for (const trail of graph.ofType(trailType)) {
        for (const target of targets(
            graph,
            trail,
            [["s3BucketName"], ["cloudWatchLogsGroupArn"]],
            logTypes,
        )) {
            yield { from: trail.urn, to: target.urn, kind: "logs-to", label: "API calls" };
        }
    }
}

const keyProperties: readonly PropertyPath[] = [
    ["kmsKeyId"],
    ["kmsKeyArn"],
    ["kmsMasterKeyId"],
    ["rootBlockDevice", "kmsKeyId"],
    ["ebsBlockDevices", 0, "kmsKeyId"],
];

function* keyEdges(graph: GraphIndex): Generator<TopologyEdge> {
    for (const resource of graph.resources) {
        for (const key of targets(graph, resource, keyProperties, customerKeyTypes)) {
            yield { from: key.urn, to: resource.urn, kind: "encrypts", label: "" };
        }
    }
}

const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const filterType = "aws:cloudwatch/logMetricFilter:LogMetricFilter";

/** From the log whose filter makes an alarm's metric to the topic that the alarm tells. */
function* alarmEdges(graph: GraphIndex): Generator<TopologyEdge> {
    const logsByMetric = new Map<string | undefined, RegisteredResource[]>();
    for (const filter of graph.ofType(filterType)) {
        const metric = textAt(filter, ["metricTransformation", "name"]);
        const logs = targets(graph, filter, [["logGroupName"]], [TypeToken.LogGroup]);
        logsByMetric.set(metric, [...(logsByMetric.get(metric) ?? []), ...logs]);
    }
    for (const alarm of graph.ofType(alarmType)) {
        const metric = textAt(alarm, ["metricName"]);
        for (const log of metric === undefined ? [] : (logsByMetric.get(metric) ?? [])) {
            for (const topic of targets(
                graph,
                alarm,
                [["alarmActions", 0]],
                ["aws:sns/topic:Topic"],
            )) {
                yield { from: log.urn, to: topic.urn, kind: "alarms", label: alarm.name };
            }
        }
    }
}

function textAt(resource: RegisteredResource, path: PropertyPath): string | undefined {
    const found = readText(resource.properties, path);
    return found.kind === "known" ? found.value : undefined;
}

function targets(
    graph: GraphIndex,
    resource: RegisteredResource,
    paths: readonly PropertyPath[],
    types: readonly string[],
): readonly RegisteredResource[] {
    return paths.flatMap((path) => graph.reference(resource, path, types).resources);
}

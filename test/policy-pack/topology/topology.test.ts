import assert from "node:assert/strict";
import { GraphIndex } from "../../../policy-pack/graph/graph-index";
import { SecretValue, UNKNOWN } from "../../../policy-pack/graph/resource";
import { buildScope } from "../../../policy-pack/graph/scope";
import { topologyOf } from "../../../policy-pack/topology";
import { sketchResource, testProject, testStack, urnOf } from "../../support/resources";

const vpc = sketchResource({
    type: "aws:ec2/vpc:Vpc",
    name: "vpc",
    properties: { cidrBlock: "10.0.0.0/16" },
});
const subnet = sketchResource({
    type: "aws:ec2/subnet:Subnet",
    name: "subnet",
    properties: { cidrBlock: "10.0.1.0/24", availabilityZone: UNKNOWN, vpcId: UNKNOWN },
    propertyDependencies: { vpcId: [vpc.urn] },
});
const clients = group("clients", []);
const servers = group("servers", [
    { protocol: "tcp", fromPort: 8200, toPort: 8200, securityGroups: [UNKNOWN] },
    { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.1.0.0/16"] },
]);
const key = sketchResource({ type: "aws:kms/key:Key", name: "key" });
const server = sketchResource({
    type: "aws:ec2/instance:Instance",
    name: "server",
    properties: {
        ami: "ami-1",
        instanceType: new SecretValue("m7i.large"),
        subnetId: UNKNOWN,
        vpcSecurityGroupIds: [UNKNOWN],
    },
    propertyDependencies: { subnetId: [subnet.urn], vpcSecurityGroupIds: [servers.urn] },
});
const logs = sketchResource({
    type: "aws:cloudwatch/logGroup:LogGroup",
    name: "logs",
    properties: { retentionInDays: 400, kmsKeyId: UNKNOWN },
    propertyDependencies: { kmsKeyId: [key.urn] },
});
const flowLog = sketchResource({
    type: "aws:ec2/flowLog:FlowLog",
    name: "flows",
    properties: { vpcId: UNKNOWN, logDestination: UNKNOWN },
    propertyDependencies: { vpcId: [vpc.urn], logDestination: [logs.urn] },
});
const filter = sketchResource({
    type: "aws:cloudwatch/logMetricFilter:LogMetricFilter",
    name: "filter",
    properties: { logGroupName: UNKNOWN, metricTransformation: { name: "Failures" } },
    propertyDependencies: { logGroupName: [logs.urn] },
});
const topic = sketchResource({ type: "aws:sns/topic:Topic", name: "topic" });
const alarm = sketchResource({
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    name: "failures",
    properties: { metricName: "Failures", alarmActions: [UNKNOWN] },
    propertyDependencies: { alarmActions: [topic.urn] },
});

function group(name: string, ingress: readonly unknown[]): ReturnType<typeof sketchResource> {
    return sketchResource({
        type: "aws:ec2/securityGroup:SecurityGroup",
        name,
        properties: { ingress, vpcId: UNKNOWN },
        propertyDependencies: {
            vpcId: [vpc.urn],
            ...(name === "servers"
                ? { ingress: [urnOf("aws:ec2/securityGroup:SecurityGroup", "clients")] }
                : {}),
        },
    });
}

describe("topologyOf", () => {
    const all = [vpc, subnet, clients, servers, key, server, logs, flowLog, filter, topic, alarm];
    const graph = new GraphIndex(all, testProject, testStack);
    const topology = topologyOf(graph, buildScope(graph));
    const short = (urn: string): string => urn.split("::").at(-1) ?? "";

    it("draws each thing in what encloses it, with the facts that are known and no secret", () => {
        assert.deepEqual(
            topology.nodes.map(({ urn, kind, inside, facts }) => [
                short(urn),
                kind,
                short(inside),
                facts,
            ]),
            [
                ["logs", "log-group", "", { retentionDays: "400" }],
                ["server", "server", "subnet", { image: "ami-1" }],
                ["clients", "security-group", "vpc", {}],
                ["servers", "security-group", "vpc", {}],
                ["subnet", "subnet", "vpc", { cidr: "10.0.1.0/24" }],
                ["vpc", "network", "", { cidr: "10.0.0.0/16" }],
                ["key", "key", "", {}],
                ["topic", "topic", "", {}],
            ],
        );
    });

    it("draws who may talk to whom, where logs go, what keys encrypt and whom alarms tell", () => {
        assert.deepEqual(
            topology.edges.map(({ from, kind, to, label }) =>
                [short(from), kind, short(to), label].join(" ").trim(),
            ),
            [
                "logs alarms topic failures",
                "10.1.0.0/16 allows servers tcp/443",
                "clients allows servers tcp/8200",
                "server attached servers",
                "key encrypts logs",
                "vpc logs-to logs flows",
            ],
        );
    });

    it("leaves out what is out of scope, and templates that groups are made from", () => {
        const template = sketchResource({
            type: "aws:ec2/launchTemplate:LaunchTemplate",
            name: "template",
        });
        const fleet = sketchResource({
            type: "aws:autoscaling/group:Group",
            name: "fleet",
            properties: { launchTemplate: { id: UNKNOWN } },
            propertyDependencies: { launchTemplate: [template.urn] },
        });
        const both = new GraphIndex([template, fleet], testProject, testStack);
        assert.deepEqual(
            topologyOf(both, buildScope(both)).nodes.map(({ name }) => name),
            ["fleet"],
        );
        const none = { mode: "marked" as const, keyServers: [], includes: () => false };
        assert.deepEqual(topologyOf(both, none), { nodes: [], edges: [] });
    });
});

import type { Finding } from "../../../catalog/records/finding";
import type { Topology, TopologyNode } from "../../../catalog/records/judged-stack";
import { sampleTexts } from "./catalog-texts";
import { finding } from "./findings";
import { urn } from "./urns";

/** Findings of every policy over many servers: a tenth blocks. */
export function manyFindings(count: number): Finding[] {
    const policies = sampleTexts.policies.map(({ name }) => name);
    return Array.from({ length: count }, (_, index) =>
        finding(
            policies[index % policies.length] ?? "",
            index % 13 === 0 ? "indeterminate" : "fail",
            index % 10 === 3 ? "mandatory" : "advisory",
            serverUrn(index),
            `rootBlockDevice.setting[${index}]`,
            `the setting of server ${index} must be the demanded one; found another, through fleet-server-${index} ← fleet-template-${index % 7} ← fleet`,
        ),
    );
}

/** A fleet of so many resources: networks of three subnets with servers, endpoints, groups, logs and keys. */
export function largeTopology(resources: number): Topology {
    const nodes: TopologyNode[] = [];
    const edges = [];
    const perNetwork = 1_000;
    for (let index = 0; index < resources; index++) {
        const network = Math.floor(index / perNetwork);
        const networkUrn = urn("aws:ec2/vpc:Vpc", `fleet-${network}`);
        const place = index % perNetwork;
        if (place === 0) {
            nodes.push(node(networkUrn, "network", "", { cidr: `10.${network}.0.0/16` }));
        } else if (place <= 3) {
            nodes.push(
                node(
                    urn("aws:ec2/subnet:Subnet", `fleet-${network}-${place}`),
                    "subnet",
                    networkUrn,
                    {
                        zone: `eu-central-1${"abc"[place - 1]}`,
                    },
                ),
            );
        } else if (place === 4) {
            nodes.push(
                node(
                    urn("aws:ec2/securityGroup:SecurityGroup", `fleet-${network}`),
                    "security-group",
                    networkUrn,
                ),
            );
        } else if (place <= 8) {
            nodes.push(node(urn("aws:kms/key:Key", `fleet-${network}-${place}`), "key", ""));
        } else {
            const subnet = urn("aws:ec2/subnet:Subnet", `fleet-${network}-${(place % 3) + 1}`);
            nodes.push(node(serverUrn(index), "server", subnet, { zone: "eu-central-1a" }));
            edges.push({
                from: urn("aws:ec2/securityGroup:SecurityGroup", `fleet-${network}`),
                to: serverUrn(index),
                kind: "attached",
                label: "",
            });
        }
    }
    return { nodes, edges };
}

function serverUrn(index: number): string {
    return urn("aws:ec2/instance:Instance", `fleet-server-${index}`);
}

function node(
    nodeUrn: string,
    kind: string,
    inside: string,
    facts: Record<string, string> = {},
): TopologyNode {
    return { urn: nodeUrn, kind, name: nodeUrn.split("::").at(-1) ?? "", inside, facts };
}

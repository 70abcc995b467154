import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Workload } from "../../catalog/workload";
import type { KeyServerClientArgs } from "../key-server";
import { physicalName } from "../names";
import { servicePorts } from "../server/security-group";
import { slug } from "../slug";
import { type Tags, withName } from "../tags";

export interface ClusterSecurityGroups {
    /** What every server of the cluster carries. */
    readonly servers: aws.ec2.SecurityGroup;
    /** What the load balancer carries. */
    readonly balancer: aws.ec2.SecurityGroup;
    readonly rules: pulumi.Resource[];
}

/**
 * Clients reach the load balancer, the load balancer reaches the servers, servers reach each other: one rule for each port and direction.
 * The egress of the load balancer's group carries its health checks as well.
 */
export function createClusterSecurityGroups(
    name: string,
    software: Workload,
    args: {
        readonly vpcId: pulumi.Input<string>;
        readonly clients: readonly KeyServerClientArgs[];
        readonly servicePorts?: number[];
        readonly region?: pulumi.Input<string>;
        readonly tags?: Tags;
    },
    parent: pulumi.Resource,
): ClusterSecurityGroups {
    const { region, tags } = args;
    const group = (resourceName: string, description: string): aws.ec2.SecurityGroup =>
        new aws.ec2.SecurityGroup(
            resourceName,
            {
                name: physicalName(resourceName, "securityGroup"),
                description,
                vpcId: args.vpcId,
                region,
                tags: withName(tags, resourceName),
            },
            { parent },
        );
    const servers = group(name, `${software.title} servers: load balancer and peers`);
    const balancer = group(`${name}-balancer`, `${software.title} load balancer: named clients`);
    const rule = (
        kind: "Ingress" | "Egress",
        suffix: string,
        port: number,
        description: string,
        ends: Pick<
            aws.vpc.SecurityGroupIngressRuleArgs,
            "securityGroupId" | "referencedSecurityGroupId" | "cidrIpv4"
        >,
    ): pulumi.Resource => {
        const resourceName = `${name}-${suffix}-${port}`;
        const Rule =
            kind === "Ingress" ? aws.vpc.SecurityGroupIngressRule : aws.vpc.SecurityGroupEgressRule;
        return new Rule(
            resourceName,
            {
                ...ends,
                ipProtocol: "tcp",
                fromPort: port,
                toPort: port,
                description,
                region,
                tags: withName(tags, resourceName),
            },
            { parent },
        );
    };
    const api = servicePorts(software, args);
    const among = software.peers
        ? [
              ...new Set([
                  ...api,
                  ...software.ports.filter(({ from }) => from === "peers").map(({ port }) => port),
              ]),
          ]
        : [];
    const rules = [
        ...args.clients.flatMap((client) =>
            api.map((port) =>
                rule("Ingress", slug(client.name), port, `${software.title} for ${client.name}`, {
                    securityGroupId: balancer.id,
                    referencedSecurityGroupId: client.securityGroupId,
                    cidrIpv4: client.cidrBlock,
                }),
            ),
        ),
        ...api.flatMap((port) => [
            rule("Egress", "to-servers", port, "To the servers, health checks included", {
                securityGroupId: balancer.id,
                referencedSecurityGroupId: servers.id,
            }),
            rule("Ingress", "from-balancer", port, "From the load balancer", {
                securityGroupId: servers.id,
                referencedSecurityGroupId: balancer.id,
            }),
        ]),
        ...among.flatMap((port) => [
            rule("Ingress", "from-peers", port, "From the other servers of the cluster", {
                securityGroupId: servers.id,
                referencedSecurityGroupId: servers.id,
            }),
            rule("Egress", "to-peers", port, "To the other servers of the cluster", {
                securityGroupId: servers.id,
                referencedSecurityGroupId: servers.id,
            }),
        ]),
    ];
    return { servers, balancer, rules };
}

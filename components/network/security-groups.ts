import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { KeyServerNetworkArgs } from "../key-server-network";
import { physicalName } from "../names";
import { slug } from "../slug";
import { withName } from "../tags";

export interface NetworkSecurityGroups {
    /** What servers carry to reach endpoints. */
    readonly endpointClients: aws.ec2.SecurityGroup;
    /** What interface endpoints carry. */
    readonly endpoints: aws.ec2.SecurityGroup;
    /** What named clients carry to be let in to servers, which hold the rules. */
    readonly clients: readonly aws.ec2.SecurityGroup[];
    readonly rules: readonly pulumi.Resource[];
}

/**
 * The two groups between servers and interface endpoints, and one for each named client. Servers of every cluster share the first, so the number of rules does not
 * grow with the number of servers (AWS allows 60 in a group).
 */
export function createSecurityGroups(
    name: string,
    { clientNames = [], region, tags }: KeyServerNetworkArgs,
    vpc: aws.ec2.Vpc,
    parent: pulumi.Resource,
): NetworkSecurityGroups {
    const group = (suffix: string, description: string): aws.ec2.SecurityGroup =>
        new aws.ec2.SecurityGroup(
            `${name}-${suffix}`,
            {
                name: physicalName(`${name}-${suffix}`, "securityGroup"),
                description,
                vpcId: vpc.id,
                region,
                tags: withName(tags, `${name}-${suffix}`),
            },
            { parent },
        );
    const endpointClients = group(
        "endpoint-clients",
        "Key servers: HTTPS to VPC endpoints and nothing else",
    );
    const endpoints = group("endpoints", "VPC endpoints: HTTPS from key servers and nothing else");
    const rules = [
        new aws.vpc.SecurityGroupIngressRule(
            `${name}-endpoints-from-clients`,
            {
                securityGroupId: endpoints.id,
                referencedSecurityGroupId: endpointClients.id,
                ipProtocol: "tcp",
                fromPort: 443,
                toPort: 443,
                description: "HTTPS from key servers",
                region,
                tags: withName(tags, `${name}-endpoints-from-clients`),
            },
            { parent },
        ),
        new aws.vpc.SecurityGroupEgressRule(
            `${name}-clients-to-endpoints`,
            {
                securityGroupId: endpointClients.id,
                referencedSecurityGroupId: endpoints.id,
                ipProtocol: "tcp",
                fromPort: 443,
                toPort: 443,
                description: "HTTPS to the VPC endpoints of AWS services",
                region,
                tags: withName(tags, `${name}-clients-to-endpoints`),
            },
            { parent },
        ),
    ];
    const clients = clientNames.map((client) =>
        group(`client-${slug(client)}`, `Client of key servers: ${client}`),
    );
    return { endpointClients, endpoints, clients, rules };
}

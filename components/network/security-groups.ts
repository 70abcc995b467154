import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { KeyServerNetworkArgs } from "../key-server-network";
import { physicalName } from "../names";
import { createMirrorEgress } from "./package-mirror";
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
    { adopted, clientNames = [], packageMirror, region, tags }: KeyServerNetworkArgs,
    vpcId: pulumi.Input<string>,
    parent: pulumi.Resource,
): NetworkSecurityGroups {
    const group = (suffix: string, description: string): aws.ec2.SecurityGroup =>
        new aws.ec2.SecurityGroup(
            `${name}-${suffix}`,
            {
                name: physicalName(`${name}-${suffix}`, "securityGroup"),
                description,
                vpcId,
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
    const rules: pulumi.Resource[] = httpsRules(
        { ingress: `${name}-endpoints-from-clients`, egress: `${name}-clients-to-endpoints` },
        endpointClients.id,
        endpoints.id,
        { region, tags },
        parent,
    );
    for (const { securityGroupId, service } of adopted?.endpoints ?? []) {
        rules.push(
            ...httpsRules(
                {
                    ingress: `${name}-${service}-from-clients`,
                    egress: `${name}-clients-to-${service}`,
                },
                endpointClients.id,
                securityGroupId,
                { region, tags },
                parent,
            ),
        );
    }
    if (packageMirror !== undefined) {
        const egress = { securityGroupId: endpointClients.id, region, tags };
        rules.push(createMirrorEgress(`${name}-clients-to-mirror`, packageMirror, egress, parent));
    }
    const clients = clientNames.map((client) =>
        group(`client-${slug(client)}`, `Client of key servers: ${client}`),
    );
    return { endpointClients, endpoints, clients, rules };
}

/** HTTPS from servers to endpoints, let in on one side and out on the other. */
function httpsRules(
    names: { readonly ingress: string; readonly egress: string },
    clientsId: pulumi.Input<string>,
    endpointsId: pulumi.Input<string>,
    { region, tags }: Pick<KeyServerNetworkArgs, "region" | "tags">,
    parent: pulumi.Resource,
): pulumi.Resource[] {
    const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443, region };
    return [
        new aws.vpc.SecurityGroupIngressRule(
            names.ingress,
            {
                ...https,
                securityGroupId: endpointsId,
                referencedSecurityGroupId: clientsId,
                description: "HTTPS from key servers",
                tags: withName(tags, names.ingress),
            },
            { parent },
        ),
        new aws.vpc.SecurityGroupEgressRule(
            names.egress,
            {
                ...https,
                securityGroupId: clientsId,
                referencedSecurityGroupId: endpointsId,
                description: "HTTPS to the VPC endpoints of AWS services",
                tags: withName(tags, names.egress),
            },
            { parent },
        ),
    ];
}

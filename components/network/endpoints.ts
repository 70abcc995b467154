import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parameter } from "../../catalog/parameters";
import type { KeyServerNetworkArgs } from "../key-server-network";
import type { Location } from "../location";
import { withName } from "../tags";
import { gatewayPolicy, interfacePolicy } from "./endpoint-policies";
import type { NetworkSecurityGroups } from "./security-groups";
import type { Subnets } from "./subnets";

/** Interface endpoints of a network that names none: what every closed network needs, and the store of certificates. */
const defaultInterfaceEndpoints: readonly string[] = [
    ...parameter("requiredEndpointServices").value.filter((service) => service !== "s3"),
    "secretsmanager",
].sort();

export interface Endpoints {
    /** Endpoints, and the rule that lets servers use the gateway. */
    readonly all: readonly pulumi.Resource[];
}

/** Interface endpoints in every subnet, and the gateway of Amazon S3. */
export function createEndpoints(
    name: string,
    args: KeyServerNetworkArgs,
    location: Location,
    { vpc, subnets, routeTable }: Subnets,
    groups: NetworkSecurityGroups,
    parent: pulumi.Resource,
): Endpoints {
    const { region, tags } = args;
    const services = args.interfaceEndpoints ?? defaultInterfaceEndpoints;
    const interfaces = services.map(
        (service) =>
            new aws.ec2.VpcEndpoint(
                `${name}-${service}`,
                {
                    vpcId: vpc.id,
                    vpcEndpointType: "Interface",
                    serviceName: pulumi.interpolate`com.amazonaws.${location.region}.${service}`,
                    subnetIds: subnets.map((subnet) => subnet.id),
                    securityGroupIds: [groups.endpoints.id],
                    privateDnsEnabled: true,
                    policy: interfacePolicy(service, location),
                    region,
                    tags: withName(tags, `${name}-${service}`),
                },
                { parent },
            ),
    );
    const gateway = new aws.ec2.VpcEndpoint(
        `${name}-s3`,
        {
            vpcId: vpc.id,
            vpcEndpointType: "Gateway",
            serviceName: pulumi.interpolate`com.amazonaws.${location.region}.s3`,
            routeTableIds: [routeTable.id],
            policy: gatewayPolicy(location),
            region,
            tags: withName(tags, `${name}-s3`),
        },
        { parent },
    );
    const toGateway = new aws.vpc.SecurityGroupEgressRule(
        `${name}-clients-to-s3`,
        {
            securityGroupId: groups.endpointClients.id,
            prefixListId: gateway.prefixListId,
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            description: "HTTPS to Amazon S3 through its gateway endpoint",
            region,
            tags: withName(tags, `${name}-clients-to-s3`),
        },
        { parent },
    );
    return { all: [...interfaces, gateway, toGateway] };
}

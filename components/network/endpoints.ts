import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { hasEc2Messages } from "../../aws/service-buckets";
import { parameter } from "../../catalog/parameters";
import type { KeyServerNetworkArgs } from "../key-server-network";
import type { Location } from "../location";
import { withName } from "../tags";
import { known } from "../validation/problems";
import { checkedRegion } from "../validation/region";
import { gatewayPolicy, interfacePolicy } from "./endpoint-policies";
import type { NetworkSecurityGroups } from "./security-groups";
import type { Subnets } from "./subnets";

/**
 * Interface endpoints of a network that names none: what every closed network needs, the store of certificates, and their authority where there is one. Regions that opened in 2024 or
 * later lack the older message service.
 */
export function defaultInterfaceEndpoints({
    certificateAuthorityArn,
    region,
}: Pick<KeyServerNetworkArgs, "certificateAuthorityArn" | "region">): readonly string[] {
    const place = known(region) ?? aws.config.region;
    const issuing = certificateAuthorityArn === undefined ? [] : ["acm-pca"];
    return [...parameter("requiredEndpointServices").value, "secretsmanager", ...issuing]
        .filter((service) => service !== "s3")
        .filter(
            (service) => service !== "ec2messages" || place === undefined || hasEc2Messages(place),
        )
        .sort();
}

/** Whether the network gets a gateway of Amazon S3: an adopted one whose route tables are not named has it already. */
export function makesGateway({ adopted }: KeyServerNetworkArgs): boolean {
    return adopted === undefined || (adopted.routeTableIds ?? []).length > 0;
}

export interface Endpoints {
    /** Endpoints, and the rule that lets servers use the gateway. */
    readonly all: readonly pulumi.Resource[];
}

/** Interface endpoints in every subnet, and the gateway of Amazon S3. */
export function createEndpoints(
    name: string,
    args: KeyServerNetworkArgs,
    location: Location,
    { routeTableIds, subnetIds, vpcId }: Subnets,
    groups: NetworkSecurityGroups,
    parent: pulumi.Resource,
): Endpoints {
    const { region, tags } = args;
    const existing = (args.adopted?.endpoints ?? []).map(({ service }) => service);
    const services = (args.interfaceEndpoints ?? defaultInterfaceEndpoints(args)).filter(
        (service) => !existing.includes(service),
    );
    const interfaces = services.map(
        (service) =>
            new aws.ec2.VpcEndpoint(
                `${name}-${service}`,
                {
                    vpcId,
                    vpcEndpointType: "Interface",
                    serviceName: pulumi.interpolate`com.amazonaws.${location.region}.${service}`,
                    subnetIds: [...subnetIds],
                    securityGroupIds: [groups.endpoints.id],
                    privateDnsEnabled: true,
                    policy: interfacePolicy(service, location, args),
                    region,
                    tags: withName(tags, `${name}-${service}`),
                },
                { parent },
            ),
    );
    const gateway =
        routeTableIds.length === 0
            ? undefined
            : createGateway(name, args, location, { routeTableIds, vpcId }, parent);
    const toGateway = new aws.vpc.SecurityGroupEgressRule(
        `${name}-clients-to-s3`,
        {
            securityGroupId: groups.endpointClients.id,
            prefixListId: gateway?.prefixListId ?? prefixListOfS3(location, region, parent),
            ipProtocol: "tcp",
            fromPort: 443,
            toPort: 443,
            description: "HTTPS to Amazon S3 through its gateway endpoint",
            region,
            tags: withName(tags, `${name}-clients-to-s3`),
        },
        { parent },
    );
    return { all: [...interfaces, ...(gateway === undefined ? [] : [gateway]), toGateway] };
}

function createGateway(
    name: string,
    { organizationId, region, tags }: KeyServerNetworkArgs,
    location: Location,
    { routeTableIds, vpcId }: Pick<Subnets, "routeTableIds" | "vpcId">,
    parent: pulumi.Resource,
): aws.ec2.VpcEndpoint {
    return new aws.ec2.VpcEndpoint(
        `${name}-s3`,
        {
            vpcId,
            vpcEndpointType: "Gateway",
            serviceName: pulumi.interpolate`com.amazonaws.${location.region}.s3`,
            routeTableIds: [...routeTableIds],
            policy: gatewayPolicy(
                { ...location, region: checkedRegion(location.region, parent) },
                organizationId,
            ),
            region,
            tags: withName(tags, `${name}-s3`),
        },
        { parent },
    );
}

/** Amazon's list of the addresses of Amazon S3, where the gateway exists already. */
function prefixListOfS3(
    location: Location,
    region: pulumi.Input<string> | undefined,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    return aws.ec2.getManagedPrefixListOutput(
        { name: pulumi.interpolate`com.amazonaws.${location.region}.s3`, region },
        { parent },
    ).id;
}

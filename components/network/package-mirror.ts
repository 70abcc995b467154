import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { PackageMirrorArgs } from "../key-server";
import { type Tags, withName } from "../tags";

const defaultPorts: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

/** TCP port of a mirror; undefined without one. */
export function mirrorPort(mirror: Pick<PackageMirrorArgs, "url"> | undefined): number | undefined {
    if (mirror === undefined) {
        return undefined;
    }
    const { port, protocol } = new URL(mirror.url);
    return port === "" ? defaultPorts[protocol] : Number(port);
}

/** The rule that lets a security group out to the mirror: security groups take no host names. */
export function createMirrorEgress(
    name: string,
    mirror: PackageMirrorArgs,
    args: {
        readonly securityGroupId: pulumi.Input<string>;
        readonly region?: pulumi.Input<string>;
        readonly tags?: Tags;
    },
    parent: pulumi.Resource,
): pulumi.Resource {
    const { region, securityGroupId, tags } = args;
    const port = mirrorPort(mirror);
    return new aws.vpc.SecurityGroupEgressRule(
        name,
        {
            securityGroupId,
            referencedSecurityGroupId: mirror.securityGroupId,
            cidrIpv4: mirror.cidrBlock,
            ipProtocol: "tcp",
            fromPort: port,
            toPort: port,
            description: "To the package mirror",
            region,
            tags: withName(tags, name),
        },
        { parent },
    );
}

/** The route to a mirror outside the VPC, as a route table takes it; none to one inside. */
export function mirrorRoutes(
    mirror: PackageMirrorArgs | undefined,
): aws.types.input.ec2.RouteTableRoute[] {
    const { cidrBlock, transitGatewayId, vpcPeeringConnectionId } = mirror ?? {};
    return transitGatewayId === undefined && vpcPeeringConnectionId === undefined
        ? []
        : [{ cidrBlock, transitGatewayId, vpcPeeringConnectionId }];
}

/** The mirror as a server takes it: the way there is the network's. */
export function mirrorWithoutRoute(
    mirror: PackageMirrorArgs | undefined,
): PackageMirrorArgs | undefined {
    return mirror === undefined
        ? undefined
        : { ...mirror, transitGatewayId: undefined, vpcPeeringConnectionId: undefined };
}

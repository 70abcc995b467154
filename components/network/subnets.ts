import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { KeyServerNetworkArgs } from "../key-server-network";
import { withName } from "../tags";
import { subnetOf } from "../validation/cidr";

/** Zones of a network that names none. */
const defaultZoneCount = 3;

/** Range of a network that names none: 1,024 addresses, a fourth of them for each of three zones and one in reserve. */
const defaultCidrBlock = "10.80.0.0/22";

export interface Subnets {
    readonly vpc: aws.ec2.Vpc;
    readonly routeTable: aws.ec2.RouteTable;
    readonly subnets: readonly aws.ec2.Subnet[];
    readonly associations: readonly pulumi.Resource[];
}

/** A VPC with one private subnet per zone and a route table without any way out. */
export function createSubnets(
    name: string,
    args: KeyServerNetworkArgs,
    parent: pulumi.Resource,
): Subnets {
    const { region, tags } = args;
    const cidrBlock = args.cidrBlock ?? defaultCidrBlock;
    const vpc = new aws.ec2.Vpc(
        name,
        {
            cidrBlock,
            enableDnsSupport: true,
            enableDnsHostnames: true,
            region,
            tags: withName(tags, name),
        },
        { parent },
    );
    // AWS makes this group with every VPC, open to itself; whoever forgets to name a group lands in it.
    new aws.ec2.DefaultSecurityGroup(
        `${name}-default`,
        { vpcId: vpc.id, ingress: [], egress: [], region, tags: withName(tags, `${name}-default`) },
        { parent },
    );
    const routeTable = new aws.ec2.RouteTable(
        `${name}-private`,
        { vpcId: vpc.id, routes: [], region, tags: withName(tags, `${name}-private`) },
        { parent },
    );
    const zones = args.availabilityZones ?? firstZones(region, parent);
    const subnets = zones.map(
        (availabilityZone, index) =>
            new aws.ec2.Subnet(
                `${name}-private-${index + 1}`,
                {
                    vpcId: vpc.id,
                    availabilityZone,
                    cidrBlock: pulumi
                        .output(cidrBlock)
                        .apply((cidr) => subnetOf(cidr, index, zones.length)),
                    mapPublicIpOnLaunch: false,
                    assignIpv6AddressOnCreation: false,
                    region,
                    tags: withName(tags, `${name}-private-${index + 1}`),
                },
                { parent },
            ),
    );
    const associations = subnets.map(
        (subnet, index) =>
            new aws.ec2.RouteTableAssociation(
                `${name}-private-${index + 1}`,
                { subnetId: subnet.id, routeTableId: routeTable.id, region },
                { parent },
            ),
    );
    return { vpc, routeTable, subnets, associations };
}

function firstZones(
    region: pulumi.Input<string> | undefined,
    parent: pulumi.Resource,
): pulumi.Output<string>[] {
    const { names } = aws.getAvailabilityZonesOutput(
        {
            state: "available",
            // Local and wavelength zones must be opted into and lack most endpoints.
            filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
            region,
        },
        { parent },
    );
    return Array.from({ length: defaultZoneCount }, (_, index) =>
        names.apply((found) => found[index] ?? ""),
    );
}

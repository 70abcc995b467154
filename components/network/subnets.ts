import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { KeyServerNetworkArgs } from "../key-server-network";
import { withName } from "../tags";
import { subnetOf } from "../validation/cidr";
import { mirrorRoutes } from "./package-mirror";

/** Zones of a network that names none. */
const defaultZoneCount = 3;

/** Range of a network that names none: 1,024 addresses, a fourth of them for each of three zones and one in reserve. */
export const defaultCidrBlock = "10.80.0.0/22";

/** The VPC and subnets that servers stand in, made or adopted. */
export interface Subnets {
    readonly vpcId: pulumi.Output<string>;
    readonly cidrBlock: pulumi.Output<string>;
    readonly subnetIds: readonly pulumi.Output<string>[];
    readonly availabilityZones: readonly pulumi.Output<string>[];
    /** Route tables that get the gateway endpoint of Amazon S3; empty where one exists already. */
    readonly routeTableIds: readonly pulumi.Input<string>[];
    readonly vpc?: aws.ec2.Vpc;
    readonly routeTable?: aws.ec2.RouteTable;
    readonly associations: readonly pulumi.Resource[];
}

/** The adopted VPC, or a new one. */
export function createSubnets(
    name: string,
    args: KeyServerNetworkArgs,
    parent: pulumi.Resource,
): Subnets {
    const { adopted } = args;
    return adopted === undefined
        ? makeSubnets(name, args, parent)
        : {
              vpcId: pulumi.output(adopted.vpcId),
              cidrBlock: pulumi.output(adopted.cidrBlock),
              subnetIds: adopted.subnetIds.map((id) => pulumi.output(id)),
              availabilityZones: adopted.availabilityZones.map((zone) => pulumi.output(zone)),
              routeTableIds: adopted.routeTableIds ?? [],
              associations: [],
          };
}

/** A VPC with one private subnet per zone and a route table that leads to the package mirror at most. */
function makeSubnets(name: string, args: KeyServerNetworkArgs, parent: pulumi.Resource): Subnets {
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
        {
            vpcId: vpc.id,
            routes: mirrorRoutes(args.packageMirror),
            region,
            tags: withName(tags, `${name}-private`),
        },
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
    return {
        vpcId: vpc.id,
        cidrBlock: vpc.cidrBlock,
        subnetIds: subnets.map((subnet) => subnet.id),
        availabilityZones: subnets.map((subnet) => subnet.availabilityZone),
        routeTableIds: [routeTable.id],
        vpc,
        routeTable,
        associations,
    };
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

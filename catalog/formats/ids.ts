import type { Format } from "./format";

/** Forms of the ids that AWS gives what it makes. */
export const idFormats = {
    accountId: {
        pattern: /^\d{12}$/,
        what: "an AWS account of twelve digits",
        source: "AWS Account Management reference guide, AWS account identifiers",
    },
    hostedZoneId: {
        pattern: /^Z[A-Z0-9]{0,31}$/,
        what: 'the id of a hosted zone such as "Z0123456789ABCDEFGHIJ"',
        source: "Amazon Route 53 API reference, HostedZone",
    },
    imageId: idOf("an image", "ami"),
    organizationId: {
        pattern: /^o-[a-z0-9]{10,32}$/,
        what: 'the id of an organisation such as "o-a1b2c3d4e5"',
        source: "AWS Organizations API reference, Organization",
    },
    routeTableId: idOf("a route table", "rtb"),
    securityGroupId: idOf("a security group", "sg"),
    subnetId: idOf("a subnet", "subnet"),
    transitGatewayId: idOf("a transit gateway", "tgw"),
    vpcId: idOf("a VPC", "vpc"),
    vpcPeeringConnectionId: idOf("a VPC peering connection", "pcx"),
} as const satisfies Readonly<Record<string, Format>>;

function idOf(kind: string, prefix: string): Format {
    return {
        pattern: new RegExp(`^${prefix}-[0-9a-z-]+$`),
        what: `the id of ${kind} such as "${prefix}-0123456789abcdef0"`,
        source: "Amazon EC2 user guide, resource IDs",
    };
}

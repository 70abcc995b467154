import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { logKey } from "./keys";
import { account, region, tags } from "./location";
import { flowLog } from "./logs";
import { flowLogDelivery } from "./roles";

export const vpc = new aws.ec2.Vpc("network", {
    cidrBlock: "10.81.0.0/24",
    enableDnsSupport: true,
    enableDnsHostnames: true,
    tags,
});

new aws.ec2.DefaultSecurityGroup("default", { vpcId: vpc.id, ingress: [], egress: [], tags });

const routeTable = new aws.ec2.RouteTable("private", { vpcId: vpc.id, routes: [], tags });

export const subnet = new aws.ec2.Subnet("private", {
    vpcId: vpc.id,
    availabilityZone: pulumi.interpolate`${region}a`,
    cidrBlock: "10.81.0.0/26",
    mapPublicIpOnLaunch: false,
    tags,
});

const association = new aws.ec2.RouteTableAssociation("private", {
    subnetId: subnet.id,
    routeTableId: routeTable.id,
});

const flow = new aws.ec2.FlowLog(
    "network",
    {
        vpcId: vpc.id,
        trafficType: "ALL",
        maxAggregationInterval: 60,
        logDestinationType: "cloud-watch-logs",
        logDestination: pulumi.interpolate`arn:aws:logs:${region}:${account}:log-group:${flowLog.name}`,
        iamRoleArn: flowLogDelivery.role.arn,
        tags,
    },
    { dependsOn: [flowLogDelivery.policy, logKey] },
);

export const serverGroup = new aws.ec2.SecurityGroup("server", {
    description: "Vault: its API for the payment service",
    vpcId: vpc.id,
    tags,
});

const endpointGroup = new aws.ec2.SecurityGroup("endpoints", {
    description: "VPC endpoints: HTTPS from the key server",
    vpcId: vpc.id,
    tags,
});

const clientGroup = new aws.ec2.SecurityGroup("payment-service", {
    description: "The payment service",
    vpcId: vpc.id,
    tags,
});

const endpointPolicy = (actions: string): pulumi.Output<string> =>
    pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Principal: "*",
                Action: actions,
                Resource: "*",
                Condition: { StringEquals: { "aws:PrincipalAccount": account } },
            },
        ],
    });

const interfaces = Object.entries({
    ec2messages: "ec2messages:*",
    kms: "kms:*",
    logs: "logs:*",
    monitoring: "cloudwatch:*",
    ssm: "ssm:*",
    ssmmessages: "ssmmessages:*",
    sts: "sts:*",
}).map(
    ([service, actions]) =>
        new aws.ec2.VpcEndpoint(service, {
            vpcId: vpc.id,
            vpcEndpointType: "Interface",
            serviceName: pulumi.interpolate`com.amazonaws.${region}.${service}`,
            subnetIds: [subnet.id],
            securityGroupIds: [endpointGroup.id],
            privateDnsEnabled: true,
            policy: endpointPolicy(actions),
            tags,
        }),
);

const gateway = new aws.ec2.VpcEndpoint("s3", {
    vpcId: vpc.id,
    vpcEndpointType: "Gateway",
    serviceName: pulumi.interpolate`com.amazonaws.${region}.s3`,
    routeTableIds: [routeTable.id],
    policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Principal: "*",
                Action: "s3:GetObject",
                Resource: [
                    pulumi.interpolate`arn:aws:s3:::al2023-repos-${region}-de612dc2/*`,
                    pulumi.interpolate`arn:aws:s3:::amazoncloudwatch-agent-${region}/*`,
                    pulumi.interpolate`arn:aws:s3:::aws-ssm-${region}/*`,
                    pulumi.interpolate`arn:aws:s3:::patch-baseline-snapshot-${region}/*`,
                    "arn:aws:s3:::aws-patch-manager-eu-central-1-9163fdaaf/*",
                ],
            },
        ],
    }),
    tags,
});

const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443 };

const rules = [
    new aws.vpc.SecurityGroupIngressRule("server-api", {
        securityGroupId: serverGroup.id,
        referencedSecurityGroupId: clientGroup.id,
        ipProtocol: "tcp",
        fromPort: 8200,
        toPort: 8200,
        description: "Vault API for the payment service",
        tags,
    }),
    new aws.vpc.SecurityGroupEgressRule("server-to-endpoints", {
        securityGroupId: serverGroup.id,
        referencedSecurityGroupId: endpointGroup.id,
        ...https,
        description: "HTTPS to the VPC endpoints",
        tags,
    }),
    new aws.vpc.SecurityGroupEgressRule("server-to-s3", {
        securityGroupId: serverGroup.id,
        prefixListId: gateway.prefixListId,
        ...https,
        description: "HTTPS to Amazon S3 through the gateway endpoint",
        tags,
    }),
    new aws.vpc.SecurityGroupIngressRule("endpoints-from-server", {
        securityGroupId: endpointGroup.id,
        referencedSecurityGroupId: serverGroup.id,
        ...https,
        description: "HTTPS from the key server",
        tags,
    }),
];

/** What must stand before a server starts. */
export const ready: pulumi.Resource[] = [association, flow, ...interfaces, gateway, ...rules];

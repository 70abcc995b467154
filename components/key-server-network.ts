import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { PackageMirrorArgs } from "./key-server";
import { findLocation } from "./location";
import { createEndpoints, makesGateway } from "./network/endpoints";
import { createFlowLog } from "./network/flow-log";
import { createSecurityGroups } from "./network/security-groups";
import { createSubnets } from "./network/subnets";
import { validateKeyServerNetworkArgs } from "./network/validate";
import { readyAfter } from "./readiness";
import { refuse } from "./validation/refuse";
import { problemsOfRegion, regionOf } from "./validation/region";

/** An interface endpoint that exists already. */
export interface ExistingEndpointArgs {
    /** Name of the service in the endpoint, such as `ssm`. */
    service: string;
    /** Security group of the endpoint, which gets a rule for key servers. */
    securityGroupId: pulumi.Input<string>;
}

/** A VPC that exists already. Its default security group is left alone. */
export interface AdoptedVpcArgs {
    /** Id of the VPC, with DNS support and DNS host names switched on. */
    vpcId: pulumi.Input<string>;
    /** Range of the VPC. */
    cidrBlock: pulumi.Input<string>;
    /** Ids of private subnets, one per zone. */
    subnetIds: pulumi.Input<string>[];
    /** Zones of the subnets, in the same order. */
    availabilityZones: pulumi.Input<string>[];
    /** Route tables of the subnets, which get the gateway endpoint of Amazon S3; none where it exists already, because a route table takes one. */
    routeTableIds?: pulumi.Input<string>[];
    /** Interface endpoints with private DNS that exist already: a second one for the same service would conflict. Defaults to none. */
    endpoints?: ExistingEndpointArgs[];
    /** Whether complete flow logs of the VPC exist already. Defaults to false: they are made. */
    flowLogged?: boolean;
}

/** Arguments of `KeyServerNetwork`. */
export interface KeyServerNetworkArgs {
    /** Private IPv4 range of the VPC, /16 to /26. Defaults to `10.80.0.0/22`. */
    cidrBlock?: pulumi.Input<string>;
    /** Availability zones that get a private subnet each, two or more. Defaults to the first three of the region. */
    availabilityZones?: pulumi.Input<string>[];
    /** VPC that exists already and gets endpoints, security groups and flow logs; `cidrBlock` and `availabilityZones` must then not be given. Defaults to a new one. */
    adopted?: AdoptedVpcArgs;
    /** Id of the organisation of AWS whose accounts the endpoints admit, such as `o-a1b2c3d4e5`. Defaults to this account alone. */
    organizationId?: pulumi.Input<string>;
    /** Package mirror that servers reach; Debian and Ubuntu need one. Defaults to none. */
    packageMirror?: PackageMirrorArgs;
    /**
     * AWS services that get an interface endpoint, by the service's name in the endpoint. Each costs by the hour and zone. Defaults to
     * `ec2messages`, `kms`, `logs`, `monitoring`, `secretsmanager`, `ssm`, `ssmmessages` and `sts`, without `ec2messages` in regions that opened
     * in 2024 or later, which do not have it, and with `acm-pca` where an authority is given.
     */
    interfaceEndpoints?: string[];
    /** ARN of the private certificate authority that servers ask. One that another account shares is admitted by the endpoint `acm-pca`. Defaults to none. */
    certificateAuthorityArn?: pulumi.Input<string>;
    /** Names of clients of key servers; each gets a security group that it carries to be let in. Defaults to none. */
    clientNames?: string[];
    /** ARN of the customer-managed key that encrypts the flow logs; its policy lets CloudWatch Logs in. */
    logKeyArn: pulumi.Input<string>;
    /** Retention of the flow logs in days, at least the catalog's `logRetentionDays`. Defaults to that value. */
    flowLogRetentionDays?: number;
    /** Whether everything can be destroyed; for development stacks. Defaults to false: logs are protected. */
    disposable?: boolean;
    /** ARN of an IAM policy that bounds what the role that delivers flow logs can ever do. Defaults to a new one that allows what it needs. */
    permissionsBoundaryArn?: pulumi.Input<string>;
    /** Region of every child. Defaults to the provider's. */
    region?: pulumi.Input<string>;
    /** Tags of every child. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * A closed network for key servers: a VPC of its own or an adopted one, with one private subnet per zone, no internet or NAT gateway, an emptied default security group,
 * endpoints to the AWS services that servers need, each with a policy that admits this account only, and complete flow logs.
 */
export class KeyServerNetwork extends pulumi.ComponentResource {
    /** Id of the VPC. */
    public readonly vpcId: pulumi.Output<string>;
    /** Range of the VPC. */
    public readonly cidrBlock: pulumi.Output<string>;
    /** Ids of the private subnets, one per zone. Whatever uses one is created after the routes, endpoints and rules. */
    public readonly subnetIds: pulumi.Output<string>[];
    /** Zones of the subnets, in the same order. */
    public readonly availabilityZones: pulumi.Output<string>[];
    /** Id of the security group that servers carry to reach the endpoints and Amazon S3, and nothing else. */
    public readonly endpointClientSecurityGroupId: pulumi.Output<string>;
    /** Ids of the clients' security groups, in the order of `clientNames`. */
    public readonly clientSecurityGroupIds: pulumi.Output<string>[];
    /** The VPC; absent for one that existed already. */
    public readonly vpc?: aws.ec2.Vpc;
    /** The route table of the subnets, without a way out; absent for those that existed already. */
    public readonly routeTable?: aws.ec2.RouteTable;
    /** Log group of the flow logs; absent where they existed already. */
    public readonly flowLogGroup?: aws.cloudwatch.LogGroup;

    public constructor(
        name: string,
        args: KeyServerNetworkArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        refuse("KeyServerNetwork", name, [
            ...validateKeyServerNetworkArgs(args),
            ...(makesGateway(args) ? problemsOfRegion(regionOf(args.region, opts)) : []),
        ]);
        super("keyward:index:KeyServerNetwork", name, args, opts);
        const location = findLocation(this, args.region);
        const subnets = createSubnets(name, args, this);
        const groups = createSecurityGroups(name, args, subnets.vpcId, this);
        const endpoints = createEndpoints(name, args, location, subnets, groups, this);
        const flowLogGroup =
            args.adopted?.flowLogged === true
                ? undefined
                : createFlowLog(name, args, location, subnets.vpcId, this).group;

        const ready = [...subnets.associations, ...groups.rules, ...endpoints.all];
        this.vpc = subnets.vpc;
        this.vpcId = subnets.vpcId;
        this.cidrBlock = subnets.cidrBlock;
        this.subnetIds = subnets.subnetIds.map((id) => readyAfter(id, ready));
        this.availabilityZones = [...subnets.availabilityZones];
        this.endpointClientSecurityGroupId = groups.endpointClients.id;
        this.clientSecurityGroupIds = groups.clients.map((client) => client.id);
        this.routeTable = subnets.routeTable;
        this.flowLogGroup = flowLogGroup;
        this.registerOutputs({
            vpcId: this.vpcId,
            cidrBlock: this.cidrBlock,
            subnetIds: this.subnetIds,
            availabilityZones: this.availabilityZones,
            endpointClientSecurityGroupId: this.endpointClientSecurityGroupId,
            clientSecurityGroupIds: this.clientSecurityGroupIds,
            vpc: this.vpc,
            routeTable: this.routeTable,
            flowLogGroup: this.flowLogGroup,
        });
    }
}

import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { workload } from "../catalog/workloads";
import { resolveImage } from "./server/image";
import { createInstance } from "./server/instance";
import { createServerRole } from "./server/role";
import { createServerSecurityGroup } from "./server/security-group";
import { validateKeyServerArgs } from "./server/validate";
import { refuse } from "./validation/problems";

/** A named client of a key server: exactly one of a security group and a private range. */
export interface KeyServerClientArgs {
    /** Who it is, as the rule's description says it: `payment service`. */
    name: string;
    /** Security group that the client carries. */
    securityGroupId?: pulumi.Input<string>;
    /** Private IPv4 range that the client connects from, /16 or narrower. */
    cidrBlock?: pulumi.Input<string>;
}

/** Where a key server stands. Every value is an output of `KeyServerNetwork`. */
export interface KeyServerPlacementArgs {
    /** Id of the VPC. */
    vpcId: pulumi.Input<string>;
    /** Id of a private subnet. */
    subnetId: pulumi.Input<string>;
    /** Id of the security group that reaches the VPC endpoints and Amazon S3. */
    endpointClientSecurityGroupId: pulumi.Input<string>;
}

/** Where a key server's logs go. Every value is an output of `KeyServerAuditLog`. */
export interface KeyServerLogGroupsArgs {
    /** ARN of the group for system logs. */
    systemLogGroupArn: pulumi.Input<string>;
    /** ARN of the group for security logs. */
    securityLogGroupArn: pulumi.Input<string>;
    /** ARN of the group for the audit log of the key-management software. */
    applicationLogGroupArn: pulumi.Input<string>;
    /** ARN of the group for sessions. */
    sessionLogGroupArn: pulumi.Input<string>;
    /** ARN of the group for the output of patch runs. */
    patchLogGroupArn: pulumi.Input<string>;
}

/** Arguments of `KeyServer`. */
export interface KeyServerArgs {
    /** Id of the key-management software, which decides ports and sandbox: `vault`, `openbao`, `ejbca`, `cosmian-kms`, `barbican`, `cloudhsm-client` or `custom`. */
    workload: string;
    /** Where the server stands. */
    placement: KeyServerPlacementArgs;
    /** Where its logs go. */
    logGroups: KeyServerLogGroupsArgs;
    /** ARN of the customer-managed key that encrypts its volumes. */
    volumeKeyArn: pulumi.Input<string>;
    /** Value of its tag `PatchGroup`, an output of `KeyServerPatching`. */
    patchGroup: pulumi.Input<string>;
    /** Clients that may reach the service ports. Defaults to none. */
    clients?: KeyServerClientArgs[];
    /** TCP ports that clients reach. Defaults to those of the workload; `custom` has none of its own. */
    servicePorts?: number[];
    /** Id of the operating system: `amazon-linux-2023`, `debian-12`, `debian-13` or `ubuntu-24.04`. Defaults to `amazon-linux-2023`. */
    operatingSystem?: string;
    /** Architecture of the image, `x86_64` or `arm64`; the instance type must have it. Defaults to `x86_64`. */
    architecture?: string;
    /** EC2 instance type. Defaults to `m7i.large`, or `m7g.large` on `arm64`. A new value takes effect under maintenance only. */
    instanceType?: pulumi.Input<string>;
    /**
     * Id of the AMI. A new value replaces the server. Defaults to the newest public image of the operating system at the moment the server
     * is created; a newer one later changes nothing.
     */
    imageId?: pulumi.Input<string>;
    /** Size of the root volume in GiB, 8 to 1024. Defaults to 20. */
    rootVolumeGibibytes?: number;
    /** ARN of an IAM policy that bounds what the server's role can ever do. Defaults to none. */
    permissionsBoundaryArn?: pulumi.Input<string>;
    /** Whether protection against stop and termination is lifted and a new instance type goes through. Defaults to false. */
    underMaintenance?: boolean;
    /** Region of every child. Defaults to the provider's. */
    region?: pulumi.Input<string>;
    /** Tags of every child. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * One hardened key server: a minimal image, IMDSv2 that answers one hop, no key pair and no public address, encrypted volumes, protection
 * against stop and termination, a role that can write its logs and nothing more, and service ports for named clients only.
 */
export class KeyServer extends pulumi.ComponentResource {
    /** Id of the instance. */
    public readonly instanceId: pulumi.Output<string>;
    /** Private IPv4 address. */
    public readonly privateIp: pulumi.Output<string>;
    /** Id of the security group that holds the service ports. */
    public readonly securityGroupId: pulumi.Output<string>;
    /** ARN of the server's role, computed from its name. */
    public readonly roleArn: pulumi.Output<string>;
    /** SSM public parameter that the image came from; empty for an image given by id. */
    public readonly imageParameter: pulumi.Output<string>;
    /** The instance. */
    public readonly instance: aws.ec2.Instance;
    /** The security group that holds the service ports. */
    public readonly securityGroup: aws.ec2.SecurityGroup;
    /** The server's role. */
    public readonly role: aws.iam.Role;

    public constructor(name: string, args: KeyServerArgs, opts?: pulumi.ComponentResourceOptions) {
        refuse("KeyServer", name, validateKeyServerArgs(args));
        super("keyward:index:KeyServer", name, args, opts);
        const software = workload(args.workload);
        const image = resolveImage(args, this);
        const group = createServerSecurityGroup(name, software, args, this);
        const role = createServerRole(name, args, this);
        this.instance = createInstance(name, software, args, { image, group, role }, this);
        this.instanceId = this.instance.id;
        this.privateIp = this.instance.privateIp;
        this.securityGroup = group.group;
        this.securityGroupId = group.group.id;
        this.role = role.role;
        this.roleArn = role.arn;
        this.imageParameter = pulumi.output(image.parameter);
        this.registerOutputs({
            instanceId: this.instanceId,
            privateIp: this.privateIp,
            securityGroupId: this.securityGroupId,
            roleArn: this.roleArn,
            imageParameter: this.imageParameter,
            instance: this.instance,
            securityGroup: this.securityGroup,
            role: this.role,
        });
    }
}

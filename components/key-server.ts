import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { workload } from "../catalog/workloads";
import { permissionsBoundary } from "./permissions-boundary";
import { createServerAlarms } from "./server/alarms";
import { softwareOf } from "./server/host-choices";
import { resolveImage } from "./server/image";
import { createInstance } from "./server/instance";
import { createServerRole } from "./server/role";
import { createServerSecurityGroup } from "./server/security-group";
import { validateKeyServerArgs } from "./server/validate";
import { refuse } from "./validation/refuse";
import { problemsOfRegion, regionOf } from "./validation/region";

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

/** A script in Amazon S3 that a key server runs as root. Its key in the bucket is its hash, so a path names one content for ever. */
export interface KeyServerBundleArgs {
    /** Name of the bucket. */
    bucket: pulumi.Input<string>;
    /** Key of the object. */
    key: pulumi.Input<string>;
    /** SHA-256 of the object, 64 hexadecimal digits. */
    sha256: pulumi.Input<string>;
}

/**
 * A mirror of a distribution's packages that servers reach without the internet. It is signed by the distribution; on Debian it also carries the
 * package `amazon-ssm-agent`.
 */
export interface PackageMirrorArgs {
    /** URL, such as `https://mirror.example.internal/debian`. */
    url: string;
    /** Private IPv4 range that it lies in, /16 or narrower; this or `securityGroupId`. */
    cidrBlock?: pulumi.Input<string>;
    /** Security group that it carries, in the same VPC; this or `cidrBlock`. */
    securityGroupId?: pulumi.Input<string>;
    /** Transit gateway that leads to a range outside the VPC; only where the network is made. */
    transitGatewayId?: pulumi.Input<string>;
    /** VPC peering connection that leads to a range outside the VPC; only where the network is made. */
    vpcPeeringConnectionId?: pulumi.Input<string>;
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
    /** ARN of the encrypted topic that its alarms publish to, an output of `KeyServerAuditLog`. */
    alarmTopicArn: pulumi.Input<string>;
    /** Security group that holds the service ports and exists already; `clients` must then be empty. Defaults to a new one. */
    securityGroupId?: pulumi.Input<string>;
    /** Name of an instance profile that exists already; AWS allows 1,000 roles. Defaults to a new one with a role of its own. */
    instanceProfileName?: pulumi.Input<string>;
    /** Placement group that spreads servers over hardware. Defaults to none. */
    placementGroup?: pulumi.Input<string>;
    /** Bundles that the server fetches and runs, in order; each is checked by its SHA-256 first. Defaults to none. */
    bundles?: KeyServerBundleArgs[];
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
    /**
     * Parameter of Systems Manager with the id of the AMI, an output of `KeyServerImage`; read when the server is created, as the public one is.
     * Give this or `imageId`. Defaults to the public one.
     */
    imageParameterName?: pulumi.Input<string>;
    /** Size of the root volume in GiB, 8 to 1024. Defaults to 20. */
    rootVolumeGibibytes?: number;
    /** ARN of an IAM policy that bounds what the server's role can ever do. Defaults to a new one that allows what it needs. */
    permissionsBoundaryArn?: pulumi.Input<string>;
    /**
     * Package mirror that the network routes to; Debian and Ubuntu need one, because their mirrors are not in Amazon S3. The server's new
     * security group lets it out there.
     */
    packageMirror?: PackageMirrorArgs;
    /** Account of software that Keyward does not know (`custom`, `cloudhsm-client`), never root; required with them. */
    workloadUser?: string;
    /** systemd unit of such software, such as `kms.service`; required with it. */
    workloadUnit?: string;
    /** Whether protection against stop and termination is lifted and a new image or instance type goes through. Defaults to false. */
    underMaintenance?: boolean;
    /** Whether the server keeps its image and instance type whatever the arguments say. Defaults to false: a new `imageId` replaces it. */
    imageHeld?: boolean;
    /** Whether the stack is a development one, where software that is only for demonstration is accepted. Defaults to false. */
    development?: boolean;
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
    /** Id of the image that the server was asked to start from. An image of another architecture fails the update here. */
    public readonly checkedImageId: pulumi.Output<string>;
    /** SSM parameter that the image came from; empty for an image given by id. */
    public readonly imageParameter: pulumi.Output<string>;
    /** The instance. */
    public readonly instance: aws.ec2.Instance;
    /** The security group that holds the service ports; absent for one that existed already. */
    public readonly securityGroup?: aws.ec2.SecurityGroup;
    /** The server's role; absent where the instance profile existed already. */
    public readonly role?: aws.iam.Role;

    public constructor(name: string, args: KeyServerArgs, opts?: pulumi.ComponentResourceOptions) {
        refuse("KeyServer", name, [
            ...validateKeyServerArgs(args),
            ...(args.instanceProfileName === undefined
                ? problemsOfRegion(regionOf(args.region, opts))
                : []),
        ]);
        super("keyward:index:KeyServer", name, args, opts);
        const software = softwareOf(workload(args.workload), args);
        const image = resolveImage(name, args, this);
        const group =
            args.securityGroupId === undefined
                ? createServerSecurityGroup(name, software, args, this)
                : undefined;
        const identity =
            args.instanceProfileName === undefined
                ? createServerRole(
                      name,
                      {
                          ...args,
                          objects: objectsOf(args.bundles),
                          permissionsBoundaryArn: permissionsBoundary(name, args, this),
                      },
                      this,
                  )
                : undefined;
        const { id: groupId } = group?.group ?? { id: pulumi.output(args.securityGroupId ?? "") };
        this.instance = createInstance(
            name,
            software,
            args,
            {
                image,
                securityGroupId: groupId,
                instanceProfileName: identity?.profile.name ?? args.instanceProfileName,
                ready: [...(group?.rules ?? []), ...(identity?.policies ?? [])],
            },
            this,
        );
        createServerAlarms(name, args, this.instance, this);
        this.instanceId = this.instance.id;
        this.privateIp = this.instance.privateIp;
        this.securityGroup = group?.group;
        this.securityGroupId = groupId;
        this.role = identity?.role;
        this.checkedImageId = image.checkedId;
        this.imageParameter = pulumi.output(image.parameter);
        this.registerOutputs({
            instanceId: this.instanceId,
            privateIp: this.privateIp,
            securityGroupId: this.securityGroupId,
            checkedImageId: this.checkedImageId,
            imageParameter: this.imageParameter,
            instance: this.instance,
            securityGroup: this.securityGroup,
            role: this.role,
        });
    }
}

/** Bundles as `bucket/key`, for the policy of the role that fetches them. */
function objectsOf(bundles: readonly KeyServerBundleArgs[] = []): pulumi.Output<string>[] {
    return bundles.map(({ bucket, key }) => pulumi.interpolate`${bucket}/${key}`);
}

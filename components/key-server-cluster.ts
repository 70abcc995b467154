import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { buildCluster } from "./cluster/build";
import { problemsOfExemptions } from "./cluster/exemptions";
import { validateKeyServerClusterArgs } from "./cluster/validate";
import type { HostExemptionArgs } from "./host-exemption";
import type {
    KeyServer,
    KeyServerClientArgs,
    KeyServerLogGroupsArgs,
    PackageMirrorArgs,
} from "./key-server";
import { refuse } from "./validation/refuse";
import { problemsOfRegion, regionOf } from "./validation/region";

/** A network that exists already. Every value is an output of `KeyServerNetwork`, or of a network that a company has. */
export interface AdoptedNetworkArgs {
    /** Id of the VPC. */
    vpcId: pulumi.Input<string>;
    /** Ids of private subnets, one per zone. */
    subnetIds: pulumi.Input<string>[];
    /** Zones of the subnets, in the same order. */
    availabilityZones: pulumi.Input<string>[];
    /** Id of a security group that lets servers reach the VPC endpoints and Amazon S3, and nothing else. */
    endpointClientSecurityGroupId: pulumi.Input<string>;
}

/** Keys that exist already. Every value is an output of `KeyServerEncryption`, or an ARN of a key whose policy is as its. */
export interface AdoptedKeysArgs {
    /** ARN of the key for volumes and backups. */
    volumeKeyArn: pulumi.Input<string>;
    /** ARN of the key for logs. */
    logKeyArn: pulumi.Input<string>;
    /** ARN of an alias of the key for logs, by which sessions name it. Defaults to `logKeyArn`. */
    logKeyAliasArn?: pulumi.Input<string>;
    /** ARN of the key for secrets and for scripts in Amazon S3. */
    secretKeyArn: pulumi.Input<string>;
}

/** An audit log that exists already. Every value is an output of `KeyServerAuditLog`. */
export interface AdoptedAuditLogArgs {
    /** Where the servers' logs go. */
    logGroups: KeyServerLogGroupsArgs;
    /** ARN of the encrypted topic that alarms publish to. */
    alarmTopicArn: pulumi.Input<string>;
    /** ARN of the write-once archive, whose newest object verification must find locked. Defaults to none. */
    archiveBucketArn?: pulumi.Input<string>;
    /** Account that owns the archive; verification accepts no bucket of another. Defaults to the account of the log groups. */
    archiveAccountId?: pulumi.Input<string>;
}

/** Where a server's software comes from, besides its image. */
export interface KeyServerSoftwareArgs {
    /** Package of the operating system that brings it. */
    packageName?: string;
    /** Bucket of a program. */
    artifactBucket?: pulumi.Input<string>;
    /** Key of the program in that bucket. */
    artifactKey?: pulumi.Input<string>;
    /** SHA-256 of the program, 64 hexadecimal digits; required with it. */
    artifactSha256?: string;
}

/** Arguments of `KeyServerCluster`. */
export interface KeyServerClusterArgs {
    /** Id of the key-management software: `vault`, `openbao`, `ejbca`, `cosmian-kms`, `barbican`, `cloudhsm-client` or `custom`. */
    workload: string;
    /** Private domain of the cluster, such as `vault.internal`: the load balancer's name, with one name below it for each server. */
    domainName: string;
    /**
     * Secrets of AWS Secrets Manager with the certificates of the servers, one per server: JSON with `certificate`, `key` and `authority` in PEM.
     * Software that serves TLS needs this or `certificateAuthorityArn`; only a disposable cluster may have neither, and waits for its files then.
     */
    certificateSecretArns?: pulumi.Input<string>[];
    /**
     * ARN of a private certificate authority of AWS that issues the servers' certificates instead: each server makes its own key, which never
     * leaves it, and renews its certificate when a third of its life is left. Give this or `certificateSecretArns`.
     */
    certificateAuthorityArn?: pulumi.Input<string>;
    /** Days that an issued certificate is valid, 3 up to what the catalog's `nodeCertificateDays` allows. Defaults to that value. */
    certificateDays?: number;
    /** Number of servers, odd: 3, 5 or 7; 1 in development. Defaults to 3. */
    size?: number;
    /** `production` or `development`. Only a development cluster may be disposable. Defaults to `production`. */
    environment?: string;
    /** Whether everything can be destroyed at once: no protection, no compliance locks, short key deletion. Defaults to false. */
    disposable?: boolean;
    /** Network that exists already. Defaults to a new closed one. */
    network?: AdoptedNetworkArgs;
    /** Range of the new network, /16 to /26. Defaults to `10.80.0.0/22`. */
    cidrBlock?: pulumi.Input<string>;
    /** Zones of the new network. Defaults to the first three of the region. */
    availabilityZones?: pulumi.Input<string>[];
    /** Keys that exist already. Defaults to new ones. */
    keys?: AdoptedKeysArgs;
    /** ARNs of the roles that administer the new keys and cannot use them. Defaults to leaving that to the account's IAM policies. */
    keyAdministratorArns?: pulumi.Input<string>[];
    /** Audit log that exists already. Defaults to a new one with archive, trail and alarms. */
    auditLog?: AdoptedAuditLogArgs;
    /** Patch group that exists already, an output of `KeyServerPatching`. Defaults to rings of its own: the first server proves what the others get. */
    patchGroup?: pulumi.Input<string>;
    /** Id of a private hosted zone that holds the domain. Defaults to a new zone of that name. */
    hostedZoneId?: pulumi.Input<string>;
    /** Clients that may reach the load balancer. Defaults to none. */
    clients?: KeyServerClientArgs[];
    /** Names of clients that get a security group to carry, in the new network. Defaults to none. */
    clientNames?: string[];
    /** TCP ports that clients reach. Defaults to those of the workload; `custom` has none of its own. */
    servicePorts?: number[];
    /** Id of the operating system. Defaults to `amazon-linux-2023`. */
    operatingSystem?: string;
    /** Architecture of the image, `x86_64` or `arm64`. Defaults to `x86_64`. */
    architecture?: string;
    /** EC2 instance type; a new value waits for maintenance. Defaults to `m7i.large`, or `m7g.large` on `arm64`. */
    instanceType?: pulumi.Input<string>;
    /** Id of the AMI; a new value waits for maintenance. Defaults to the newest public image at creation. */
    imageId?: pulumi.Input<string>;
    /** Parameter of Systems Manager with the id of the AMI, an output of `KeyServerImage`; this or `imageId`. Defaults to the public one. */
    imageParameterName?: pulumi.Input<string>;
    /** Number of the server that is to be replaced or resized, from 1: its protection against stop and termination is lifted. Defaults to none. */
    serverUnderMaintenance?: number;
    /**
     * Whether the server under maintenance takes the new image and instance type. True one update after the server was put under
     * maintenance: AWS terminates no server whose protection the same update lifts. Defaults to false.
     */
    maintenanceChangesServer?: boolean;
    /** Package mirror; Debian and Ubuntu need one. The new network routes to it; an adopted one does so already. */
    packageMirror?: PackageMirrorArgs;
    /** Account of software that Keyward does not know (`custom`, `cloudhsm-client`), never root; required with them. */
    workloadUser?: string;
    /** systemd unit of such software, such as `kms.service`; required with it. */
    workloadUnit?: string;
    /** Where the software comes from. Defaults to the image. */
    software?: KeyServerSoftwareArgs;
    /** Size of each data volume in GiB, 10 to 16,384. Defaults to 50. */
    dataVolumeGibibytes?: number;
    /** Days that backups are kept, at least the catalog's `backupRetentionDays` allows. Defaults to that value. */
    backupRetentionDays?: number;
    /** Exemptions from checks of the host profile, each for servers of this cluster and with an end. Defaults to none. */
    exemptions?: HostExemptionArgs[];
    /** Whether servers are verified after they came up; without, nothing proves that they did. Defaults to true. */
    verifyAfterBoot?: boolean;
    /** Command that verifies, as a shell reads it. Defaults to `keyward verify`. */
    verifyCommand?: pulumi.Input<string>;
    /** Minutes that servers have to come up, 5 to 240. Defaults to 90. */
    verifyMinutes?: number;
    /** ARN of an IAM policy that bounds what every role of the cluster can ever do. Defaults to a new one that allows what they need. */
    permissionsBoundaryArn?: pulumi.Input<string>;
    /** Region of every child. Defaults to the provider's. */
    region?: pulumi.Input<string>;
    /** Tags of every child. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * A cluster of hardened key servers over availability zones: closed network, keys, audit trail, patching, load balancer, names,
 * certificates, data volumes with protected backups, and verification after boot. What a company already has is taken instead of made.
 */
export class KeyServerCluster extends pulumi.ComponentResource {
    /** Address that clients use: the domain, which leads to the load balancer. */
    public readonly address: pulumi.Output<string>;
    /** Ids of the instances. */
    public readonly instanceIds: pulumi.Output<string>[];
    /** Private names of the servers, in the same order. */
    public readonly serverNames: pulumi.Output<string[]>;
    /** Id of the VPC. */
    public readonly vpcId: pulumi.Output<string>;
    /** Ids of the security groups that named clients carry, in the order of `clientNames`. */
    public readonly clientSecurityGroupIds: pulumi.Output<string>[];
    /** ARN of the encrypted topic that alarms publish to; people subscribe to it. */
    public readonly alarmTopicArn: pulumi.Output<string>;
    /** ARN of the key for logs. */
    public readonly logKeyArn: pulumi.Output<string>;
    /** Patch groups of the servers, in the same order. */
    public readonly patchGroups: pulumi.Output<string>[];
    /** Path of the parameters that `keyward patch status|hold|release` reads; empty for one server, and where the patch group existed already. */
    public readonly patchParameterPath: pulumi.Output<string>;
    /** Name of the document that `keyward patch emergency` starts; empty for one server, and where the patch group existed already. */
    public readonly emergencyDocumentName: pulumi.Output<string>;
    /** ARN of the policy that operators carry to open sessions; empty where the audit log existed already, whose owner decides. */
    public readonly operatorPolicyArn: pulumi.Output<string>;
    /** ARN of the servers' role. */
    public readonly serverRoleArn: pulumi.Output<string>;
    /** ARN of the key that unseals; empty for software without auto-unseal. */
    public readonly unsealKeyArn: pulumi.Output<string>;
    /** The load balancer; absent for software without a listener. */
    public readonly loadBalancer?: aws.lb.LoadBalancer;
    /** The data volumes, in the order of the servers. */
    public readonly dataVolumes: aws.ebs.Volume[];

    public constructor(
        name: string,
        args: KeyServerClusterArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        refuse("KeyServerCluster", name, [
            ...validateKeyServerClusterArgs(args),
            ...problemsOfExemptions(name, args),
            ...problemsOfRegion(regionOf(args.region, opts)),
        ]);
        super("keyward:index:KeyServerCluster", name, args, opts);
        const built = buildCluster(name, args, this);
        const servers: readonly KeyServer[] = built.servers;
        this.address = pulumi.output(args.domainName);
        this.instanceIds = servers.map((server) => server.instanceId);
        this.serverNames = pulumi.output([...built.nodes]);
        this.vpcId = pulumi.output(built.network.vpcId);
        this.clientSecurityGroupIds = [...built.network.clientSecurityGroupIds];
        this.alarmTopicArn = pulumi.output(built.auditLog.alarmTopicArn);
        this.logKeyArn = pulumi.output(built.keys.logKeyArn);
        this.patchGroups = servers.map((_, index) =>
            pulumi.output(built.patchGroupOf(`${name}-${index + 1}`)),
        );
        this.patchParameterPath = built.patching?.parameterPath ?? pulumi.output("");
        this.emergencyDocumentName = built.patching?.emergency?.name ?? pulumi.output("");
        this.operatorPolicyArn = built.access?.operatorPolicyArn ?? pulumi.output("");
        this.serverRoleArn = built.role.arn;
        this.unsealKeyArn = built.unsealKey?.arn ?? pulumi.output("");
        this.loadBalancer = built.loadBalancer;
        this.dataVolumes = [...built.dataVolumes];
        this.registerOutputs({
            address: this.address,
            instanceIds: this.instanceIds,
            serverNames: this.serverNames,
            vpcId: this.vpcId,
            clientSecurityGroupIds: this.clientSecurityGroupIds,
            alarmTopicArn: this.alarmTopicArn,
            logKeyArn: this.logKeyArn,
            patchGroups: this.patchGroups,
            patchParameterPath: this.patchParameterPath,
            emergencyDocumentName: this.emergencyDocumentName,
            operatorPolicyArn: this.operatorPolicyArn,
            serverRoleArn: this.serverRoleArn,
            unsealKeyArn: this.unsealKeyArn,
            loadBalancer: this.loadBalancer,
            dataVolumes: this.dataVolumes,
        });
    }
}

/** Pulumi type tokens of the AWS resources that rules read, in one place. */
export const TypeToken = {
    AccountPublicAccessBlock: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
    Ami: "aws:ec2/ami:Ami",
    AmiCopy: "aws:ec2/amiCopy:AmiCopy",
    AmiFromInstance: "aws:ec2/amiFromInstance:AmiFromInstance",
    AmiLaunchPermission: "aws:ec2/amiLaunchPermission:AmiLaunchPermission",
    AutoScalingAttachment: "aws:autoscaling/attachment:Attachment",
    AutoScalingGroup: "aws:autoscaling/group:Group",
    BucketPolicy: "aws:s3/bucketPolicy:BucketPolicy",
    BucketPublicAccessBlock: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    CarrierGateway: "aws:ec2/carrierGateway:CarrierGateway",
    ContainerRecipe: "aws:imagebuilder/containerRecipe:ContainerRecipe",
    DefaultKmsKey: "aws:ebs/defaultKmsKey:DefaultKmsKey",
    DefaultNetworkAcl: "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
    DefaultPatchBaseline: "aws:ssm/defaultPatchBaseline:DefaultPatchBaseline",
    DefaultRouteTable: "aws:ec2/defaultRouteTable:DefaultRouteTable",
    DefaultSecurityGroup: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    DefaultSubnet: "aws:ec2/defaultSubnet:DefaultSubnet",
    DefaultVpc: "aws:ec2/defaultVpc:DefaultVpc",
    DistributionConfiguration:
        "aws:imagebuilder/distributionConfiguration:DistributionConfiguration",
    EgressOnlyInternetGateway: "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
    Eip: "aws:ec2/eip:Eip",
    EipAssociation: "aws:ec2/eipAssociation:EipAssociation",
    EncryptionByDefault: "aws:ebs/encryptionByDefault:EncryptionByDefault",
    EventRule: "aws:cloudwatch/eventRule:EventRule",
    EventTarget: "aws:cloudwatch/eventTarget:EventTarget",
    ExternalKey: "aws:kms/externalKey:ExternalKey",
    Fleet: "aws:ec2/fleet:Fleet",
    FlowLog: "aws:ec2/flowLog:FlowLog",
    Group: "aws:iam/group:Group",
    GroupPolicy: "aws:iam/groupPolicy:GroupPolicy",
    GroupPolicyAttachment: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    ImageBlockPublicAccess: "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess",
    ImageBuilderImage: "aws:imagebuilder/image:Image",
    ImagePipeline: "aws:imagebuilder/imagePipeline:ImagePipeline",
    ImageRecipe: "aws:imagebuilder/imageRecipe:ImageRecipe",
    InfrastructureConfiguration:
        "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
    Instance: "aws:ec2/instance:Instance",
    InstanceMetadataDefaults: "aws:ec2/instanceMetadataDefaults:InstanceMetadataDefaults",
    InstanceProfile: "aws:iam/instanceProfile:InstanceProfile",
    InternetGateway: "aws:ec2/internetGateway:InternetGateway",
    KeyPair: "aws:ec2/keyPair:KeyPair",
    KmsAlias: "aws:kms/alias:Alias",
    KmsGrant: "aws:kms/grant:Grant",
    KmsKey: "aws:kms/key:Key",
    KmsKeyPolicy: "aws:kms/keyPolicy:KeyPolicy",
    LaunchConfiguration: "aws:ec2/launchConfiguration:LaunchConfiguration",
    LaunchTemplate: "aws:ec2/launchTemplate:LaunchTemplate",
    LogGroup: "aws:cloudwatch/logGroup:LogGroup",
    MainRouteTableAssociation: "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation",
    MaintenanceWindow: "aws:ssm/maintenanceWindow:MaintenanceWindow",
    MaintenanceWindowTarget: "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget",
    MaintenanceWindowTask: "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
    ManagedPrefixList: "aws:ec2/managedPrefixList:ManagedPrefixList",
    ManagedPrefixListEntry: "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
    NatGateway: "aws:ec2/natGateway:NatGateway",
    NetworkAcl: "aws:ec2/networkAcl:NetworkAcl",
    NetworkAclAssociation: "aws:ec2/networkAclAssociation:NetworkAclAssociation",
    NetworkAclRule: "aws:ec2/networkAclRule:NetworkAclRule",
    NetworkInterface: "aws:ec2/networkInterface:NetworkInterface",
    NetworkInterfaceAttachment: "aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment",
    NetworkInterfaceSecurityGroupAttachment:
        "aws:ec2/networkInterfaceSecurityGroupAttachment:NetworkInterfaceSecurityGroupAttachment",
    PatchBaseline: "aws:ssm/patchBaseline:PatchBaseline",
    PatchGroup: "aws:ssm/patchGroup:PatchGroup",
    Policy: "aws:iam/policy:Policy",
    PolicyAttachment: "aws:iam/policyAttachment:PolicyAttachment",
    ReplicaExternalKey: "aws:kms/replicaExternalKey:ReplicaExternalKey",
    ReplicaKey: "aws:kms/replicaKey:ReplicaKey",
    ResourceDataSync: "aws:ssm/resourceDataSync:ResourceDataSync",
    Role: "aws:iam/role:Role",
    RolePolicy: "aws:iam/rolePolicy:RolePolicy",
    RolePolicyAttachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    Route: "aws:ec2/route:Route",
    RouteTable: "aws:ec2/routeTable:RouteTable",
    RouteTableAssociation: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    Secret: "aws:secretsmanager/secret:Secret",
    SecretPolicy: "aws:secretsmanager/secretPolicy:SecretPolicy",
    SecretRotation: "aws:secretsmanager/secretRotation:SecretRotation",
    SecurityGroup: "aws:ec2/securityGroup:SecurityGroup",
    SecurityGroupEgressRule: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    SecurityGroupIngressRule: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    SecurityGroupRule: "aws:ec2/securityGroupRule:SecurityGroupRule",
    SerialConsoleAccess: "aws:ec2/serialConsoleAccess:SerialConsoleAccess",
    ServiceLinkedRole: "aws:iam/serviceLinkedRole:ServiceLinkedRole",
    ServiceSetting: "aws:ssm/serviceSetting:ServiceSetting",
    Snapshot: "aws:ebs/snapshot:Snapshot",
    SnapshotBlockPublicAccess: "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
    SnapshotCopy: "aws:ebs/snapshotCopy:SnapshotCopy",
    SnapshotCreateVolumePermission:
        "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission",
    SnapshotImport: "aws:ebs/snapshotImport:SnapshotImport",
    SpotFleetRequest: "aws:ec2/spotFleetRequest:SpotFleetRequest",
    SpotInstanceRequest: "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
    SsmAssociation: "aws:ssm/association:Association",
    SsmDocument: "aws:ssm/document:Document",
    SsmParameter: "aws:ssm/parameter:Parameter",
    Subnet: "aws:ec2/subnet:Subnet",
    Trail: "aws:cloudtrail/trail:Trail",
    User: "aws:iam/user:User",
    UserPolicy: "aws:iam/userPolicy:UserPolicy",
    UserPolicyAttachment: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    Volume: "aws:ebs/volume:Volume",
    VolumeAttachment: "aws:ec2/volumeAttachment:VolumeAttachment",
    VolumeCopy: "aws:ebs/volumeCopy:VolumeCopy",
    Vpc: "aws:ec2/vpc:Vpc",
    VpcIpv4CidrBlockAssociation: "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
    VpcEndpoint: "aws:ec2/vpcEndpoint:VpcEndpoint",
    VpcEndpointPolicy: "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
    VpcEndpointSecurityGroupAssociation:
        "aws:ec2/securityGroupAssociation:SecurityGroupAssociation",
    VpnGateway: "aws:ec2/vpnGateway:VpnGateway",
} as const;
export type TypeToken = (typeof TypeToken)[keyof typeof TypeToken];

/** Buckets of Amazon S3, in each of the provider's generations. */
export const bucketTypes: readonly string[] = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];

/** Load balancers with listeners and target groups, in both of the provider's modules. */
export const balancerTypes: readonly string[] = [
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:alb/loadBalancer:LoadBalancer",
];
export const listenerTypes: readonly string[] = [
    "aws:lb/listener:Listener",
    "aws:alb/listener:Listener",
];
export const listenerRuleTypes: readonly string[] = [
    "aws:lb/listenerRule:ListenerRule",
    "aws:alb/listenerRule:ListenerRule",
];
export const targetGroupTypes: readonly string[] = [
    "aws:lb/targetGroup:TargetGroup",
    "aws:alb/targetGroup:TargetGroup",
];
export const targetGroupAttachmentTypes: readonly string[] = [
    "aws:lb/targetGroupAttachment:TargetGroupAttachment",
    "aws:alb/targetGroupAttachment:TargetGroupAttachment",
];
/** The older load balancer, which holds listeners and servers itself. */
export const classicBalancerType = "aws:elb/loadBalancer:LoadBalancer";
/** Puts one instance behind an older load balancer. */
export const classicAttachmentType = "aws:elb/attachment:Attachment";

/** Resources that describe one server each: instances, and what instances are launched from. */
export const serverTypes: readonly string[] = [
    TypeToken.Instance,
    TypeToken.SpotInstanceRequest,
    TypeToken.LaunchTemplate,
    TypeToken.LaunchConfiguration,
    TypeToken.SpotFleetRequest,
];

/** Resources that launch servers from templates described elsewhere. */
export const launcherTypes: readonly string[] = [TypeToken.AutoScalingGroup, TypeToken.Fleet];

/** Keys of AWS KMS that belong to the customer. */
export const customerKeyTypes: readonly string[] = [
    TypeToken.KmsKey,
    TypeToken.ReplicaKey,
    TypeToken.ExternalKey,
    TypeToken.ReplicaExternalKey,
];

/** Security groups, the default one of a VPC included. */
export const securityGroupTypes: readonly string[] = [
    TypeToken.SecurityGroup,
    TypeToken.DefaultSecurityGroup,
];

/** Rules of security groups that are resources of their own. */
export const securityGroupRuleTypes: readonly string[] = [
    TypeToken.SecurityGroupRule,
    TypeToken.SecurityGroupIngressRule,
    TypeToken.SecurityGroupEgressRule,
];

export const subnetTypes: readonly string[] = [TypeToken.Subnet, TypeToken.DefaultSubnet];

export const vpcTypes: readonly string[] = [TypeToken.Vpc, TypeToken.DefaultVpc];

/** Properties by which other resources name a resource or a part of it, besides its id, ARN and name. */
export const identifyingProperties: Readonly<Record<string, readonly string[]>> = {
    [TypeToken.Vpc]: [
        "defaultSecurityGroupId",
        "mainRouteTableId",
        "defaultRouteTableId",
        "defaultNetworkAclId",
    ],
    [TypeToken.DefaultVpc]: [
        "defaultSecurityGroupId",
        "mainRouteTableId",
        "defaultRouteTableId",
        "defaultNetworkAclId",
    ],
    [TypeToken.VpcEndpoint]: ["prefixListId"],
    [TypeToken.Instance]: ["primaryNetworkInterfaceId"],
    [TypeToken.SpotInstanceRequest]: ["spotInstanceId", "primaryNetworkInterfaceId"],
};

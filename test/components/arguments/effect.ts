/** What a change of one argument is to bring about. */
export interface Effect {
    /** The value that the argument changes to. */
    readonly to: unknown;
    /**
     * Where it shows: a type of resource and a property of it; `@protect` and the like for options, `@name` for whether there is one, and a
     * component's own type for its outputs. Or the path of the argument that is refused then.
     */
    readonly at: readonly [type: string, property: string] | { readonly refused: string };
    /** Text that is there after the change and was not before; the value itself by default. */
    readonly shows?: string;
    /** True where the value stands in a script that is packed or long: there is some difference, and this argument alone was changed. */
    readonly packed?: boolean;
}

/** Arguments that are changed at once, from the same ones: what each brings about holds its own value and so no other's. */
export interface Scenario {
    readonly component: string;
    readonly from: object;
    /** Path of the argument, such as `clients[0].name` → its effect. */
    readonly changes: Readonly<Record<string, Effect>>;
}

/** Short names of the types that effects show at. */
export const type = {
    alarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
    association: "aws:ssm/association:Association",
    backupPlan: "aws:backup/plan:Plan",
    backupVault: "aws:backup/vault:Vault",
    baseline: "aws:ssm/patchBaseline:PatchBaseline",
    bucket: "aws:s3/bucket:Bucket",
    bucketEncryption:
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    bucketObject: "aws:s3/bucketObjectv2:BucketObjectv2",
    command: "command:local:Command",
    distribution: "aws:imagebuilder/distributionConfiguration:DistributionConfiguration",
    document: "aws:ssm/document:Document",
    egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    endpoint: "aws:ec2/vpcEndpoint:VpcEndpoint",
    eventTarget: "aws:cloudwatch/eventTarget:EventTarget",
    flowLog: "aws:ec2/flowLog:FlowLog",
    infrastructure: "aws:imagebuilder/infrastructureConfiguration:InfrastructureConfiguration",
    ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    instance: "aws:ec2/instance:Instance",
    key: "aws:kms/key:Key",
    lifecycle: "aws:imagebuilder/lifecyclePolicy:LifecyclePolicy",
    listener: "aws:lb/listener:Listener",
    loadBalancer: "aws:lb/loadBalancer:LoadBalancer",
    logGroup: "aws:cloudwatch/logGroup:LogGroup",
    metricFilter: "aws:cloudwatch/logMetricFilter:LogMetricFilter",
    objectLock: "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    patchGroup: "aws:ssm/patchGroup:PatchGroup",
    pipeline: "aws:imagebuilder/imagePipeline:ImagePipeline",
    policy: "aws:iam/policy:Policy",
    recipe: "aws:imagebuilder/imageRecipe:ImageRecipe",
    record: "aws:route53/record:Record",
    replication: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    role: "aws:iam/role:Role",
    rolePolicy: "aws:iam/rolePolicy:RolePolicy",
    routeTable: "aws:ec2/routeTable:RouteTable",
    securityGroup: "aws:ec2/securityGroup:SecurityGroup",
    subnet: "aws:ec2/subnet:Subnet",
    topic: "aws:sns/topic:Topic",
    volume: "aws:ebs/volume:Volume",
    vpc: "aws:ec2/vpc:Vpc",
    window: "aws:ssm/maintenanceWindow:MaintenanceWindow",
    windowTask: "aws:ssm/maintenanceWindowTask:MaintenanceWindowTask",
} as const;

export const region = "eu-west-1";
/** A boundary of the caller's own, and where it shows. */
export const boundary = {
    to: "arn:aws:iam::111122223333:policy/boundary",
    at: [type.role, "permissionsBoundary"],
} as const satisfies Effect;
export const tags = { owner: "security" };

export function key(name: string): string {
    return `arn:aws:kms:eu-central-1:111122223333:key/${name}`;
}

export function logGroup(name: string): string {
    return `arn:aws:logs:eu-central-1:111122223333:log-group:/other/${name}`;
}

export function topic(name: string): string {
    return `arn:aws:sns:eu-central-1:111122223333:${name}`;
}

/** Builds the URN of a resource of the sample stack. */
export function urn(type: string, name: string): string {
    return `urn:pulumi:production::payments-vault::${type}::${name}`;
}

const cluster = "keyward:index:KeyServerCluster";

/** The resources of the sample stack that findings, drawing and plan speak of. */
export const urns = {
    stack: urn("pulumi:pulumi:Stack", "payments-vault-production"),
    cluster: urn(cluster, "vault"),
    network: urn(`${cluster}$aws:ec2/vpc:Vpc`, "vault"),
    subnets: ["a", "b", "c"].map((zone) =>
        urn(`${cluster}$aws:ec2/subnet:Subnet`, `vault-private-${zone}`),
    ),
    servers: [0, 1, 2].map((index) =>
        urn(
            `${cluster}$keyward:index:KeyServer$aws:ec2/instance:Instance`,
            `vault-server-${index}`,
        ),
    ),
    serverGroup: urn(`${cluster}$aws:ec2/securityGroup:SecurityGroup`, "vault-servers"),
    balancerGroup: urn(`${cluster}$aws:ec2/securityGroup:SecurityGroup`, "vault-balancer"),
    endpointGroup: urn(`${cluster}$aws:ec2/securityGroup:SecurityGroup`, "vault-endpoints"),
    clientGroup: urn("aws:ec2/securityGroup:SecurityGroup", "payment-clients"),
    balancer: urn(`${cluster}$aws:lb/loadBalancer:LoadBalancer`, "vault"),
    endpoints: ["ssm", "ssmmessages", "logs", "kms", "s3"].map((service) =>
        urn(`${cluster}$aws:ec2/vpcEndpoint:VpcEndpoint`, `vault-${service}`),
    ),
    auditLog: urn(`${cluster}$aws:cloudwatch/logGroup:LogGroup`, "vault-audit"),
    systemLog: urn(`${cluster}$aws:cloudwatch/logGroup:LogGroup`, "vault-system"),
    flowLog: urn(`${cluster}$aws:cloudwatch/logGroup:LogGroup`, "vault-flow"),
    archive: urn(`${cluster}$aws:s3/bucket:Bucket`, "vault-archive"),
    trail: urn(`${cluster}$aws:cloudtrail/trail:Trail`, "vault"),
    topic: urn(`${cluster}$aws:sns/topic:Topic`, "vault-alarms"),
    volumeKey: urn(`${cluster}$aws:kms/key:Key`, "vault-volumes"),
    logKey: urn(`${cluster}$aws:kms/key:Key`, "vault-logs"),
    sealKey: urn(`${cluster}$aws:kms/key:Key`, "vault-seal"),
    role: urn(`${cluster}$aws:iam/role:Role`, "vault-server"),
    dataVolume: urn(`${cluster}$aws:ebs/volume:Volume`, "vault-data-2"),
    session: urn(`${cluster}$aws:ssm/document:Document`, "vault-session"),
} as const;

/** The type token of a URN: the last part of its type chain. */
export function typeOf(resourceUrn: string): string {
    return resourceUrn.split("::")[2]?.split("$").at(-1) ?? "";
}

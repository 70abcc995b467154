import { createHash } from "node:crypto";
import type { Properties } from "./wire";

/** Where resources live; the same for every run, so that tests can name ARNs. */
export const accountId = "123456789012";

/** How AWS names one object. */
export interface Identity {
    readonly id: string;
    readonly arn: string;
}

const idPrefixes: Readonly<Record<string, string>> = {
    "aws:ebs/snapshot:Snapshot": "snap",
    "aws:ebs/volume:Volume": "vol",
    "aws:ec2/ami:Ami": "ami",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": "sg",
    "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": "eigw",
    "aws:ec2/eip:Eip": "eipalloc",
    "aws:ec2/flowLog:FlowLog": "fl",
    "aws:ec2/instance:Instance": "i",
    "aws:ec2/internetGateway:InternetGateway": "igw",
    "aws:ec2/launchTemplate:LaunchTemplate": "lt",
    "aws:ec2/managedPrefixList:ManagedPrefixList": "pl",
    "aws:ec2/natGateway:NatGateway": "nat",
    "aws:ec2/networkAcl:NetworkAcl": "acl",
    "aws:ec2/networkInterface:NetworkInterface": "eni",
    "aws:ec2/routeTable:RouteTable": "rtb",
    "aws:ec2/routeTableAssociation:RouteTableAssociation": "rtbassoc",
    "aws:ec2/securityGroup:SecurityGroup": "sg",
    "aws:ec2/securityGroupRule:SecurityGroupRule": "sgrule",
    "aws:ec2/subnet:Subnet": "subnet",
    "aws:ec2/volumeAttachment:VolumeAttachment": "vai",
    "aws:ec2/vpc:Vpc": "vpc",
    "aws:ec2/vpcEndpoint:VpcEndpoint": "vpce",
    "aws:ssm/maintenanceWindow:MaintenanceWindow": "mw",
    "aws:ssm/patchBaseline:PatchBaseline": "pb",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "sgr",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "sgr",
};

/** Types whose id is their ARN. */
const arnIds = [
    "aws:acm/certificate:Certificate",
    "aws:cloudtrail/trail:Trail",
    "aws:iam/policy:Policy",
    "aws:lb/listener:Listener",
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:lb/targetGroup:TargetGroup",
    "aws:secretsmanager/secret:Secret",
    "aws:sns/topic:Topic",
];

/** `service` and what follows the account in the ARN; `{name}` and `{id}` are filled. Other types get `module:kind/id`. */
const arnForms: Readonly<Record<string, readonly [string, string]>> = {
    "aws:backup/vault:Vault": ["backup", "backup-vault:{name}"],
    "aws:cloudwatch/logGroup:LogGroup": ["logs", "log-group:{name}"],
    "aws:cloudwatch/metricAlarm:MetricAlarm": ["cloudwatch", "alarm:{name}"],
    "aws:ec2/securityGroup:SecurityGroup": ["ec2", "security-group/{id}"],
    "aws:ec2/vpcEndpoint:VpcEndpoint": ["ec2", "vpc-endpoint/{id}"],
    "aws:iam/instanceProfile:InstanceProfile": ["iam", "instance-profile{path}{name}"],
    "aws:iam/policy:Policy": ["iam", "policy{path}{name}"],
    "aws:iam/role:Role": ["iam", "role{path}{name}"],
    "aws:kms/key:Key": ["kms", "key/{id}"],
    "aws:lambda/function:Function": ["lambda", "function:{name}"],
    "aws:lb/loadBalancer:LoadBalancer": ["elasticloadbalancing", "loadbalancer/net/{name}/{hex}"],
    "aws:lb/targetGroup:TargetGroup": ["elasticloadbalancing", "targetgroup/{name}/{hex}"],
    "aws:s3/bucket:Bucket": ["s3", "{name}"],
    "aws:secretsmanager/secret:Secret": ["secretsmanager", "secret:{name}-{hex6}"],
    "aws:sns/topic:Topic": ["sns", "{name}"],
    "aws:ssm/document:Document": ["ssm", "document/{name}"],
    "aws:ssm/parameter:Parameter": ["ssm", "parameter/{name}"],
};

/** Names an object as AWS does; `nonce` tells a replacement from the object it replaces. */
export function identify(
    type: string,
    urn: string,
    inputs: Properties,
    region: string,
    nonce: number,
): Identity {
    const hex = createHash("sha256")
        .update(`${urn} ${String(nonce)}`)
        .digest("hex");
    const [, module = "", kind = ""] = /^aws:(\w+)\/(\w+):/.exec(type) ?? [];
    const bucket = text(inputs["bucket"]);
    const key = text(inputs["key"]);
    // An object is known by its bucket and its key, everything else of a bucket by the bucket alone.
    const name =
        bucket !== undefined && key !== undefined
            ? `${bucket}/${key}`
            : (bucket ?? text(inputs["name"]) ?? text(inputs["role"]));
    const prefix = idPrefixes[type];
    const id =
        prefix !== undefined
            ? `${prefix}-${hex.slice(0, 17)}`
            : type === "aws:kms/key:Key" || name === undefined
              ? uuid(hex)
              : name;
    const [service, form] = arnForms[type] ?? [module, `${kind}/{id}`];
    const place = {
        iam: `:${accountId}`,
        s3: ":",
    }[service];
    const rest = form
        .replace("{name}", (name ?? id).replace(/^\//, ""))
        .replace("{path}", text(inputs["path"]) ?? "/")
        .replace("{id}", id)
        .replace("{hex6}", hex.slice(0, 6))
        .replace("{hex}", hex.slice(0, 16));
    const arn = `arn:aws:${service}:${place ?? `${region}:${accountId}`}:${rest}`;
    return { id: arnIds.includes(type) ? arn : id, arn };
}

function uuid(hex: string): string {
    return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function text(value: unknown): string | undefined {
    return typeof value === "string" ? value : undefined;
}

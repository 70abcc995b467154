import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { serviceBuckets } from "../../aws/service-buckets";
import type { KeyServerLogGroupsArgs } from "../key-server";
import { physicalName, stackPath } from "../names";
import { policyDocument, type Statement } from "../service-role";
import { type Tags, withName } from "../tags";
import { metricsNamespace } from "./cloudwatch-agent";

export interface ServerRole {
    readonly role: aws.iam.Role;
    /** Computed from the name, so it is known before the role exists. */
    readonly arn: pulumi.Output<string>;
    readonly profile: aws.iam.InstanceProfile;
    readonly policies: readonly pulumi.Resource[];
}

/** Path of server roles, below the stack's own. */
export function serverRolePath(): string {
    return `${stackPath()}servers/`;
}

/** What a role for servers is made of. */
export interface ServerRoleArgs {
    readonly logGroups: KeyServerLogGroupsArgs;
    /** Bundles and artifacts that the servers fetch, as `bucket/key`; `*` stands for any run of characters. */
    readonly objects?: readonly pulumi.Input<string>[];
    /** Secrets that the servers read, by ARN. */
    readonly secretArns?: readonly pulumi.Input<string>[];
    readonly permissionsBoundaryArn?: pulumi.Input<string>;
    readonly tags?: Tags;
}

/** The role of one server, or of the servers of one cluster, with its instance profile. */
export function createServerRole(
    name: string,
    args: ServerRoleArgs,
    parent: pulumi.Resource,
): ServerRole {
    const roleName = physicalName(name, "iamRole");
    const role = new aws.iam.Role(
        name,
        {
            name: roleName,
            path: serverRolePath(),
            description: "Key server: reports to Systems Manager and writes its logs",
            assumeRolePolicy: JSON.stringify({
                Version: "2012-10-17",
                Statement: [
                    {
                        Effect: "Allow",
                        Principal: { Service: "ec2.amazonaws.com" },
                        Action: "sts:AssumeRole",
                    },
                ],
            }),
            permissionsBoundary: args.permissionsBoundaryArn,
            tags: withName(args.tags, name),
        },
        { parent },
    );
    const place = placeOf(args.logGroups.systemLogGroupArn);
    const policies = [
        new aws.iam.RolePolicy(
            `${name}-management`,
            { role: role.name, policy: place.apply((at) => policyDocument(manage(at))) },
            { parent },
        ),
        new aws.iam.RolePolicy(
            `${name}-logs`,
            { role: role.name, policy: policyDocument(writeLogs(args.logGroups, place)) },
            { parent },
        ),
    ];
    const reads = read(args, place);
    if (reads.length > 0) {
        policies.push(
            new aws.iam.RolePolicy(
                `${name}-reads`,
                { role: role.name, policy: policyDocument(reads) },
                { parent },
            ),
        );
    }
    const profile = new aws.iam.InstanceProfile(
        name,
        {
            name: roleName,
            path: serverRolePath(),
            role: role.name,
            tags: withName(args.tags, name),
        },
        { parent },
    );
    const arn = place.apply(
        ({ account, partition }) =>
            `arn:${partition}:iam::${account}:role${serverRolePath()}${roleName}`,
    );
    return { role, arn, profile, policies };
}

interface Place {
    readonly partition: string;
    readonly region: string;
    readonly account: string;
}

/** Partition, region and account out of the ARN of a log group; asking the provider once per server would cost calls. */
function placeOf(logGroupArn: pulumi.Input<string>): pulumi.Output<Place> {
    return pulumi.output(logGroupArn).apply((arn) => {
        const [, partition = "", , region = "", account = ""] = arn.split(":");
        return { partition, region, account };
    });
}

/**
 * What the SSM agent needs for sessions, commands, inventory and patching, and nothing that changes a document, baseline or parameter.
 * Source: the actions of AWS's own AmazonSSMManagedInstanceCore, without reading parameters.
 */
export function manage({ partition, region, account }: Place): readonly Statement[] {
    const instances = `arn:${partition}:ec2:${region}:${account}:instance/*`;
    return [
        {
            Sid: "ReportToSystemsManager",
            Effect: "Allow",
            Action: [
                "ssm:ListInstanceAssociations",
                "ssm:PutComplianceItems",
                "ssm:PutInventory",
                "ssm:UpdateInstanceAssociationStatus",
                "ssm:UpdateInstanceInformation",
            ],
            Resource: instances,
        },
        {
            Sid: "ReadDocumentsAndAssociations",
            Effect: "Allow",
            Action: [
                "ssm:DescribeAssociation",
                "ssm:DescribeDocument",
                "ssm:GetDocument",
                "ssm:UpdateAssociationStatus",
            ],
            Resource: [
                instances,
                `arn:${partition}:ssm:${region}:${account}:association/*`,
                `arn:${partition}:ssm:${region}:${account}:document/*`,
                `arn:${partition}:ssm:${region}::document/*`,
            ],
        },
        {
            Sid: "Channels",
            Effect: "Allow",
            // None of these knows a narrower resource.
            Action: [
                "ec2messages:AcknowledgeMessage",
                "ec2messages:DeleteMessage",
                "ec2messages:FailMessage",
                "ec2messages:GetEndpoint",
                "ec2messages:GetMessages",
                "ec2messages:SendReply",
                "ssm:GetDeployablePatchSnapshotForInstance",
                "ssm:GetManifest",
                "ssm:ListAssociations",
                "ssm:PutConfigurePackageResult",
                "ssmmessages:CreateControlChannel",
                "ssmmessages:CreateDataChannel",
                "ssmmessages:OpenControlChannel",
                "ssmmessages:OpenDataChannel",
            ],
            Resource: "*",
        },
        {
            Sid: "ReadAmazonsBuckets",
            Effect: "Allow",
            Action: ["s3:GetObject"],
            Resource: serviceBuckets(region).map((bucket) => `arn:${partition}:s3:::${bucket}/*`),
        },
    ];
}

/** Appending to the named log groups, and metrics of one namespace. Reading, shortening and deleting are not among it. */
function writeLogs(
    groups: KeyServerLogGroupsArgs,
    place: pulumi.Output<Place>,
): readonly Statement[] {
    return [
        {
            Sid: "AppendToLogGroups",
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            Resource: [
                groups.systemLogGroupArn,
                groups.securityLogGroupArn,
                groups.applicationLogGroupArn,
                groups.sessionLogGroupArn,
                groups.patchLogGroupArn,
            ].map((arn) => pulumi.interpolate`${arn}:*`),
        },
        {
            Sid: "FindLogGroups",
            Effect: "Allow",
            Action: ["logs:DescribeLogGroups"],
            Resource: place.apply(
                ({ partition, region, account }) =>
                    `arn:${partition}:logs:${region}:${account}:log-group:*`,
            ),
        },
        {
            Sid: "PublishMetrics",
            Effect: "Allow",
            Action: ["cloudwatch:PutMetricData"],
            Resource: "*",
            Condition: { StringEquals: { "cloudwatch:namespace": metricsNamespace } },
        },
    ];
}

/** Reading the named objects and secrets, and nothing beside them. */
function read(
    { objects = [], secretArns = [] }: ServerRoleArgs,
    place: pulumi.Output<Place>,
): readonly Statement[] {
    return [
        ...(objects.length === 0
            ? []
            : [
                  {
                      Sid: "FetchBundles",
                      Effect: "Allow" as const,
                      Action: ["s3:GetObject"],
                      Resource: objects.map((object) =>
                          place.apply(
                              ({ partition }) =>
                                  pulumi.interpolate`arn:${partition}:s3:::${object}`,
                          ),
                      ),
                  },
              ]),
        ...(secretArns.length === 0
            ? []
            : [
                  {
                      Sid: "ReadCertificates",
                      Effect: "Allow" as const,
                      Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
                      Resource: secretArns,
                  },
              ]),
    ];
}

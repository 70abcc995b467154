import * as pulumi from "@pulumi/pulumi";
import { serviceBuckets } from "../../aws/service-buckets";
import type { KeyServerLogGroupsArgs } from "../key-server";
import type { Statement } from "../service-role";
import { metricsNamespace } from "./cloudwatch-agent";
import type { ServerRoleArgs } from "./role";

/** Where a server is. */
export interface Place {
    readonly partition: string;
    readonly region: string;
    readonly account: string;
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
export function writeLogs(
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

/** Reading the named objects and secrets and getting certificates of the named authority, and nothing beside them. */
export function readNamed(
    {
        certificateAuthorityArn,
        objects = [],
        secretArns = [],
    }: Pick<ServerRoleArgs, "certificateAuthorityArn" | "objects" | "secretArns">,
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
        ...(certificateAuthorityArn === undefined ? [] : issue(certificateAuthorityArn, place)),
    ];
}

/** Certificates for servers, of the template without rights to sign others. */
function issue(
    authorityArn: pulumi.Input<string>,
    place: pulumi.Output<Place>,
): readonly Statement[] {
    return [
        {
            Sid: "IssueCertificates",
            Effect: "Allow",
            Action: ["acm-pca:IssueCertificate"],
            Resource: authorityArn,
            Condition: {
                StringEquals: {
                    "acm-pca:TemplateArn": place.apply(
                        ({ partition }) =>
                            `arn:${partition}:acm-pca:::template/EndEntityServerAuthCertificate/V1`,
                    ),
                },
            },
        },
        {
            Sid: "FetchCertificates",
            Effect: "Allow",
            Action: ["acm-pca:DescribeCertificateAuthority", "acm-pca:GetCertificate"],
            Resource: authorityArn,
        },
    ];
}

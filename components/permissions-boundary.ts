import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { archiveTampering, trailTampering } from "../aws/audit-tampering";
import { escalatingActions } from "../aws/escalations";
import { encryption } from "./encryption/key-statements";
import { physicalName, stackPath } from "./names";
import { type Tags, withName } from "./tags";

/** Paths, below the stack's own, of the roles that machines carry. */
export const machinePaths = { servers: "servers/", builders: "builders/" } as const;

/** What servers ask of a private certificate authority. */
export const authorityActions: readonly string[] = [
    "acm-pca:DescribeCertificateAuthority",
    "acm-pca:GetCertificate",
    "acm-pca:IssueCertificate",
];

/**
 * What roles of servers and builders may be given at most: agents, logs, and reading what they run on. Keys are what the keys' own policies
 * let them use.
 */
const rightsOfMachines: readonly string[] = [
    ...authorityActions,
    "cloudwatch:PutMetricData",
    "ec2messages:AcknowledgeMessage",
    "ec2messages:DeleteMessage",
    "ec2messages:FailMessage",
    "ec2messages:GetEndpoint",
    "ec2messages:GetMessages",
    "ec2messages:SendReply",
    "imagebuilder:GetComponent",
    ...encryption,
    "logs:CreateLogStream",
    "logs:DescribeLogGroups",
    "logs:DescribeLogStreams",
    "logs:PutLogEvents",
    "s3:GetObject",
    "secretsmanager:DescribeSecret",
    "secretsmanager:GetSecretValue",
    "ssm:DescribeAssociation",
    "ssm:DescribeDocument",
    "ssm:GetDeployablePatchSnapshotForInstance",
    "ssm:GetDocument",
    "ssm:GetManifest",
    "ssm:ListAssociations",
    "ssm:ListInstanceAssociations",
    "ssm:PutComplianceItems",
    "ssm:PutConfigurePackageResult",
    "ssm:PutInventory",
    "ssm:UpdateAssociationStatus",
    "ssm:UpdateInstanceAssociationStatus",
    "ssm:UpdateInstanceInformation",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
];

/** What roles of services may be given besides: delivery, archive, backup, images and patching. */
const rightsOfServices: readonly string[] = [
    "backup:CopyIntoBackupVault",
    "backup:DescribeBackupVault",
    "ec2:CreateSnapshot",
    "ec2:CreateTags",
    "ec2:DeleteSnapshot",
    "ec2:DeregisterImage",
    "ec2:DescribeImages",
    "ec2:DescribeSnapshots",
    "ec2:DescribeTags",
    "ec2:DescribeVolumes",
    "events:PutEvents",
    "firehose:PutRecord",
    "firehose:PutRecordBatch",
    "iam:PassRole",
    "imagebuilder:DeleteImage",
    "imagebuilder:GetImage",
    "imagebuilder:ListImageBuildVersions",
    "imagebuilder:ListImages",
    "kms:CreateGrant",
    "lambda:InvokeFunction",
    "s3:AbortMultipartUpload",
    "s3:GetBucketLocation",
    "s3:GetObjectVersionAcl",
    "s3:GetObjectVersionForReplication",
    "s3:GetObjectVersionTagging",
    "s3:GetReplicationConfiguration",
    "s3:ListBucket",
    "s3:ListBucketMultipartUploads",
    "s3:ObjectOwnerOverrideToBucketOwner",
    "s3:PutObject",
    "s3:ReplicateObject",
    "s3:ReplicateTags",
    "ssm:CancelCommand",
    "ssm:DescribeInstanceInformation",
    "ssm:DescribeInstancePatches",
    "ssm:DescribeInstancePatchStates",
    "ssm:GetCommandInvocation",
    "ssm:GetParameter",
    "ssm:GetParameters",
    "ssm:ListCommandInvocations",
    "ssm:ListCommands",
    "ssm:ListComplianceItems",
    "ssm:PutParameter",
    "ssm:SendCommand",
    "ssm:StartAutomationExecution",
    "tag:GetResources",
];

/**
 * ARN of the policy that bounds the roles of a component: the given one, or a new one. The new one names no resources, because the roles'
 * own policies do: it holds what no policy that is added later can exceed, and denies whatever touches the audit trail, raises rights or
 * edits a boundary, itself included. A policy may hold 6,144 characters (IAM quotas).
 */
export function permissionsBoundary(
    name: string,
    args: { readonly permissionsBoundaryArn?: pulumi.Input<string>; readonly tags?: Tags },
    parent: pulumi.Resource,
): pulumi.Input<string> {
    if (args.permissionsBoundaryArn !== undefined) {
        return args.permissionsBoundaryArn;
    }
    const resourceName = `${name}-boundary`;
    return new aws.iam.Policy(
        resourceName,
        {
            name: physicalName(resourceName, "iamPolicy"),
            path: stackPath(),
            description: "Bounds what the roles of key servers and of their services can ever do",
            policy: JSON.stringify(boundaryDocument()),
            tags: withName(args.tags, resourceName),
        },
        { parent },
    ).arn;
}

function boundaryDocument(): unknown {
    const machines = Object.values(machinePaths).map(
        (path) => `arn:*:iam::*:role${stackPath()}${path}*`,
    );
    return {
        Version: "2012-10-17",
        Statement: [
            { Sid: "Machines", Effect: "Allow", Action: rightsOfMachines, Resource: "*" },
            {
                Sid: "Services",
                Effect: "Allow",
                Action: rightsOfServices,
                Resource: "*",
                Condition: { ArnNotLike: { "aws:PrincipalArn": machines } },
            },
            {
                Sid: "NobodyTampersOrRises",
                Effect: "Deny",
                Action: [
                    ...Object.values(trailTampering).flat(),
                    ...archiveTampering.objects,
                    ...archiveTampering.bucket,
                    ...escalatingActions,
                ],
                Resource: "*",
            },
        ],
    };
}

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { account, path, region, tags } from "./location";
import { auditLog, flowLog, patchLog, securityLog, sessionLog, systemLog, trailLog } from "./logs";

type Statement = aws.iam.PolicyStatement;

/** What no role here can exceed, whatever is added to its policies; it does not let them edit policies, roles or this boundary. */
const boundary = new aws.iam.Policy("boundary", {
    path,
    policy: {
        Version: "2012-10-17",
        Statement: [
            {
                Effect: "Allow",
                Action: [
                    "cloudwatch:PutMetricData",
                    "ec2messages:*",
                    "kms:Decrypt",
                    "kms:Encrypt",
                    "kms:GenerateDataKey*",
                    "kms:ReEncrypt*",
                    "logs:CreateLogStream",
                    "logs:Describe*",
                    "logs:PutLogEvents",
                    "s3:Get*",
                    "s3:ListBucket",
                    "s3:ReplicateObject",
                    "ssm:Describe*",
                    "ssm:Get*",
                    "ssm:List*",
                    "ssm:PutComplianceItems",
                    "ssm:PutInventory",
                    "ssm:SendCommand",
                    "ssm:UpdateInstanceAssociationStatus",
                    "ssm:UpdateInstanceInformation",
                    "ssmmessages:*",
                ],
                Resource: "*",
            },
        ],
    },
    tags,
});

/** A role for one service with one inline policy. */
function role(
    name: string,
    service: string,
    statements: Statement[],
    condition?: object,
): { role: aws.iam.Role; policy: aws.iam.RolePolicy } {
    const made = new aws.iam.Role(name, {
        path,
        assumeRolePolicy: pulumi.jsonStringify({
            Version: "2012-10-17",
            Statement: [
                {
                    Effect: "Allow",
                    Principal: { Service: service },
                    Action: "sts:AssumeRole",
                    Condition: condition,
                },
            ],
        }),
        permissionsBoundary: boundary.arn,
        tags,
    });
    const policy = new aws.iam.RolePolicy(name, {
        role: made.name,
        policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements }),
    });
    return { role: made, policy };
}

const thisAccount = { StringEquals: { "aws:SourceAccount": account } };

function logGroupArn(group: aws.cloudwatch.LogGroup): pulumi.Output<string> {
    return pulumi.interpolate`arn:aws:logs:${region}:${account}:log-group:${group.name}:*`;
}

function append(...groups: aws.cloudwatch.LogGroup[]): Statement {
    return {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: groups.map(logGroupArn),
    };
}

const instances = pulumi.interpolate`arn:aws:ec2:${region}:${account}:instance/*`;

export const server = role("server", "ec2.amazonaws.com", [
    {
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
        Effect: "Allow",
        Action: ["ssm:DescribeAssociation", "ssm:DescribeDocument", "ssm:GetDocument"],
        Resource: [
            pulumi.interpolate`arn:aws:ssm:${region}::document/*`,
            pulumi.interpolate`arn:aws:ssm:${region}:${account}:association/*`,
        ],
    },
    {
        Effect: "Allow",
        Action: [
            "ec2messages:AcknowledgeMessage",
            "ec2messages:DeleteMessage",
            "ec2messages:FailMessage",
            "ec2messages:GetEndpoint",
            "ec2messages:GetMessages",
            "ec2messages:SendReply",
            "ssm:GetDeployablePatchSnapshotForInstance",
            "ssm:ListAssociations",
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
        ],
        Resource: "*",
    },
    append(systemLog, securityLog, auditLog, patchLog, sessionLog),
    {
        Effect: "Allow",
        Action: ["logs:DescribeLogGroups"],
        Resource: pulumi.interpolate`arn:aws:logs:${region}:${account}:log-group:*`,
    },
    {
        Effect: "Allow",
        Action: ["kms:Decrypt"],
        Resource: pulumi.interpolate`arn:aws:kms:${region}:${account}:key/*`,
        Condition: { StringLike: { "kms:EncryptionContext:aws:ssm:SessionId": "*" } },
    },
    {
        Effect: "Allow",
        Action: ["cloudwatch:PutMetricData"],
        Resource: "*",
        Condition: { StringEquals: { "cloudwatch:namespace": "KeyServer" } },
    },
]);

export const serverProfile = new aws.iam.InstanceProfile("server", {
    path,
    role: server.role.name,
    tags,
});

export const flowLogDelivery = role(
    "flow-log",
    "vpc-flow-logs.amazonaws.com",
    [append(flowLog)],
    thisAccount,
);

export const patchWindow = role(
    "patch-window",
    "ssm.amazonaws.com",
    [
        {
            Effect: "Allow",
            Action: ["ssm:SendCommand"],
            Resource: pulumi.interpolate`arn:aws:ssm:${region}::document/AWS-RunPatchBaseline`,
        },
        {
            Effect: "Allow",
            Action: ["ssm:SendCommand"],
            Resource: instances,
            Condition: { StringEquals: { "ssm:resourceTag/PatchGroup": "key-server" } },
        },
    ],
    thisAccount,
);

export const trailWriter = role(
    "trail",
    "cloudtrail.amazonaws.com",
    [
        {
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: logGroupArn(trailLog),
        },
    ],
    thisAccount,
);

const landing = pulumi.interpolate`arn:aws:s3:::key-server-landing-${account}-${region}`;
const archive = pulumi.interpolate`arn:aws:s3:::key-server-archive-${account}-${region}`;

export const archiver = role(
    "archiver",
    "s3.amazonaws.com",
    [
        {
            Effect: "Allow",
            Action: ["s3:GetReplicationConfiguration", "s3:ListBucket"],
            Resource: landing,
        },
        {
            Effect: "Allow",
            Action: ["s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication"],
            Resource: pulumi.interpolate`${landing}/*`,
        },
        {
            Effect: "Allow",
            Action: "s3:ReplicateObject",
            Resource: pulumi.interpolate`${archive}/*`,
        },
    ],
    thisAccount,
);

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { account, path, region, tags } from "./location";

const administration = [
    "kms:CancelKeyDeletion",
    "kms:DescribeKey",
    "kms:EnableKeyRotation",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UpdateKeyDescription",
];

const use = [
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
];

const root = pulumi.interpolate`arn:aws:iam::${account}:root`;

function key(name: string, description: string, statements: object[]): aws.kms.Key {
    return new aws.kms.Key(
        name,
        {
            description,
            enableKeyRotation: true,
            rotationPeriodInDays: 365,
            deletionWindowInDays: 30,
            policy: pulumi.jsonStringify({
                Version: "2012-10-17",
                Statement: [
                    {
                        Sid: "Administration",
                        Effect: "Allow",
                        Principal: { AWS: root },
                        Action: administration,
                        Resource: "*",
                    },
                    ...statements,
                ],
            }),
            tags,
        },
        { protect: true },
    );
}

const throughEc2 = {
    "kms:CallerAccount": account,
    "kms:ViaService": pulumi.interpolate`ec2.${region}.amazonaws.com`,
};

export const volumeKey = key("volumes", "Volumes of the key server", [
    {
        Sid: "Volumes",
        Effect: "Allow",
        Principal: { AWS: root },
        Action: use,
        Resource: "*",
        Condition: { StringEquals: throughEc2 },
    },
    {
        Sid: "Grants",
        Effect: "Allow",
        Principal: { AWS: root },
        Action: ["kms:CreateGrant"],
        Resource: "*",
        Condition: {
            StringEquals: throughEc2,
            Bool: { "kms:GrantIsForAWSResource": "true" },
        },
    },
]);

export const logKey = key("logs", "Logs of the key server", [
    {
        Sid: "LogGroups",
        Effect: "Allow",
        Principal: { Service: pulumi.interpolate`logs.${region}.amazonaws.com` },
        Action: use,
        Resource: "*",
        Condition: {
            ArnLike: {
                "kms:EncryptionContext:aws:logs:arn": pulumi.interpolate`arn:aws:logs:${region}:${account}:log-group:${path}*`,
            },
        },
    },
    {
        Sid: "CallersOfLogs",
        Effect: "Allow",
        Principal: { AWS: root },
        Action: use,
        Resource: "*",
        Condition: {
            StringEquals: {
                "kms:CallerAccount": account,
                "kms:ViaService": pulumi.interpolate`logs.${region}.amazonaws.com`,
            },
        },
    },
    {
        Sid: "SessionChannels",
        Effect: "Allow",
        Principal: { AWS: root },
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: "*",
        Condition: {
            StringEquals: { "kms:CallerAccount": account },
            StringLike: { "kms:EncryptionContext:aws:ssm:SessionId": "*" },
        },
    },
]);

/** Name by which sessions know the log key; unlike its ARN it is known before the key exists. */
export const logKeyAlias = "alias/key-server-logs";

new aws.kms.Alias("logs", { name: logKeyAlias, targetKeyId: logKey.keyId });

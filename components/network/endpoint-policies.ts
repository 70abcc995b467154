import * as pulumi from "@pulumi/pulumi";
import { imageBuilderBuckets, serviceBuckets } from "../../aws/service-buckets";
import type { Location } from "../location";

/** Services whose requests do not say which account owns the resource, so only the caller's account is checked. */
const withoutResourceAccount = new Set(["ec2", "monitoring", "ssmmessages", "ec2messages", "sts"]);

/** IAM's name of a service where it differs from the endpoint's. */
const iamPrefix: Readonly<Record<string, string>> = { monitoring: "cloudwatch" };

/** Policy of an interface endpoint: callers of this account only, and only towards resources of this account. */
function buildInterfacePolicy(
    service: string,
    account: string,
    region: string,
    partition: string,
): unknown {
    const actions = `${iamPrefix[service] ?? service}:*`;
    const ours = {
        Sid: "CallersAndResourcesOfThisAccount",
        Effect: "Allow",
        Principal: "*",
        Action: actions,
        Resource: "*",
        Condition: {
            StringEquals: {
                "aws:PrincipalAccount": account,
                ...(withoutResourceAccount.has(service) ? {} : { "aws:ResourceAccount": account }),
            },
        },
    };
    const amazons = {
        // Amazon's own documents and public parameters belong to no account of ours.
        Sid: "AmazonsDocumentsAndParameters",
        Effect: "Allow",
        Principal: "*",
        Action: [
            "ssm:DescribeDocument",
            "ssm:GetDocument",
            "ssm:GetParameter",
            "ssm:GetParameters",
        ],
        Resource: [
            `arn:${partition}:ssm:${region}::document/*`,
            `arn:${partition}:ssm:${region}::parameter/aws/*`,
        ],
        Condition: { StringEquals: { "aws:PrincipalAccount": account } },
    };
    return { Version: "2012-10-17", Statement: service === "ssm" ? [ours, amazons] : [ours] };
}

/**
 * Policy of the S3 gateway endpoint. Amazon's buckets are read without a signature or with a service's, so that statement has no condition
 * on the caller: it names the buckets instead.
 */
function buildGatewayPolicy(account: string, region: string, partition: string): unknown {
    return {
        Version: "2012-10-17",
        Statement: [
            {
                Sid: "ReadAmazonsBuckets",
                Effect: "Allow",
                Principal: "*",
                Action: "s3:GetObject",
                Resource: [...serviceBuckets(region), ...imageBuilderBuckets(region)].map(
                    (name) => `arn:${partition}:s3:::${name}/*`,
                ),
            },
            {
                Sid: "BucketsOfThisAccount",
                Effect: "Allow",
                Principal: "*",
                Action: [
                    "s3:GetObject",
                    "s3:GetObjectVersion",
                    "s3:GetEncryptionConfiguration",
                    "s3:ListBucket",
                    "s3:PutObject",
                ],
                Resource: "*",
                Condition: {
                    StringEquals: {
                        "aws:PrincipalAccount": account,
                        "aws:ResourceAccount": account,
                    },
                },
            },
        ],
    };
}

/** The same as JSON, computed from the location. */
export function interfacePolicy(
    service: string,
    { account, region, partition }: Location,
): pulumi.Output<string> {
    return pulumi
        .all([account, region, partition])
        .apply((values) => JSON.stringify(buildInterfacePolicy(service, ...values)));
}

/** The same as JSON, computed from the location. */
export function gatewayPolicy({ account, region, partition }: Location): pulumi.Output<string> {
    return pulumi
        .all([account, region, partition])
        .apply((values) => JSON.stringify(buildGatewayPolicy(...values)));
}

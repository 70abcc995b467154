import * as pulumi from "@pulumi/pulumi";
import { imageBuilderBuckets, serviceBuckets } from "../../aws/service-buckets";
import type { KeyServerNetworkArgs } from "../key-server-network";
import type { Location } from "../location";
import { authorityActions } from "../permissions-boundary";

/** Services whose requests do not say which account owns the resource, so only the caller's account is checked. */
const withoutResourceAccount = new Set(["ec2", "monitoring", "ssmmessages", "ec2messages", "sts"]);

/** IAM's name of a service where it differs from the endpoint's. */
const iamPrefix: Readonly<Record<string, string>> = { monitoring: "cloudwatch" };

/** What an endpoint policy is computed from. */
interface EndpointFacts {
    readonly account: string;
    readonly region: string;
    readonly partition: string;
    /** Organisation whose accounts are admitted; undefined for this account alone. */
    readonly organization: string | undefined;
    /** Authority that issues certificates of servers; undefined for none. */
    readonly authority: string | undefined;
}

/** The condition on who calls, and on whose resource it is about: this account, or accounts of the organisation. */
function ours(
    kind: "Principal" | "Resource",
    { account, organization }: Pick<EndpointFacts, "account" | "organization">,
): Readonly<Record<string, string>> {
    return organization === undefined
        ? { [`aws:${kind}Account`]: account }
        : { [`aws:${kind}OrgID`]: organization };
}

/** Policy of an interface endpoint: callers of this account or organisation only, and only towards its resources. */
function buildInterfacePolicy(service: string, facts: EndpointFacts): unknown {
    const { partition, region } = facts;
    const actions = `${iamPrefix[service] ?? service}:*`;
    const own = {
        Sid:
            facts.organization === undefined
                ? "CallersAndResourcesOfThisAccount"
                : "CallersAndResourcesOfThisOrganization",
        Effect: "Allow",
        Principal: "*",
        Action: actions,
        Resource: "*",
        Condition: {
            StringEquals: {
                ...ours("Principal", facts),
                ...(withoutResourceAccount.has(service) ? {} : ours("Resource", facts)),
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
        Condition: { StringEquals: ours("Principal", facts) },
    };
    return {
        Version: "2012-10-17",
        Statement: [
            own,
            ...(service === "ssm" ? [amazons] : []),
            ...(service === "acm-pca" ? sharedAuthority(facts) : []),
        ],
    };
}

/** An authority that another account shares is no resource of ours: that one alone, for what servers ask of it. */
function sharedAuthority(facts: EndpointFacts): readonly unknown[] {
    const { account, authority } = facts;
    return authority === undefined || authority.split(":")[4] === account
        ? []
        : [
              {
                  Sid: "SharedCertificateAuthority",
                  Effect: "Allow",
                  Principal: "*",
                  Action: authorityActions,
                  Resource: authority,
                  Condition: { StringEquals: ours("Principal", facts) },
              },
          ];
}

/**
 * Policy of the S3 gateway endpoint. Amazon's buckets are read without a signature or with a service's, so that statement has no condition
 * on the caller: it names the buckets instead.
 */
function buildGatewayPolicy(facts: Omit<EndpointFacts, "authority">): unknown {
    const { partition, region } = facts;
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
                Sid:
                    facts.organization === undefined
                        ? "BucketsOfThisAccount"
                        : "BucketsOfThisOrganization",
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
                    StringEquals: { ...ours("Principal", facts), ...ours("Resource", facts) },
                },
            },
        ],
    };
}

/** The policy of an interface endpoint as JSON. */
export function interfacePolicy(
    service: string,
    location: Location,
    {
        certificateAuthorityArn: authority,
        organizationId: organization,
    }: Pick<KeyServerNetworkArgs, "certificateAuthorityArn" | "organizationId">,
): pulumi.Output<string> {
    return pulumi
        .output({ ...location, authority, organization })
        .apply((facts) => JSON.stringify(buildInterfacePolicy(service, facts)));
}

/** The policy of the S3 gateway endpoint as JSON. */
export function gatewayPolicy(
    location: Location,
    organization?: pulumi.Input<string>,
): pulumi.Output<string> {
    return pulumi
        .output({ ...location, organization })
        .apply((facts) => JSON.stringify(buildGatewayPolicy(facts)));
}

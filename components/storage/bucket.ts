import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Location } from "../location";
import { physicalName } from "../names";
import { type Tags, withName } from "../tags";

export interface BucketArgs {
    /** Key that encrypts new objects by default. */
    readonly keyArn: pulumi.Input<string>;
    /** Whether S3 Object Lock is switched on. */
    readonly objectLock: boolean;
    readonly disposable: boolean;
    /** What the bucket's policy allows besides what it denies. */
    readonly statements?: (bucketArn: pulumi.Output<string>) => readonly BucketStatement[];
    readonly region?: pulumi.Input<string>;
    readonly tags?: Tags;
}

/** A statement of a bucket policy. */
export interface BucketStatement {
    readonly Sid: string;
    readonly Effect: "Allow" | "Deny";
    readonly Principal: unknown;
    readonly Action: string | readonly string[];
    readonly Resource: pulumi.Input<string> | readonly pulumi.Input<string>[];
    readonly Condition?: unknown;
}

export interface Bucket {
    readonly bucket: aws.s3.Bucket;
    /** Computed from the name, so that policies are known before the bucket exists. */
    readonly arn: pulumi.Output<string>;
    readonly name: pulumi.Output<string>;
    /** Whatever makes the bucket safe to write to. */
    readonly settings: readonly pulumi.Resource[];
}

/** A private, versioned bucket: encrypted with a customer-managed key, owned by its account alone, reached over TLS 1.2 or newer only. */
export function createBucket(
    name: string,
    args: BucketArgs,
    { account, partition }: Location,
    parent: pulumi.Resource,
): Bucket {
    const { disposable, region, tags } = args;
    // Bucket names are unique in the world, so the account is part of them.
    const physical = pulumi.interpolate`${physicalName(name, "bucketBeforeAccount")}-${account}`;
    const arn = pulumi.interpolate`arn:${partition}:s3:::${physical}`;
    const bucket = new aws.s3.Bucket(
        name,
        {
            bucket: physical,
            objectLockEnabled: args.objectLock,
            forceDestroy: disposable,
            region,
            tags: withName(tags, name),
        },
        { parent, protect: !disposable, retainOnDelete: !disposable },
    );
    const common = { bucket: bucket.bucket, region };
    // A bucket that stays when the stack is taken down stays closed and encrypted.
    const options = { parent, retainOnDelete: !disposable };
    const settings = [
        new aws.s3.BucketVersioning(
            name,
            { ...common, versioningConfiguration: { status: "Enabled" } },
            options,
        ),
        new aws.s3.BucketPublicAccessBlock(
            name,
            {
                ...common,
                blockPublicAcls: true,
                blockPublicPolicy: true,
                ignorePublicAcls: true,
                restrictPublicBuckets: true,
            },
            options,
        ),
        new aws.s3.BucketOwnershipControls(
            name,
            { ...common, rule: { objectOwnership: "BucketOwnerEnforced" } },
            options,
        ),
        new aws.s3.BucketServerSideEncryptionConfiguration(
            name,
            {
                ...common,
                rules: [
                    {
                        applyServerSideEncryptionByDefault: {
                            sseAlgorithm: "aws:kms",
                            kmsMasterKeyId: args.keyArn,
                        },
                        bucketKeyEnabled: true,
                    },
                ],
            },
            options,
        ),
    ];
    const policy = new aws.s3.BucketPolicy(
        name,
        {
            ...common,
            policy: pulumi.jsonStringify({
                Version: "2012-10-17",
                Statement: [...overTls(arn), ...(args.statements?.(arn) ?? [])],
            }),
        },
        // A policy that is being set and a public access block that is being set refuse each other.
        { ...options, dependsOn: settings },
    );
    return { bucket, arn, name: physical, settings: [...settings, policy] };
}

function overTls(arn: pulumi.Output<string>): readonly BucketStatement[] {
    const everything = [arn, pulumi.interpolate`${arn}/*`];
    const deny = (sid: string, condition: unknown): BucketStatement => ({
        Sid: sid,
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: everything,
        Condition: condition,
    });
    return [
        deny("NoClearText", { Bool: { "aws:SecureTransport": "false" } }),
        deny("NoOldTls", { NumericLessThan: { "s3:TlsVersion": "1.2" } }),
    ];
}

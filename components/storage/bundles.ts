import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createHash } from "node:crypto";
import type { KeyServerBundleArgs } from "../key-server";
import type { Location } from "../location";
import { readyAfter } from "../readiness";
import { type Tags, withName } from "../tags";
import { type Bucket, createBucket } from "./bucket";

/** The bucket that scripts for key servers lie in. */
export function createBundleBucket(
    name: string,
    args: {
        readonly secretKeyArn: pulumi.Input<string>;
        readonly disposable: boolean;
        readonly region?: pulumi.Input<string>;
        readonly tags?: Tags;
    },
    location: Location,
    parent: pulumi.Resource,
): Bucket {
    return createBucket(
        name,
        {
            keyArn: args.secretKeyArn,
            objectLock: false,
            disposable: args.disposable,
            region: args.region,
            tags: args.tags,
        },
        location,
        parent,
    );
}

/**
 * Lays a script into the bucket under its own hash. Nothing is ever overwritten: an older version stays for servers that still name it, and
 * whoever replaces an object cannot make a server run it.
 */
export function createBundle(
    name: string,
    script: pulumi.Input<string>,
    { bucket, settings, name: bucketName }: Bucket,
    { region, tags }: { readonly region?: pulumi.Input<string>; readonly tags?: Tags },
    parent: pulumi.Resource,
): KeyServerBundleArgs {
    const sha256 = pulumi
        .output(script)
        .apply((text) => createHash("sha256").update(text).digest("hex"));
    const key = pulumi.interpolate`bundles/${sha256}`;
    const object = new aws.s3.BucketObjectv2(
        name,
        {
            bucket: bucket.bucket,
            key,
            source: pulumi.output(script).apply((text) => new pulumi.asset.StringAsset(text)),
            contentType: "text/x-shellscript",
            region,
            tags: withName(tags, name),
        },
        { parent, dependsOn: [...settings], retainOnDelete: true },
    );
    return { bucket: bucketName, key: readyAfter(key, [object]), sha256 };
}

import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { bucketsGuarded as rule } from "../../../policy-pack/rules/buckets-guarded";
import { from, resource, unknown, verdicts } from "../../support/graph";
import { token } from "../../support/network";

const server = resource(token.instance, "vault");
const key = resource("aws:kms/key:Key", "bundles");
const bucket = resource("aws:s3/bucket:Bucket", "bundles", { bucket: "bundles" });
const denial = { Effect: "Deny", Principal: "*", Action: "s3:*" };
const Resource = ["arn:aws:s3:::bundles", "arn:aws:s3:::bundles/*"];
const secure = { ...denial, Resource, Condition: { Bool: { "aws:SecureTransport": "false" } } };
const modern = { ...denial, Resource, Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } } };

function encryption(sseAlgorithm: unknown): RegisteredResource {
    return resource(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "encryption",
        {
            bucket: from(bucket),
            rules: [
                { applyServerSideEncryptionByDefault: { sseAlgorithm, kmsMasterKeyId: from(key) } },
            ],
        },
    );
}

function policy(...statements: readonly unknown[]): RegisteredResource {
    return resource("aws:s3/bucketPolicy:BucketPolicy", "policy", {
        bucket: from(bucket),
        policy: statements.includes(unknown) ? unknown : JSON.stringify({ Statement: statements }),
    });
}

describe("buckets-guarded", () => {
    for (const [title, resources, expected] of [
        [
            "passes a bucket that is encrypted and refuses clear text and old TLS",
            [encryption("aws:kms"), policy(secure, modern)],
            ["pass bundles"],
        ],
        [
            "fails a bucket without a key and a policy",
            [],
            ["fail bundles policy", "fail bundles serverSideEncryptionConfiguration"],
        ],
        [
            "fails a key that Amazon S3 manages",
            [encryption("AES256"), policy(secure, modern)],
            ["fail encryption rules[0].applyServerSideEncryptionByDefault.sseAlgorithm"],
        ],
        [
            "fails a policy that takes old TLS",
            [encryption("aws:kms"), policy(secure)],
            ["fail policy policy"],
        ],
        [
            "is undecided while the policy is unknown",
            [encryption("aws:kms"), policy(unknown)],
            ["indeterminate policy policy"],
        ],
        [
            "leaves a bucket that holds logs to its own policy",
            [resource("aws:cloudtrail/trail:Trail", "trail", { s3BucketName: from(bucket) })],
            [],
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [server, key, bucket, ...resources]), expected);
        });
    }

    it("says nothing of stacks without key servers", () => {
        assert.deepEqual(verdicts(rule, [key, bucket]), []);
    });
});

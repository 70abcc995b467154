import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { bucketsPrivate as rule } from "../../../policy-pack/rules/buckets-private";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";

const closed = {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
};
const bundles = resource("aws:s3/bucket:Bucket", "bundles", { bucket: "bundles" });
const older = resource("aws:s3/bucketV2:BucketV2", "bundles", { bucket: "bundles" });

function block(of: unknown, settings: Readonly<Record<string, unknown>>): RegisteredResource {
    return resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "block", {
        bucket: of,
        ...settings,
    });
}

function account(settings: Readonly<Record<string, unknown>>): RegisteredResource {
    return resource("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", "all", settings);
}

describe("buckets-private", () => {
    for (const [title, resources, expected] of [
        ["says nothing of a stack without buckets", [], []],
        ["fails a bucket without a block", [bundles], ["fail bundles"]],
        ["passes a closed bucket", [bundles, block(from(bundles), closed)], ["pass bundles"]],
        [
            "passes a block by the bucket's name",
            [bundles, block("bundles", closed)],
            ["pass bundles"],
        ],
        [
            "passes a bucket of the former generation",
            [older, block(from(older), closed)],
            ["pass bundles"],
        ],
        [
            "passes switches written as text",
            [bundles, block(from(bundles), { ...closed, blockPublicAcls: "true" })],
            ["pass bundles"],
        ],
        ["fails a block of another bucket", [bundles, block("others", closed)], ["fail bundles"]],
        ["passes buckets of a closed account", [bundles, account(closed)], ["pass bundles"]],
        [
            "does not count an account that is open in one way, or maybe",
            [bundles, account({ ...closed, ignorePublicAcls: false })],
            ["fail bundles"],
        ],
        [
            "does not count an account of which one way is unknown",
            [bundles, account({ ...closed, ignorePublicAcls: unknown })],
            ["fail bundles"],
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, resources), expected);
        });
    }

    for (const property of Object.keys(closed)) {
        it(`asks for ${property}`, () => {
            const judged = (value: unknown): readonly string[] =>
                verdicts(rule, [bundles, block(from(bundles), { ...closed, [property]: value })]);
            assert.deepEqual(judged(undefined), [`fail block ${property}`]);
            assert.deepEqual(judged(false), [`fail block ${property}`]);
            assert.deepEqual(judged(unknown), [`indeterminate block ${property}`]);
        });
    }

    it("leaves buckets of logs to the policy that asks more of them", () => {
        const trail = resource("aws:cloudtrail/trail:Trail", "trail", {
            s3BucketName: from(bundles),
        });
        assert.deepEqual(verdicts(rule, [bundles, trail]), []);
    });

    it("says what is missing", () => {
        assert.deepEqual(messages(rule, [bundles]), [
            "no public access block is set on the bucket",
        ]);
    });
});

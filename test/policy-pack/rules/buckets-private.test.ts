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

function policy(statement: unknown): RegisteredResource {
    return resource("aws:s3/bucketPolicy:BucketPolicy", "policy", {
        bucket: "others",
        policy: statement === unknown ? unknown : { Statement: [statement] },
    });
}

function list(acl: unknown): RegisteredResource {
    return resource("aws:s3/bucketAcl:BucketAcl", "list", { bucket: "others", acl });
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
        [
            "fails a bucket beside the block of another one",
            [bundles, block("others", closed)],
            ["fail bundles", "pass block"],
        ],
        [
            "passes buckets of a closed account",
            [bundles, account(closed)],
            ["pass all", "pass bundles"],
        ],
        [
            "does not count an account that is open in one way, or maybe",
            [bundles, account({ ...closed, ignorePublicAcls: false })],
            ["fail all ignorePublicAcls", "fail bundles"],
        ],
        [
            "does not count an account of which one way is unknown",
            [bundles, account({ ...closed, ignorePublicAcls: unknown })],
            ["fail bundles", "indeterminate all ignorePublicAcls"],
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

    for (const [title, subject, expected] of [
        [
            "judges the block of a bucket elsewhere",
            block("others", { ...closed, blockPublicAcls: false }),
            "fail block blockPublicAcls",
        ],
        [
            "judges the block of the account",
            account({ ...closed, blockPublicPolicy: undefined }),
            "fail all blockPublicPolicy",
        ],
        [
            "fails a policy for everybody",
            policy({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" }),
            "fail policy policy",
        ],
        [
            "passes a policy for everybody of the organisation",
            policy({
                Effect: "Allow",
                Principal: { AWS: "*" },
                Action: "s3:GetObject",
                Resource: "*",
                Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } },
            }),
            "pass policy",
        ],
        [
            "passes a denial of everybody",
            policy({ Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" }),
            "pass policy",
        ],
        ["is indeterminate for an unknown policy", policy(unknown), "indeterminate policy policy"],
        ["fails a list for everybody", list("public-read-write"), "fail list acl"],
        ["fails a list for all accounts", list("authenticated-read"), "fail list acl"],
        ["passes a private list", list("private"), "pass list"],
        ["is indeterminate for an unknown list", list(unknown), "indeterminate list acl"],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [subject]), [expected]);
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

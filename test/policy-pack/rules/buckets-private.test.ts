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

/** A list whose one grant names this group. */
function granting(uri: unknown): RegisteredResource {
    return resource("aws:s3/bucketAcl:BucketAcl", "list", {
        bucket: "others",
        accessControlPolicy: { grants: [{ grantee: { type: "Group", uri }, permission: "READ" }] },
    });
}

const everybody = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" };
const grantedTo = "accessControlPolicy.grants[0].grantee.uri";

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

    it("takes the empty policy that AWS gives for none as none", () => {
        const own = resource(bundles.type, "bundles", { policy: "" });
        assert.deepEqual(verdicts(rule, [own, block(from(own), closed)]), ["pass bundles"]);
    });

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
        ["fails a policy for everybody", policy(everybody), "fail policy policy"],
        [
            "fails a policy for everybody but a list",
            policy({
                ...everybody,
                Principal: undefined,
                NotPrincipal: { AWS: "arn:aws:iam::111122223333:root" },
            }),
            "fail policy policy",
        ],
        [
            "fails a policy for everybody whom a condition leaves out one caller",
            policy({
                ...everybody,
                Condition: {
                    ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:user/old" },
                },
            }),
            "fail policy policy",
        ],
        [
            "passes a policy for everybody who has one role",
            policy({
                ...everybody,
                Condition: { StringLike: { "aws:userid": "AROA0123456789EXAMPLE:*" } },
            }),
            "pass policy",
        ],
        [
            "passes a policy for everybody in a network",
            policy({
                ...everybody,
                Condition: { StringEquals: { "aws:SourceVpce": "vpce-0123456789abcdef0" } },
            }),
            "pass policy",
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
        [
            "fails a grant to everybody",
            granting("http://acs.amazonaws.com/groups/global/AllUsers"),
            `fail list ${grantedTo}`,
        ],
        [
            "fails a grant to all accounts",
            granting("http://acs.amazonaws.com/groups/global/AuthenticatedUsers"),
            `fail list ${grantedTo}`,
        ],
        [
            "passes a grant to the service that delivers logs",
            granting("http://acs.amazonaws.com/groups/s3/LogDelivery"),
            "pass list",
        ],
        [
            "is indeterminate for an unknown grantee",
            granting(unknown),
            `indeterminate list ${grantedTo}`,
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [subject]), [expected]);
        });
    }

    for (const [title, properties, expected] of [
        ["a canned list", { acl: "public-read" }, "fail own acl"],
        ["an unknown list", { acl: unknown }, "indeterminate own acl"],
        [
            "a grant",
            { grants: [{ uri: "http://acs.amazonaws.com/groups/global/AllUsers" }] },
            "fail own grants[0].uri",
        ],
        ["a policy", { policy: { Statement: [everybody] } }, "fail own policy"],
        ["an unknown policy", { policy: unknown }, "indeterminate own policy"],
        ["a private list", { acl: "private" }, "pass own"],
    ] as const) {
        it(`judges ${title} inside a bucket of either generation, also of a closed account`, () => {
            for (const type of ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"]) {
                const own = resource(type, "own", properties);
                assert.deepEqual(
                    verdicts(rule, [own, account(closed)]),
                    [expected, "pass all"].sort(),
                );
                assert.ok(verdicts(rule, [own, block(from(own), closed)]).includes(expected));
            }
        });
    }

    it("judges the list of a bucket of logs, which no other policy reads", () => {
        const own = resource("aws:s3/bucket:Bucket", "own", { acl: "public-read" });
        const trail = resource("aws:cloudtrail/trail:Trail", "trail", { s3BucketName: from(own) });
        assert.deepEqual(verdicts(rule, [own, trail]), ["fail own acl"]);
    });

    it("leaves buckets of logs to the policy that asks more of them", () => {
        const trail = resource("aws:cloudtrail/trail:Trail", "trail", {
            s3BucketName: from(bundles),
        });
        assert.deepEqual(verdicts(rule, [bundles, trail]), []);
    });

    it("takes the account's word where the configuration attests its block, for as long as it may", () => {
        const attested = (day: string) =>
            verdicts(rule, [bundles], {
                parameters: { accountAttestations: [`bucket-block ${day}`] },
            });
        assert.deepEqual(attested("2026-10-20"), ["pass bundles"]);
        assert.deepEqual(attested("2024-10-20"), ["fail bundles"]);
    });

    it("says what is missing", () => {
        assert.deepEqual(messages(rule, [bundles]), [
            "no public access block is set on the bucket",
        ]);
    });
});

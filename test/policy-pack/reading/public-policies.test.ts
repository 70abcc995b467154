import assert from "node:assert/strict";
import { readPolicyDocument } from "../../../aws/policy-document";
import { judgePublicStatement } from "../../../policy-pack/reading/public-policies";
import { bucketsPrivate } from "../../../policy-pack/rules/buckets-private";
import { logBucketAccess } from "../../../policy-pack/rules/log-bucket-access";
import { from, messages, resource, unknown } from "../../support/graph";

const account = "111122223333";

function judged(condition: unknown, principal: object = { Principal: "*" }): string {
    const statement = {
        Effect: "Allow",
        ...principal,
        Action: "s3:GetObject",
        Resource: "*",
        ...(condition === undefined ? {} : { Condition: condition }),
    };
    const document = readPolicyDocument({ Statement: [statement] });
    const [first] = document.statements;
    assert.ok(first !== undefined);
    const policy = {
        resource: resource("aws:s3/bucketPolicy:BucketPolicy", "policy"),
        path: ["policy"],
        document,
    };
    return judgePublicStatement(policy, first)[0]?.verdict ?? "not public";
}

/** Key, values that name something, values that name nothing. */
const keys: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ["aws:PrincipalAccount", [account], ["*", "1111*", "${aws:PrincipalAccount}"]],
    [
        "aws:PrincipalArn",
        [`arn:aws:iam::${account}:role/server`, `arn:aws:iam::${account}:role/*`],
        ["*", "arn:aws:iam::*:role/server", "arn:aws:iam::${aws:SourceAccount}:role/server"],
    ],
    ["aws:PrincipalOrgID", ["o-a1b2c3d4e5"], ["*", "o-*"]],
    [
        "aws:PrincipalOrgPaths",
        ["o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/", "o-a1b2c3d4e5/*"],
        ["*", "o-*/r-ab12/"],
    ],
    ["aws:SourceAccount", [account], ["*", "????????????"]],
    [
        "aws:SourceArn",
        [
            "arn:aws:s3:::bucket",
            `arn:aws:cloudtrail:eu-central-1:${account}:trail/one`,
            `arn:aws:cloudtrail:*:${account}:trail/*`,
        ],
        ["*", "arn:aws:s3:::*", "arn:aws:cloudtrail:*:*:trail/one"],
    ],
    ["aws:SourceOrgID", ["o-a1b2c3d4e5"], ["o-*"]],
    ["aws:SourceOrgPaths", ["o-a1b2c3d4e5/*"], ["*"]],
    ["aws:SourceOwner", [account], ["*"]],
    ["aws:SourceVpc", ["vpc-0123456789abcdef0"], ["vpc-*", "*"]],
    ["aws:SourceVpce", ["vpce-0123456789abcdef0"], ["vpce-*", "*"]],
    ["aws:userid", ["AROA0123456789EXAMPLE:*", "AIDA0123456789EXAMPLE"], ["*", "*:session"]],
    ["s3:DataAccessPointAccount", [account], ["*"]],
    [
        "s3:DataAccessPointArn",
        [`arn:aws:s3:eu-central-1:${account}:accesspoint/*`],
        ["arn:aws:s3:eu-central-1:*:accesspoint/logs"],
    ],
];

describe("a bucket's policy for everybody", () => {
    for (const [key, named, wide] of keys) {
        const operator = key.endsWith("Arn") ? "ArnLike" : "StringLike";
        it(`is not public where ${key} names somebody`, () => {
            for (const value of named) {
                assert.equal(judged({ [operator]: { [key]: value } }), "not public", value);
                assert.equal(judged({ [operator]: { [key]: [value] } }), "not public", value);
            }
        });

        it(`is public where ${key} may be anything, is not demanded, or is turned round`, () => {
            const [value = ""] = named;
            for (const condition of [
                ...wide.map((each) => ({ [operator]: { [key]: each } })),
                { [operator]: { [key]: [value, wide[0]] } },
                { [`${operator}IfExists`]: { [key]: value } },
                { [`ForAllValues:${operator}`]: { [key]: value } },
                { StringNotEquals: { [key]: value } },
                { Null: { [key]: "false" } },
            ]) {
                assert.equal(judged(condition), "fail", JSON.stringify(condition));
            }
        });

        it(`is not decided where the value of ${key} is not known`, () => {
            assert.equal(judged({ [operator]: { [key]: unknown } }), "indeterminate");
            assert.equal(judged({ [operator]: { [key]: [named[0], unknown] } }), "indeterminate");
            assert.equal(judged({ [operator]: { [key]: [unknown, wide[0]] } }), "fail");
        });
    }

    for (const [range, expected] of [
        ["198.51.100.0/24", "not public"],
        ["198.51.100.7", "not public"],
        ["50.0.0.0/8", "not public"],
        ["50.0.0.0/7", "fail"],
        ["0.0.0.0/1", "fail"],
        ["0.0.0.0/0", "fail"],
        ["10.0.0.0/8", "not public"],
        ["172.16.0.0/12", "not public"],
        ["2001:db8::/32", "not public"],
        ["2001:d00::/24", "fail"],
        ["::/0", "fail"],
        ["everywhere", "fail"],
    ] as const) {
        it(`is ${expected === "fail" ? "public" : "not public"} for ${range}`, () => {
            assert.equal(judged({ IpAddress: { "aws:SourceIp": range } }), expected);
        });
    }

    it("is public where one of several ranges is too wide, or addresses are left out", () => {
        assert.equal(
            judged({ IpAddress: { "aws:SourceIp": ["198.51.100.0/24", "0.0.0.0/1"] } }),
            "fail",
        );
        assert.equal(judged({ NotIpAddress: { "aws:SourceIp": "198.51.100.0/24" } }), "fail");
        assert.equal(judged({ IpAddressIfExists: { "aws:SourceIp": "198.51.100.0/24" } }), "fail");
    });

    it("is not decided where ranges are not known", () => {
        assert.equal(judged({ IpAddress: { "aws:SourceIp": unknown } }), "indeterminate");
    });

    it("is public under keys that strangers' requests carry as well", () => {
        for (const [key, value] of [
            ["aws:Referer", "https://example.com/"],
            ["aws:UserAgent", "agent"],
            ["s3:prefix", "logs/"],
            ["aws:SecureTransport", "true"],
        ] as const) {
            assert.equal(judged({ StringEquals: { [key]: value } }), "fail", key);
        }
        assert.equal(judged(undefined), "fail");
    });

    it("is public for all but a list, and for all roles of a name", () => {
        const root = `arn:aws:iam::${account}:root`;
        assert.equal(judged(undefined, { NotPrincipal: { AWS: root } }), "fail");
        assert.equal(judged(undefined, { Principal: { AWS: "arn:aws:iam::*:root" } }), "fail");
        assert.equal(judged(undefined, { Principal: { AWS: root } }), "not public");
    });

    it("is judged alike for buckets with logs and for others", () => {
        const judgeIn = (conditions: unknown): readonly string[] => {
            const bucket = resource("aws:s3/bucket:Bucket", "bucket", { bucket: "bucket" });
            const statement = {
                Effect: "Allow",
                Principal: "*",
                Action: "s3:GetObject",
                Resource: "*",
                Condition: conditions,
            };
            const policy = resource("aws:s3/bucketPolicy:BucketPolicy", "policy", {
                bucket: from(bucket),
                policy: { Statement: [statement] },
            });
            const trail = resource("aws:cloudtrail/trail:Trail", "trail", {
                s3BucketName: from(bucket),
            });
            const stack = [bucket, policy, trail];
            return [messages(bucketsPrivate, stack.slice(0, 2)), messages(logBucketAccess, stack)]
                .map((all) => all.some((message) => message.includes("lets everybody in")))
                .map(String);
        };
        for (const [key, [named = ""], [wide = ""]] of keys) {
            const operator = key.endsWith("Arn") ? "ArnLike" : "StringLike";
            const [open, closed] = [wide, named].map((value) =>
                judgeIn({ [operator]: { [key]: value } }),
            );
            assert.deepEqual(open, ["true", "true"], key);
            assert.deepEqual(closed, ["false", "false"], key);
        }
    });
});

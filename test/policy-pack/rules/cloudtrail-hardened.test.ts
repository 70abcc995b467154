import assert from "node:assert/strict";
import { cloudtrailHardened as rule } from "../../../policy-pack/rules/cloudtrail-hardened";
import { contextOf, from, messages, resource, unknown, verdicts } from "../../support/graph";

const key = "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0000-1111-2222-333344445555";
const server = resource("aws:ec2/instance:Instance", "server", {
    tags: { "keyward:role": "key-server" },
});
const selectors = [
    { fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] },
    {
        fieldSelectors: [
            { field: "eventCategory", equals: ["Data"] },
            { field: "resources.type", equals: ["AWS::S3::Object"] },
        ],
    },
];
const hardened = {
    s3BucketName: "landing",
    isMultiRegionTrail: true,
    enableLogFileValidation: true,
    kmsKeyId: key,
    cloudWatchLogsGroupArn: "arn:aws:logs:eu-central-1:111122223333:log-group:trail:*",
    cloudWatchLogsRoleArn: "arn:aws:iam::111122223333:role/trail",
    advancedEventSelectors: selectors,
};

function judged(changes: Readonly<Record<string, unknown>>): readonly string[] {
    return verdicts(rule, [
        server,
        resource("aws:cloudtrail/trail:Trail", "trail", { ...hardened, ...changes }),
    ]);
}

function management(...fields: readonly object[]): Record<string, unknown> {
    return {
        advancedEventSelectors: [
            { fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }, ...fields] },
            selectors[1],
        ],
    };
}

describe("cloudtrail-hardened", () => {
    for (const [title, changes, expected] of [
        ["passes a complete trail", {}, "pass trail"],
        ["passes switches written as text", { isMultiRegionTrail: "true" }, "pass trail"],
        ["fails a trail that is off", { enableLogging: false }, "fail trail enableLogging"],
        [
            "fails a trail of one region",
            { isMultiRegionTrail: undefined },
            "fail trail isMultiRegionTrail",
        ],
        [
            "fails files that prove nothing",
            { enableLogFileValidation: false },
            "fail trail enableLogFileValidation",
        ],
        [
            "fails without global services",
            { includeGlobalServiceEvents: false },
            "fail trail includeGlobalServiceEvents",
        ],
        ["fails a key that AWS manages", { kmsKeyId: "alias/aws/s3" }, "fail trail kmsKeyId"],
        ["fails without a key", { kmsKeyId: undefined }, "fail trail kmsKeyId"],
        [
            "fails without a log group",
            { cloudWatchLogsGroupArn: undefined },
            "fail trail cloudWatchLogsGroupArn",
        ],
        [
            "fails without a role for the log group",
            { cloudWatchLogsRoleArn: "" },
            "fail trail cloudWatchLogsRoleArn",
        ],
        [
            "is indeterminate for an unknown switch",
            { enableLogging: unknown },
            "indeterminate trail enableLogging",
        ],
        [
            "is indeterminate for an unknown key",
            { kmsKeyId: unknown },
            "indeterminate trail kmsKeyId",
        ],
        [
            "is indeterminate for unknown selectors",
            { advancedEventSelectors: unknown },
            "indeterminate trail advancedEventSelectors",
        ],
        [
            "fails without AWS KMS",
            management({ field: "eventSource", notEquals: ["kms.amazonaws.com"] }),
            "fail trail advancedEventSelectors",
        ],
        [
            "passes without another service",
            management({ field: "eventSource", notEquals: ["rdsdata.amazonaws.com"] }),
            "pass trail",
        ],
        [
            "fails write events only",
            management({ field: "readOnly", equals: ["false"] }),
            "fail trail advancedEventSelectors",
        ],
        [
            "fails without management events",
            { advancedEventSelectors: [selectors[1]] },
            "fail trail advancedEventSelectors",
        ],
        [
            "fails without data events of the archive",
            { advancedEventSelectors: [selectors[0]] },
            "fail trail advancedEventSelectors",
        ],
        [
            "fails without any selector, which means no data events",
            { advancedEventSelectors: [] },
            "fail trail advancedEventSelectors",
        ],
        [
            "is indeterminate when a selector in the last place is unknown",
            { advancedEventSelectors: [selectors[1], unknown] },
            "indeterminate trail advancedEventSelectors",
        ],
        [
            "passes when the selector that matters is known and another is not",
            { advancedEventSelectors: [unknown, ...selectors] },
            "pass trail",
        ],
        [
            "passes the older selectors",
            {
                advancedEventSelectors: undefined,
                eventSelectors: [
                    { dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }] },
                ],
            },
            "pass trail",
        ],
        [
            "fails older selectors that leave AWS KMS out",
            {
                advancedEventSelectors: undefined,
                eventSelectors: [
                    {
                        excludeManagementEventSources: ["kms.amazonaws.com"],
                        dataResources: [{ type: "AWS::S3::Object" }],
                    },
                ],
            },
            "fail trail eventSelectors",
        ],
        [
            "fails older selectors of write events",
            {
                advancedEventSelectors: undefined,
                eventSelectors: [
                    { readWriteType: "WriteOnly", dataResources: [{ type: "AWS::S3::Object" }] },
                ],
            },
            "fail trail eventSelectors",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(judged(changes), [expected]);
        });
    }

    const landing = resource("aws:s3/bucket:Bucket", "landing", { bucket: "landing" });
    const recording = (...startsWiths: readonly unknown[]) => ({
        advancedEventSelectors: [
            selectors[0],
            {
                fieldSelectors: [
                    ...(selectors[1]?.fieldSelectors ?? []),
                    { field: "resources.ARN", startsWiths },
                ],
            },
        ],
    });
    const older = (...values: readonly unknown[]) => ({
        advancedEventSelectors: undefined,
        eventSelectors: [{ dataResources: [{ type: "AWS::S3::Object", values }] }],
    });
    for (const [title, changes, expected] of [
        ["passes all objects", {}, "pass trail"],
        ["passes the bucket of the logs", recording("arn:aws:s3:::landing/"), "pass trail"],
        ["passes a beginning of its name", recording("arn:aws-cn:s3:::land"), "pass trail"],
        ["passes an output of it", recording(from(landing)), "pass trail"],
        [
            "fails another bucket, first",
            recording("arn:aws:s3:::other/", "arn:aws:s3:::landing-2/"),
            "fail trail advancedEventSelectors",
        ],
        [
            "fails a part of the bucket",
            recording("arn:aws:s3:::landing/a/"),
            "fail trail advancedEventSelectors",
        ],
        [
            "is indeterminate for a bucket that is not known",
            recording("arn:aws:s3:::other/", unknown),
            "indeterminate trail advancedEventSelectors",
        ],
        ["passes older selectors of the bucket", older("arn:aws:s3:::landing/"), "pass trail"],
        ["passes older selectors of all buckets", older("arn:aws:s3"), "pass trail"],
        [
            "fails older selectors of another bucket",
            older("arn:aws:s3:::other/"),
            "fail trail eventSelectors",
        ],
    ] as const) {
        it(`where the bucket of the logs is in the stack: ${title}`, () => {
            const trail = resource("aws:cloudtrail/trail:Trail", "trail", {
                ...hardened,
                ...changes,
            });
            assert.deepEqual(verdicts(rule, [server, landing, trail]), [expected]);
        });
    }

    it("fails a stack without a trail, unless the account's trail is attested", () => {
        assert.deepEqual(verdicts(rule, [server]), ["fail stack"]);
        assert.deepEqual(messages(rule, [server]), [
            'no trail records the calls to AWS in this stack, and the configuration does not attest "cloudtrail" for the account',
        ]);
        const parameters = { accountAttestations: ["cloudtrail 2026-10-20"] };
        assert.deepEqual(verdicts(rule, [server], { parameters }), []);
    });

    it("says nothing where there is no key server", () => {
        assert.deepEqual(verdicts(rule, []), []);
    });

    it("remediates switches that are off, and nothing that is unknown", () => {
        const trail = resource("aws:cloudtrail/trail:Trail", "trail", {
            enableLogging: false,
            isMultiRegionTrail: unknown,
        });
        assert.deepEqual(rule.remediate?.(trail, contextOf(rule, [trail])), [
            { path: ["enableLogging"], value: true },
            { path: ["enableLogFileValidation"], value: true },
        ]);
    });
});

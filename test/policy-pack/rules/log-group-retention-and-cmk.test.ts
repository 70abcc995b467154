import assert from "node:assert/strict";
import { logGroupRetentionAndCmk as rule } from "../../../policy-pack/rules/log-group-retention-and-cmk";
import { contextOf, from, messages, resource, unknown, verdicts } from "../../support/graph";

const arn = "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0000-1111-2222-333344445555";
const kept = { kmsKeyId: arn, deletionProtectionEnabled: true };

function group(properties: Record<string, unknown>, options = {}) {
    return resource("aws:cloudwatch/logGroup:LogGroup", "log", properties, { options });
}

function grant(more: Record<string, unknown> = {}): Record<string, unknown> {
    return {
        Effect: "Allow",
        Principal: { Service: "logs.eu-central-1.amazonaws.com" },
        Action: [
            "kms:Encrypt*",
            "kms:Decrypt*",
            "kms:ReEncrypt*",
            "kms:GenerateDataKey*",
            "kms:Describe*",
        ],
        Resource: "*",
        Condition: {
            ArnLike: {
                "kms:EncryptionContext:aws:logs:arn":
                    "arn:aws:logs:eu-central-1:111122223333:log-group:/keyward/*",
            },
        },
        ...more,
    };
}

function underKey(policy: unknown, ...more: readonly Record<string, unknown>[]) {
    const key = resource("aws:kms/key:Key", "key", { policy });
    const policies = more.map((properties) =>
        resource("aws:kms/keyPolicy:KeyPolicy", "key-policy", { keyId: from(key), ...properties }),
    );
    return verdicts(rule, [key, ...policies, group({ ...kept, kmsKeyId: from(key) })]);
}

describe("log-group-retention-and-cmk", () => {
    for (const [title, properties, expected] of [
        ["passes a year", { ...kept, retentionInDays: 365 }, "pass log"],
        ["passes for ever, said by 0", { ...kept, retentionInDays: 0 }, "pass log"],
        ["passes for ever, said by nothing", kept, "pass log"],
        ["passes an odd but long retention", { ...kept, retentionInDays: "3288" }, "pass log"],
        ["fails a month", { ...kept, retentionInDays: 30 }, "fail log retentionInDays"],
        [
            "fails the delivery class",
            { ...kept, logGroupClass: "DELIVERY" },
            "fail log logGroupClass",
        ],
        [
            "is indeterminate for unknown retention",
            { ...kept, retentionInDays: unknown },
            "indeterminate log retentionInDays",
        ],
        ["fails without a key", { deletionProtectionEnabled: true }, "fail log kmsKeyId"],
        [
            "is indeterminate for an unknown key",
            { ...kept, kmsKeyId: unknown },
            "indeterminate log kmsKeyId",
        ],
        [
            "fails without protection",
            { kmsKeyId: arn, skipDestroy: false },
            "fail log deletionProtectionEnabled",
        ],
        ["passes when the group is left behind", { kmsKeyId: arn, skipDestroy: true }, "pass log"],
        [
            "is indeterminate for unknown protection",
            { kmsKeyId: arn, deletionProtectionEnabled: unknown },
            "indeterminate log deletionProtectionEnabled",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [group(properties)]), [expected]);
        });
    }

    it("accepts the engine's own protections", () => {
        for (const options of [{ protect: true }, { retainOnDelete: true }]) {
            assert.deepEqual(verdicts(rule, [group({ kmsKeyId: arn }, options)]), ["pass log"]);
        }
    });

    it("passes a key that lets CloudWatch Logs use it for log groups", () => {
        assert.deepEqual(underKey({ Statement: [grant()] }), ["pass key", "pass log"]);
        const text = JSON.stringify({
            Statement: grant({
                Principal: { Service: ["a.amazonaws.com", "logs.amazonaws.com"] },
                Action: "KMS:*",
            }),
        });
        assert.deepEqual(underKey(text), ["pass key", "pass log"]);
    });

    it("fails a key that does not let it, or for anything, on the key", () => {
        const weak: readonly unknown[] = [
            undefined,
            { Statement: [] },
            { Statement: [grant({ Action: "kms:Decrypt" })] },
            { Statement: [grant({ Principal: { AWS: "*" } })] },
            { Statement: [grant({ Effect: "Deny" })] },
            { Statement: [grant({ Condition: undefined })] },
            {
                Statement: [
                    grant({
                        Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": "*" } },
                    }),
                ],
            },
            { Statement: [grant({ Condition: { StringEquals: { "kms:ViaService": "x" } } })] },
            { Statement: [grant(), grant({ Condition: undefined })] },
        ];
        for (const policy of weak) {
            assert.deepEqual(underKey(policy), ["fail key policy", "pass log"]);
        }
    });

    it("is indeterminate for a key policy that is unknown, whole or in part", () => {
        for (const policy of [
            unknown,
            { Statement: [unknown] },
            { Statement: [grant({ Action: [unknown] })] },
            {
                Statement: [
                    grant({
                        Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": unknown } },
                    }),
                ],
            },
        ]) {
            assert.deepEqual(underKey(policy), ["indeterminate key policy", "pass log"]);
        }
    });

    it("reads the policy from a resource of its own, which replaces the key's", () => {
        assert.deepEqual(underKey({ Statement: [grant()] }, { policy: { Statement: [] } }), [
            "fail key-policy policy",
            "pass log",
        ]);
        assert.deepEqual(underKey(undefined, { policy: { Statement: [grant()] } }), [
            "pass key",
            "pass log",
        ]);
    });

    it("reports a weak key once for all of its log groups", () => {
        const key = resource("aws:kms/key:Key", "key", { policy: { Statement: [] } });
        const stack = [
            key,
            group({ ...kept, kmsKeyId: from(key) }),
            resource("aws:cloudwatch/logGroup:LogGroup", "second", {
                ...kept,
                kmsKeyId: from(key),
            }),
        ];
        assert.deepEqual(messages(rule, stack), [
            'policy does not let CloudWatch Logs use the key "key", so its log groups cannot be made',
        ]);
    });

    it("asks of several possible keys those that CloudWatch Logs may use: AWS makes no log group under another", () => {
        const policy = (...statements: readonly unknown[]): string =>
            JSON.stringify({ Version: "2012-10-17", Statement: statements });
        const volumes = resource("aws:kms/key:Key", "volumes", { policy: policy() });
        const logs = resource("aws:kms/key:Key", "logs", { policy: policy(grant()) });
        const loose = resource("aws:kms/key:Key", "loose", {
            policy: policy(grant({ Condition: {} })),
        });
        const under = (...keys: readonly (typeof volumes)[]): readonly string[] =>
            verdicts(rule, [...keys, group({ ...kept, kmsKeyId: from(...keys) })]);
        assert.deepEqual(under(volumes, logs), ["pass log", "pass logs"]);
        assert.deepEqual(under(volumes, logs, loose), [
            "fail loose policy",
            "pass log",
            "pass logs",
        ]);
        assert.deepEqual(under(volumes), ["fail volumes policy", "pass log"]);
    });

    it("remediates a retention that is too short, never one that is longer or unknown", () => {
        const changes = [30, 0, 400, unknown].map((retentionInDays) =>
            rule.remediate?.(group({ retentionInDays }), contextOf(rule, [])),
        );
        assert.deepEqual(changes, [[{ path: ["retentionInDays"], value: 365 }], [], [], []]);
    });

    const encrypted = { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: arn };
    const source = { kinesisStreamArn: "arn:aws:kinesis:eu-central-1:111122223333:stream/a" };
    for (const [title, properties, expected] of [
        ["passes a stream under a key", { serverSideEncryption: encrypted }, "pass stream"],
        ["fails a stream without encryption", {}, "fail stream serverSideEncryption.enabled"],
        [
            "fails encryption that is off",
            { serverSideEncryption: { ...encrypted, enabled: "false" } },
            "fail stream serverSideEncryption.enabled",
        ],
        [
            "fails a key that AWS owns",
            { serverSideEncryption: { enabled: true, keyType: "AWS_OWNED_CMK" } },
            "fail stream serverSideEncryption.keyType",
        ],
        [
            "fails without a kind of key, which means the same",
            { serverSideEncryption: { enabled: true } },
            "fail stream serverSideEncryption.keyType",
        ],
        [
            "fails without a key",
            { serverSideEncryption: { ...encrypted, keyArn: undefined } },
            "fail stream serverSideEncryption.keyArn",
        ],
        [
            "is indeterminate for encryption that is not known",
            { serverSideEncryption: unknown },
            "indeterminate stream serverSideEncryption",
        ],
        [
            "is indeterminate for a kind of key that is not known",
            { serverSideEncryption: { ...encrypted, keyType: unknown } },
            "indeterminate stream serverSideEncryption.keyType",
        ],
        [
            "is indeterminate for a key that is not known",
            { serverSideEncryption: { ...encrypted, keyArn: unknown } },
            "indeterminate stream serverSideEncryption.keyArn",
        ],
        [
            "passes a stream that reads another one",
            { kinesisSourceConfiguration: source },
            "pass stream",
        ],
        [
            "is indeterminate where a stream may read another one",
            { kinesisSourceConfiguration: unknown },
            "indeterminate stream kinesisSourceConfiguration",
        ],
    ] as const) {
        it(title, () => {
            const stream = resource(
                "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
                "stream",
                properties,
            );
            assert.deepEqual(verdicts(rule, [stream]), [expected]);
        });
    }
});

import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { referencesStayInAccount as rule } from "../../../policy-pack/rules/references-stay-in-account";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";

const own = "arn:aws:kms:eu-central-1:111122223333:key/own";
const foreign = "arn:aws:kms:eu-central-1:999900001111:key/foreign";
const provider = resource("pulumi:providers:aws", "default", {
    allowedAccountIds: '["111122223333"]',
});

function group(kmsKeyId: unknown, name = "logs"): RegisteredResource {
    return resource("aws:cloudwatch/logGroup:LogGroup", name, { kmsKeyId });
}

describe("references-stay-in-account", () => {
    for (const [title, resources, expected] of [
        ["says nothing of a stack without references", [provider], []],
        ["passes a key of the stack's account", [provider, group(own)], ["pass logs"]],
        ["fails a key of another account", [provider, group(foreign)], ["fail logs kmsKeyId"]],
        ["passes a key of an account where nothing else is named", [group(foreign)], ["pass logs"]],
        [
            "doubts what most of a stack's names do not say, where its account is not told",
            [group(own, "a"), group(own, "b"), group(foreign, "c")],
            ["indeterminate c kmsKeyId", "pass a", "pass b"],
        ],
        [
            "doubts both accounts that are named as often",
            [group(own, "a"), group(foreign, "b")],
            ["indeterminate a kmsKeyId", "indeterminate b kmsKeyId"],
        ],
        ["leaves what is not known to others", [provider, group(unknown)], ["pass logs"]],
        [
            "follows a value to the resource that it comes from",
            [provider, group(from(resource("aws:kms/key:Key", "own")))],
            ["pass logs"],
        ],
        [
            "passes actions of services, which are in no account",
            [
                provider,
                resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", {
                    alarmActions: ["arn:aws:automate:eu-central-1:ec2:recover"],
                }),
            ],
            ["pass alarm"],
        ],
        [
            "looks into lists and nested settings",
            [
                provider,
                resource("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "copy", {
                    role: "arn:aws:iam::999900001111:role/foreign",
                    rules: [
                        {
                            destination: {
                                bucket: "arn:aws:s3:::archive",
                                encryptionConfiguration: { replicaKmsKeyId: foreign },
                            },
                        },
                    ],
                }),
            ],
            [
                "fail copy role",
                "fail copy rules[0].destination.encryptionConfiguration.replicaKmsKeyId",
            ],
        ],
        [
            "looks into documents of Systems Manager",
            [
                provider,
                resource("aws:ssm/document:Document", "session", {
                    content: JSON.stringify({ inputs: { kmsKeyId: foreign } }),
                }),
            ],
            ["fail session content"],
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, resources), expected);
        });
    }

    it("accepts an account that trustedAccounts lists", () => {
        assert.deepEqual(
            verdicts(rule, [provider, group(foreign)], {
                parameters: { trustedAccounts: ["999900001111"] },
            }),
            ["pass logs"],
        );
    });

    it("names the property, the value and both ways out", () => {
        assert.deepEqual(messages(rule, [provider, group(foreign)]), [
            `kmsKeyId names "${foreign}" in the foreign account 999900001111, which trustedAccounts does not list`,
        ]);
        assert.deepEqual(messages(rule, [group(own, "a"), group(own, "b"), group(foreign, "c")]), [
            `kmsKeyId names "${foreign}", and nothing tells whether the account 999900001111 is this stack's own (allowedAccountIds of the provider would)`,
        ]);
    });
});

import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { referencesStayInAccount as rule } from "../../../policy-pack/rules/references-stay-in-account";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";

const own = "arn:aws:kms:eu-central-1:111122223333:key/own";
const foreign = "arn:aws:kms:eu-central-1:999900001111:key/foreign";
const provider = resource("pulumi:providers:aws", "default", {
    allowedAccountIds: '["111122223333"]',
});

const key = resource("aws:kms/key:Key", "own");
const random = resource("random:index/randomId:RandomId", "suffix");
const otherStack = resource("pulumi:pulumi:StackReference", "acme/keys/prod");
const component = resource("acme:index:Keys", "keys", {}, { custom: false });
const parameter = (source: RegisteredResource) =>
    resource("aws:ssm/parameter:Parameter", "key-arn", { value: from(source) });
const foreignRole = "arn:aws:iam::999900001111:role/deploy";

/** A log group of the default provider under a key of another one. */
function madeIn(settings: Readonly<Record<string, unknown>>): readonly RegisteredResource[] {
    const other = resource("pulumi:providers:aws", "other", settings);
    const theirs = { ...key, provider: other.urn };
    return [other, theirs, { ...group(from(theirs)), provider: provider.urn }];
}

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
        [
            "is indeterminate for an unknown value from nowhere",
            [provider, group(unknown)],
            ["indeterminate logs kmsKeyId"],
        ],
        [
            "is indeterminate for an output of another stack",
            [provider, group(from(otherStack))],
            ["indeterminate logs kmsKeyId"],
        ],
        [
            "is indeterminate for a resource that the stack only reads",
            [provider, group(from(key))],
            ["indeterminate logs kmsKeyId"],
        ],
        [
            "is indeterminate for an output of another stack beside a key of this one",
            [provider, key, otherStack, group(from(key, otherStack))],
            ["indeterminate logs kmsKeyId"],
        ],
        [
            "follows a value to the resource that it comes from",
            [provider, key, group(from(key))],
            ["pass logs"],
        ],
        [
            "is indeterminate for what comes from no resource of AWS",
            [provider, random, group(from(random))],
            ["indeterminate logs kmsKeyId"],
        ],
        [
            "passes a name that a random part ends",
            [provider, random, key, group(from(key, random))],
            ["pass logs"],
        ],
        [
            "follows a value through a component to what it made",
            [provider, component, { ...key, parent: component.urn }, group(from(component))],
            ["pass logs"],
        ],
        [
            "is indeterminate for a component that made nothing",
            [provider, component, group(from(component))],
            ["indeterminate logs kmsKeyId"],
        ],
        [
            "follows a value through a parameter to where it was put in",
            [provider, parameter(otherStack), otherStack, group(from(parameter(otherStack)))],
            ["indeterminate logs kmsKeyId", "pass key-arn"],
        ],
        [
            "fails a key that a provider of another account makes",
            [provider, ...madeIn({ assumeRole: { roleArn: foreignRole } })],
            ["fail logs kmsKeyId"],
        ],
        [
            "passes a key that a provider of the same account makes elsewhere",
            [provider, ...madeIn({ region: "eu-west-1" })],
            ["pass logs"],
        ],
        [
            "is indeterminate for a key of a provider whose credentials tell no account",
            [provider, ...madeIn({ profile: "security" })],
            ["indeterminate logs kmsKeyId"],
        ],
        [
            "asks of settings inside a property only those that hold a reference",
            [
                provider,
                resource("aws:ec2/instance:Instance", "server", {
                    rootBlockDevice: { volumeSize: unknown, kmsKeyId: unknown },
                    ebsBlockDevices: [{ kmsKeyId: unknown }, { kmsKeyId: unknown }],
                }),
            ],
            [
                "indeterminate server ebsBlockDevices[0].kmsKeyId",
                "indeterminate server rootBlockDevice.kmsKeyId",
            ],
        ],
        [
            "is indeterminate for a document that is not known",
            [provider, resource("aws:ssm/document:Document", "session", { content: unknown })],
            ["indeterminate session content"],
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
        assert.deepEqual(messages(rule, [provider, otherStack, group(from(otherStack))]), [
            `kmsKeyId is not known before deployment and comes from ${otherStack.urn}, which this stack reads and does not make, so its account is not known either`,
        ]);
        assert.deepEqual(messages(rule, [group(own, "a"), group(own, "b"), group(foreign, "c")]), [
            `kmsKeyId names "${foreign}", and nothing tells whether the account 999900001111 is this stack's own (allowedAccountIds of the provider would)`,
        ]);
    });
});

import assert from "node:assert/strict";
import { alarmsWired as rule } from "../../../policy-pack/rules/alarms-wired";
import { from, resource, unknown, verdicts } from "../../support/graph";

const key = "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0000-1111-2222-333344445555";
const server = resource("aws:ec2/instance:Instance", "server", {
    tags: { "keyward:role": "key-server" },
});

function stack(
    {
        alarm = {},
        topic = {},
    }: {
        readonly alarm?: Readonly<Record<string, unknown>>;
        readonly topic?: Readonly<Record<string, unknown>>;
    },
    subscription?: Readonly<Record<string, unknown>>,
): readonly string[] {
    const made = resource("aws:sns/topic:Topic", "topic", { kmsMasterKeyId: key, ...topic });
    const heartbeat = resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", {
        dimensions: { InstanceId: from(server) },
        period: 60,
        evaluationPeriods: 15,
        treatMissingData: "breaching",
        alarmActions: [from(made)],
        ...alarm,
    });
    const subscribed =
        subscription === undefined
            ? []
            : [
                  resource("aws:sns/topicSubscription:TopicSubscription", "subscription", {
                      topic: from(made),
                      ...subscription,
                  }),
              ];
    return verdicts(rule, [server, made, heartbeat, ...subscribed]);
}

describe("alarms-wired", () => {
    it("passes a heartbeat alarm that reaches an encrypted topic within a quarter of an hour", () => {
        assert.deepEqual(stack({}), ["pass alarm", "pass server", "pass topic"]);
    });

    for (const [title, changes, expected] of [
        [
            "fails an alarm that is off",
            { alarm: { actionsEnabled: false } },
            "fail alarm actionsEnabled",
        ],
        [
            "is indeterminate for an unknown switch",
            { alarm: { actionsEnabled: unknown } },
            "indeterminate alarm actionsEnabled",
        ],
        [
            "fails a server whose silence is no alarm",
            { alarm: { treatMissingData: "missing" } },
            "fail server",
        ],
        [
            "fails a server that may be silent for an hour",
            { alarm: { evaluationPeriods: 60 } },
            "fail alarm evaluationPeriods",
        ],
        [
            "is indeterminate for an unknown time of silence",
            { alarm: { period: unknown } },
            "indeterminate alarm evaluationPeriods",
        ],
        [
            "fails a topic in clear text",
            { topic: { kmsMasterKeyId: undefined } },
            "fail topic kmsMasterKeyId",
        ],
        [
            "fails a topic under a key that AWS manages",
            { topic: { kmsMasterKeyId: "alias/aws/sns" } },
            "fail topic kmsMasterKeyId",
        ],
        [
            "is indeterminate for an unknown key",
            { topic: { kmsMasterKeyId: unknown } },
            "indeterminate topic kmsMasterKeyId",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(
                stack(changes).filter((line) => !line.startsWith("pass")),
                [expected],
            );
        });
    }

    const everybody = { Effect: "Allow", Principal: "*", Action: "sns:Publish", Resource: "*" };
    for (const [what, Condition, expected, changes = {}] of [
        ["fails a topic that lets everybody in", undefined, ["fail topic policy"]],
        [
            "fails a topic that lets everybody in over TLS",
            { Bool: { "aws:SecureTransport": "true" } },
            ["fail topic policy"],
        ],
        [
            "fails a topic that lets in everybody but a list",
            undefined,
            ["fail topic policy"],
            { Principal: undefined, NotPrincipal: { AWS: "arn:aws:iam::111122223333:root" } },
        ],
        [
            "passes a topic that lets its owner's account in, as SNS writes it",
            { StringEquals: { "AWS:SourceOwner": "111122223333" } },
            [],
        ],
        [
            "is indeterminate for a caller that is not known",
            { StringEquals: { "aws:PrincipalAccount": unknown } },
            ["indeterminate topic policy"],
        ],
    ] as const) {
        it(what, () => {
            const statement = { ...everybody, ...changes, ...(Condition && { Condition }) };
            const policy = { Statement: [statement] };
            assert.deepEqual(
                stack({ topic: { policy } }).filter((line) => !line.startsWith("pass")),
                expected,
            );
        });
    }

    it("reads the policy that a resource of its own gives to the topic", () => {
        const topic = resource("aws:sns/topic:Topic", "topic", { kmsMasterKeyId: key });
        const alarm = resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", {
            alarmActions: [from(topic)],
        });
        const policy = resource("aws:sns/topicPolicy:TopicPolicy", "attached", {
            arn: from(topic),
            policy: JSON.stringify({ Statement: [everybody] }),
        });
        assert.deepEqual(verdicts(rule, [server, topic, alarm, policy]), [
            "fail attached policy",
            "fail server",
            "pass alarm",
        ]);
    });

    it("fails an alarm that tells nobody", () => {
        assert.ok(stack({ alarm: { alarmActions: [] } }).includes("fail alarm alarmActions"));
        assert.ok(
            stack({ alarm: { alarmActions: unknown } }).includes(
                "indeterminate alarm alarmActions",
            ),
        );
    });

    it("fails subscribers over http, not over https", () => {
        assert.ok(stack({}, { protocol: "http" }).includes("fail subscription protocol"));
        assert.deepEqual(stack({}, { protocol: "https" }), [
            "pass alarm",
            "pass server",
            "pass topic",
        ]);
    });

    it("judges alarms and their topics where there is no key server", () => {
        const topic = resource("aws:sns/topic:Topic", "topic");
        const alarm = (actionsEnabled: boolean) =>
            resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", {
                actionsEnabled,
                alarmActions: [from(topic)],
            });
        assert.deepEqual(verdicts(rule, [topic, alarm(false)]), [
            "fail alarm actionsEnabled",
            "fail topic kmsMasterKeyId",
        ]);
        assert.deepEqual(verdicts(rule, [topic, alarm(true)]), [
            "fail topic kmsMasterKeyId",
            "pass alarm",
        ]);
    });

    it("fails every server without an alarm of its own", () => {
        const other = resource("aws:ec2/instance:Instance", "other", {
            tags: { "keyward:role": "key-server" },
        });
        assert.deepEqual(verdicts(rule, [server, other]), ["fail other", "fail server"]);
    });
});

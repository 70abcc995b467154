import assert from "node:assert/strict";
import { sessionPreferencesHardened as rule } from "../../../policy-pack/rules/session-preferences-hardened";
import { messages, resource, unknown, verdicts } from "../../support/graph";

const sound = {
    kmsKeyId: "alias/sessions",
    cloudWatchLogGroupName: "/keyward/session",
    cloudWatchEncryptionEnabled: true,
    cloudWatchStreamingEnabled: true,
    runAsEnabled: true,
    runAsDefaultUser: "ssm-user",
    idleSessionTimeout: "15",
    maxSessionDuration: "60",
};
const group = resource("aws:cloudwatch/logGroup:LogGroup", "log", { name: "/keyward/session" });
const written = (content: unknown, more: Readonly<Record<string, unknown>> = {}) =>
    resource("aws:ssm/document:Document", "session", { documentType: "Session", content, ...more });
const withInputs = (inputs: Readonly<Record<string, unknown>>) => [
    group,
    written({
        schemaVersion: "1.0",
        sessionType: "Standard_Stream",
        inputs: { ...sound, ...inputs },
    }),
];

describe("session-preferences-hardened", () => {
    const json = JSON.stringify({ sessionType: "Standard_Stream", inputs: sound });
    const yaml = [
        "sessionType: Standard_Stream",
        "inputs:",
        ...Object.entries(sound).map(([key, value]) => `  ${key}: ${value}`),
    ].join("\n");
    for (const [form, content] of [
        ["JSON", json],
        ["YAML", yaml],
    ] as const) {
        it(`passes a hardened document in ${form}`, () => {
            assert.deepEqual(verdicts(rule, [group, written(content)]), ["pass session"]);
        });
    }

    it("takes text for switches and numbers for minutes", () => {
        const inputs = { runAsEnabled: "true", idleSessionTimeout: 10, maxSessionDuration: 30 };
        assert.deepEqual(verdicts(rule, withInputs(inputs)), ["pass session"]);
    });

    for (const [inputs, message] of [
        [{ kmsKeyId: "" }, "kmsKeyId is not set, so sessions are not encrypted from end to end"],
        [
            { kmsKeyId: "alias/aws/ssm" },
            'kmsKeyId is "alias/aws/ssm", no key of a customer, so sessions are not encrypted from end to end',
        ],
        [
            { cloudWatchLogGroupName: "" },
            "cloudWatchLogGroupName is not set, so sessions are not streamed to a log",
        ],
        [
            { cloudWatchEncryptionEnabled: false },
            "cloudWatchEncryptionEnabled is false, so the log may be stored in the clear",
        ],
        [
            { cloudWatchStreamingEnabled: undefined },
            "cloudWatchStreamingEnabled is not set, so a session is recorded at its end only, and not at all when it is cut off",
        ],
        [
            { s3BucketName: "recordings", s3EncryptionEnabled: false },
            "s3EncryptionEnabled is false, so the recording may be stored in the clear",
        ],
        [
            { idleSessionTimeout: "20" },
            "idleSessionTimeout is 20 minutes: a session may last 15 minutes",
        ],
        [
            { idleSessionTimeout: "" },
            "idleSessionTimeout is not set: a session may last 15 minutes",
        ],
        [
            { maxSessionDuration: "" },
            "maxSessionDuration is not set: a session may last 60 minutes",
        ],
        [{ runAsEnabled: false }, "runAsEnabled is false, so sessions run as an administrator"],
        [{ runAsDefaultUser: "root" }, 'runAsDefaultUser is "root": name a user without rights'],
        [{ runAsDefaultUser: "" }, "runAsDefaultUser is not set: name a user without rights"],
    ] as const) {
        it(`fails where ${message}`, () => {
            assert.deepEqual(messages(rule, withInputs(inputs)), [`content: inputs.${message}`]);
            assert.deepEqual(verdicts(rule, withInputs(inputs)), ["fail session content"]);
        });
    }

    for (const input of Object.keys(sound)) {
        it(`is indeterminate where ${input} is not known`, () => {
            assert.deepEqual(verdicts(rule, withInputs({ [input]: unknown })), [
                "indeterminate session content",
            ]);
        });
    }

    it("is indeterminate where content, type or kind of session is not known, or cannot be read", () => {
        for (const document of [
            written(unknown),
            written("{"),
            written({ sessionType: unknown, inputs: sound }),
        ]) {
            assert.deepEqual(verdicts(rule, [group, document]), ["indeterminate session content"]);
        }
        assert.deepEqual(verdicts(rule, [group, written(json, { documentType: unknown })]), [
            "indeterminate session documentType",
        ]);
    });

    it("is indeterminate for a log group outside the stack, unless it is attested", () => {
        const inputs = { cloudWatchLogGroupName: "/company/session" };
        assert.deepEqual(messages(rule, withInputs(inputs)), [
            'content: inputs.cloudWatchLogGroupName is "/company/session", which is not in this stack: how it is kept is not known, and the configuration does not attest "log-group//company/session"',
        ]);
        const accountAttestations = ["log-group//company/session 2026-10-20"];
        assert.deepEqual(
            verdicts(rule, withInputs(inputs), { parameters: { accountAttestations } }),
            ["pass session"],
        );
    });

    const server = resource("aws:ec2/instance:Instance", "server");

    it("demands a session document where servers stand, or its attestation", () => {
        const command = written("{}", { documentType: "Command" });
        assert.deepEqual(messages(rule, [server, command]), [
            'no session document is made in this stack, and the configuration does not attest "session-preferences" for the account',
        ]);
        const accountAttestations = ["session-preferences 2026-10-20"];
        assert.deepEqual(verdicts(rule, [server], { parameters: { accountAttestations } }), []);
    });

    it("is not applicable to documents of tunnels", () => {
        const tunnel = written(JSON.stringify({ sessionType: "Port" }));
        assert.deepEqual(verdicts(rule, [tunnel]), ["not-applicable session"]);
    });

    const starting = (condition: unknown) =>
        resource("aws:iam/policy:Policy", "operator", {
            policy: {
                Statement: {
                    Effect: "Allow",
                    Action: "ssm:StartSession",
                    Resource: "arn:aws:ec2:eu-central-1:111122223333:instance/*",
                    Condition: condition,
                },
            },
        });
    const asked = (value: unknown, operator = "BoolIfExists") => ({
        [operator]: { "ssm:SessionDocumentAccessCheck": value },
    });
    const stack = [group, server, written(json)];
    for (const [title, operator, expected] of [
        ["passes sessions by documents that a policy names", starting(asked("true")), []],
        ["passes a plain demand too", starting(asked("true", "Bool")), []],
        ["fails sessions by whatever the account prefers", starting({}), ["fail operator"]],
        ["fails a demand for the contrary", starting(asked("false")), ["fail operator"]],
        [
            "is indeterminate for a demand that is not known",
            starting(asked(unknown)),
            ["indeterminate operator"],
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [...stack, operator]), [...expected, "pass session"]);
        });
    }

    it("names the policy that starts sessions by default preferences, unless those are the stack's own or attested", () => {
        const operator = starting({});
        assert.deepEqual(messages(rule, [...stack, operator]), [
            'Policy "operator" ← Policy "operator" policy allows ssm:StartSession without ssm:SessionDocumentAccessCheck, so a session may run by the account\'s default preferences',
        ]);
        const own = written(json, { name: "SSM-SessionManagerRunShell" });
        assert.deepEqual(verdicts(rule, [group, server, own, operator]), ["pass session"]);
        const parameters = { accountAttestations: ["session-preferences 2026-10-20"] };
        assert.deepEqual(verdicts(rule, [...stack, operator], { parameters }), ["pass session"]);
    });
});

import assert from "node:assert/strict";
import { parametersAndSecretsCmk as rule } from "../../../policy-pack/rules/parameters-and-secrets-cmk";
import { SecretValue } from "../../../policy-pack/graph/resource";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";

type Properties = Readonly<Record<string, unknown>>;
const key = resource("aws:kms/key:Key", "key");
const parameter = (properties: Properties) =>
    resource("aws:ssm/parameter:Parameter", "parameter", {
        type: "String",
        name: "/app/endpoint",
        ...properties,
    });

describe("parameters-and-secrets-cmk", () => {
    const password = resource("random:index/randomPassword:RandomPassword", "password");
    for (const [title, properties, expected] of [
        ["passes a plain parameter that holds no secret", { value: "10.0.0.1" }, "pass parameter"],
        [
            "passes a secret one under a customer's key",
            { type: "SecureString", keyId: from(key), value: unknown },
            "pass parameter",
        ],
        [
            "fails a secret one under the account's default key",
            { type: "SecureString" },
            "fail parameter keyId",
        ],
        [
            "fails a secret one under a key that AWS manages",
            { type: "SecureString", keyId: "alias/aws/ssm" },
            "fail parameter keyId",
        ],
        [
            "is indeterminate for an unknown key",
            { type: "SecureString", keyId: unknown },
            "indeterminate parameter keyId",
        ],
        ["is indeterminate for an unknown type", { type: unknown }, "indeterminate parameter type"],
        [
            "fails a plain one whose name says that it is a secret",
            { name: "/app/db-password", value: "x" },
            "fail parameter type",
        ],
        [
            "fails a plain one that holds a secret",
            { value: new SecretValue(`hvs.${"a1B2".repeat(7)}`) },
            "fail parameter value",
        ],
        [
            "fails a plain one that holds a secret insecurely",
            { insecureValue: "AKIAABCDEFGHIJKLMNOP" },
            "fail parameter insecureValue",
        ],
        [
            "fails a plain one that takes a generated password",
            { value: from(password) },
            "fail parameter value",
        ],
        [
            "passes a plain one that takes the id of a resource",
            { value: from(key) },
            "pass parameter",
        ],
        [
            "is indeterminate for a value that comes from nowhere known",
            { value: unknown },
            "indeterminate parameter value",
        ],
        [
            "goes by the name where a state keeps the value encrypted",
            { value: new SecretValue(unknown) },
            "pass parameter",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [key, password, parameter(properties)]), [expected]);
        });
    }

    it("shows no secret in its messages", () => {
        assert.deepEqual(messages(rule, [parameter({ value: `hvs.${"a1B2".repeat(7)}` })]), [
            "value holds a Vault token in a parameter that is not encrypted",
        ]);
    });

    interface Changes {
        readonly secret?: Properties;
        readonly rotation?: Properties | null;
        readonly policy?: Properties | null;
        readonly server?: Properties;
    }
    const secretWith = ({ secret = {}, rotation, policy, server }: Changes) => {
        const made = resource("aws:secretsmanager/secret:Secret", "secret", {
            kmsKeyId: from(key),
            ...secret,
        });
        return [
            key,
            made,
            ...(rotation === null
                ? []
                : [
                      resource("aws:secretsmanager/secretRotation:SecretRotation", "rotation", {
                          secretId: from(made),
                          rotationRules: { automaticallyAfterDays: 30 },
                          ...rotation,
                      }),
                  ]),
            ...(server === undefined
                ? []
                : [resource("aws:ec2/instance:Instance", "server", server)]),
            ...(policy === undefined || policy === null
                ? []
                : [
                      resource("aws:secretsmanager/secretPolicy:SecretPolicy", "policy", {
                          secretArn: from(made),
                          blockPublicPolicy: true,
                          policy: JSON.stringify({
                              Statement: [
                                  {
                                      Effect: "Allow",
                                      Principal: { AWS: "arn:aws:iam::111122223333:root" },
                                      Action: "secretsmanager:GetSecretValue",
                                      Resource: "*",
                                  },
                              ],
                          }),
                          ...policy,
                      }),
                  ]),
        ];
    };
    const admitting = (more: Properties) =>
        JSON.stringify({
            Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*", ...more }],
        });
    const everybody = admitting({});

    for (const [title, changes, expected] of [
        ["passes a secret that is rotated, under a customer's key", {}, []],
        [
            "fails a secret under the account's key",
            { secret: { kmsKeyId: undefined } },
            ["fail secret kmsKeyId"],
        ],
        [
            "is indeterminate for an unknown key of a secret",
            { secret: { kmsKeyId: unknown } },
            ["indeterminate secret kmsKeyId"],
        ],
        [
            "fails a replica under the account's key",
            { secret: { replicas: [{ region: "eu-west-1" }] } },
            ["fail secret replicas[0].kmsKeyId"],
        ],
        [
            "is indeterminate for the last replica",
            { secret: { replicas: [{ kmsKeyId: "alias/a" }, unknown] } },
            ["indeterminate secret replicas[1].kmsKeyId"],
        ],
        [
            "fails a secret that is gone at once",
            { secret: { recoveryWindowInDays: 0 } },
            ["fail secret recoveryWindowInDays"],
        ],
        ["takes text for the recovery window", { secret: { recoveryWindowInDays: "30" } }, []],
        [
            "is indeterminate for an unknown recovery window",
            { secret: { recoveryWindowInDays: unknown } },
            ["indeterminate secret recoveryWindowInDays"],
        ],
        [
            "fails a secret that nothing rotates in a stack with a server",
            { rotation: null, server: {} },
            ["fail secret"],
        ],
        ["asks no rotation of a secret in a stack without servers", { rotation: null }, []],
        [
            "is indeterminate where the rotation's secret is not known",
            { rotation: { secretId: unknown }, server: {} },
            ["indeterminate secret"],
        ],
        [
            "fails a rotation that is off",
            { rotation: { rotationEnabled: false } },
            ["fail rotation rotationEnabled"],
        ],
        [
            "fails a rotation once in a year",
            { rotation: { rotationRules: { automaticallyAfterDays: 365 } } },
            ["fail rotation rotationRules.automaticallyAfterDays"],
        ],
        [
            "passes a rotation by schedule",
            { rotation: { rotationRules: { scheduleExpression: "rate(30 days)" } } },
            [],
        ],
        [
            "fails a schedule that is too rare",
            { rotation: { rotationRules: { scheduleExpression: "rate(200 days)" } } },
            ["fail rotation rotationRules.scheduleExpression"],
        ],
        [
            "is indeterminate for an unknown interval",
            { rotation: { rotationRules: { automaticallyAfterDays: unknown } } },
            ["indeterminate rotation rotationRules.automaticallyAfterDays"],
        ],
        ["passes a policy for the own account", { policy: {} }, []],
        ["fails a policy for everybody", { policy: { policy: everybody } }, ["fail policy policy"]],
        [
            "fails a policy for everybody under a condition that binds nobody",
            {
                policy: {
                    policy: admitting({ Condition: { Bool: { "aws:SecureTransport": "true" } } }),
                },
            },
            ["fail policy policy"],
        ],
        [
            "passes a policy for everybody of one account",
            {
                policy: {
                    policy: admitting({
                        Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
                    }),
                },
            },
            [],
        ],
        [
            "fails an inline policy for everybody",
            { secret: { policy: everybody } },
            ["fail secret policy"],
        ],
        [
            "is indeterminate for an unknown policy",
            { policy: { policy: unknown } },
            ["indeterminate policy policy"],
        ],
        [
            "fails a policy that AWS may take for everybody",
            { policy: { blockPublicPolicy: undefined } },
            ["fail policy blockPublicPolicy"],
        ],
        [
            "is indeterminate for an unknown block",
            { policy: { blockPublicPolicy: unknown } },
            ["indeterminate policy blockPublicPolicy"],
        ],
    ] as const) {
        it(title, () => {
            const found = verdicts(rule, secretWith(changes)).filter(
                (line) => !/^(pass|not-applicable)/.test(line),
            );
            assert.deepEqual(found, expected);
        });
    }
});

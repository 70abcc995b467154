import assert from "node:assert/strict";
import { kmsRotation as rule } from "../../../policy-pack/rules/kms-rotation";
import { contextOf, messages, resource, unknown, verdicts } from "../../support/graph";

const key = (properties: Record<string, unknown>, name = "key") =>
    resource("aws:kms/key:Key", name, properties);

describe("kms-rotation", () => {
    for (const [title, properties, expected] of [
        ["passes a key that is rotated", { enableKeyRotation: true }, "pass key"],
        [
            "passes on the provider's defaults, written out",
            {
                enableKeyRotation: "true",
                customerMasterKeySpec: "SYMMETRIC_DEFAULT",
                keyUsage: "ENCRYPT_DECRYPT",
                rotationPeriodInDays: 365,
            },
            "pass key",
        ],
        ["fails a key that is not", { enableKeyRotation: false }, "fail key enableKeyRotation"],
        ["fails a key that does not say", {}, "fail key enableKeyRotation"],
        [
            "fails a period that is too long",
            { enableKeyRotation: true, rotationPeriodInDays: 730 },
            "fail key rotationPeriodInDays",
        ],
        [
            "is indeterminate for unknown rotation",
            { enableKeyRotation: unknown },
            "indeterminate key enableKeyRotation",
        ],
        [
            "is indeterminate for an unknown period",
            { enableKeyRotation: true, rotationPeriodInDays: unknown },
            "indeterminate key rotationPeriodInDays",
        ],
        ["does not apply to signing keys", { keyUsage: "SIGN_VERIFY" }, "not-applicable key"],
        [
            "does not apply to asymmetric keys",
            { customerMasterKeySpec: "RSA_2048" },
            "not-applicable key",
        ],
        [
            "does not apply to HMAC keys",
            { customerMasterKeySpec: "HMAC_256" },
            "not-applicable key",
        ],
        [
            "does not apply to custom key stores",
            { customKeyStoreId: "cks-1" },
            "not-applicable key",
        ],
        ["does not apply to external key stores", { xksKeyId: "x" }, "not-applicable key"],
        [
            "is indeterminate when the kind of key is unknown and it is not rotated",
            { customerMasterKeySpec: unknown },
            "indeterminate key enableKeyRotation",
        ],
        [
            "passes a rotated key of unknown kind",
            { keyUsage: unknown, enableKeyRotation: true },
            "pass key",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [key(properties)]), [expected]);
        });
    }

    it("does not apply to imported material and replicas", () => {
        const stack = [
            resource("aws:kms/externalKey:ExternalKey", "a"),
            resource("aws:kms/replicaKey:ReplicaKey", "b"),
            resource("aws:kms/replicaExternalKey:ReplicaExternalKey", "c"),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "not-applicable a",
            "not-applicable b",
            "not-applicable c",
        ]);
    });

    it("takes the default period of a year for too long where the configuration says so", () => {
        const judgement = { parameters: { keyRotationDays: 180 } };
        assert.deepEqual(messages(rule, [key({ enableKeyRotation: true })], judgement), [
            "the key is rotated every 365 days: at most 180 are allowed",
        ]);
    });

    it("remediates rotation and period, never an unknown value or another kind of key", () => {
        const changes = [
            { enableKeyRotation: false, rotationPeriodInDays: 1000 },
            { enableKeyRotation: unknown },
            { keyUsage: "SIGN_VERIFY" },
            { enableKeyRotation: true, rotationPeriodInDays: 100 },
        ].map((properties) => rule.remediate?.(key(properties), contextOf(rule, [])));
        assert.deepEqual(changes, [
            [
                { path: ["enableKeyRotation"], value: true },
                { path: ["rotationPeriodInDays"], value: 365 },
            ],
            [],
            [],
            [],
        ]);
    });
});

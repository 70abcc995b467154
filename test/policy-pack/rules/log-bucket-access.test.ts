import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { logBucketAccess as rule } from "../../../policy-pack/rules/log-bucket-access";
import { contextOf, from, messages, resource, unknown, verdicts } from "../../support/graph";

const key = "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0000-1111-2222-333344445555";
const server = resource("aws:ec2/instance:Instance", "server", {
    tags: { "keyward:role": "key-server" },
});
const bucket = resource("aws:s3/bucket:Bucket", "logs", { bucket: "logs" });
const trail = resource("aws:cloudtrail/trail:Trail", "trail", { s3BucketName: from(bucket) });
const everything = ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"];
const tls = [
    {
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: everything,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: ["s3:*"],
        Resource: everything,
        Condition: { NumericLessThan: { "s3:TlsVersion": "1.2" } },
    },
];
const blocked = {
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
};

interface Sketch {
    readonly block?: Readonly<Record<string, unknown>> | null;
    readonly ownership?: unknown;
    readonly keyId?: unknown;
    readonly algorithm?: unknown;
    readonly policy?: unknown;
}

function stack({
    block = blocked,
    ownership = "BucketOwnerEnforced",
    keyId = key,
    algorithm = "aws:kms",
    policy = { Statement: tls },
}: Sketch = {}): readonly RegisteredResource[] {
    const part = (kind: string, properties: Record<string, unknown>): RegisteredResource =>
        resource(`aws:s3/bucket${kind}:Bucket${kind}`, kind, {
            bucket: from(bucket),
            ...properties,
        });
    return [
        server,
        bucket,
        trail,
        ...(block === null ? [] : [part("PublicAccessBlock", { ...block })]),
        part("OwnershipControls", { rule: { objectOwnership: ownership } }),
        part("ServerSideEncryptionConfiguration", {
            rules: [
                {
                    applyServerSideEncryptionByDefault: {
                        sseAlgorithm: algorithm,
                        kmsMasterKeyId: keyId,
                    },
                },
            ],
        }),
        ...(policy === null ? [] : [part("Policy", { policy })]),
    ];
}

function allow(more: Record<string, unknown>): Sketch {
    return {
        policy: {
            Statement: [
                ...tls,
                {
                    Sid: "In",
                    Effect: "Allow",
                    Action: "s3:PutObject",
                    Resource: everything[1],
                    ...more,
                },
            ],
        },
    };
}

describe("log-bucket-access", () => {
    it("passes a closed bucket, its policy as an object or as text", () => {
        assert.deepEqual(verdicts(rule, stack()), ["pass logs"]);
        assert.deepEqual(verdicts(rule, stack({ policy: JSON.stringify({ Statement: tls }) })), [
            "pass logs",
        ]);
    });

    for (const [title, sketch, expected] of [
        ["without a public access block", { block: null }, "fail logs"],
        [
            "whose key is named beside an algorithm that does not use it",
            { algorithm: "AES256" },
            "fail ServerSideEncryptionConfiguration rules[0].applyServerSideEncryptionByDefault.sseAlgorithm",
        ],
        [
            "whose policy refuses clear text for objects only",
            { policy: { Statement: [{ ...tls[0], Resource: everything[1] }, tls[1]] } },
            "fail Policy policy",
        ],
        [
            "whose block has a hole",
            { block: { ...blocked, ignorePublicAcls: false } },
            "fail PublicAccessBlock ignorePublicAcls",
        ],
        [
            "whose block leaves one way out",
            { block: { ...blocked, restrictPublicBuckets: undefined } },
            "fail PublicAccessBlock restrictPublicBuckets",
        ],
        [
            "whose objects may have other owners",
            { ownership: "ObjectWriter" },
            "fail OwnershipControls rule.objectOwnership",
        ],
        [
            "without a key",
            { keyId: null },
            "fail ServerSideEncryptionConfiguration rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId",
        ],
        [
            "under a key that AWS manages",
            { keyId: "alias/aws/s3" },
            "fail ServerSideEncryptionConfiguration rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId",
        ],
        ["without a policy", { policy: null }, "fail logs policy"],
        ["that admits clear text", { policy: { Statement: [tls[1]] } }, "fail Policy policy"],
        ["that admits old TLS", { policy: { Statement: [tls[0]] } }, "fail Policy policy"],
        [
            "that refuses TLS 1.0 only",
            {
                policy: {
                    Statement: [
                        tls[0],
                        { ...tls[1], Condition: { NumericLessThan: { "s3:TlsVersion": "1.1" } } },
                    ],
                },
            },
            "fail Policy policy",
        ],
        [
            "that refuses clear text for some actions only",
            { policy: { Statement: [{ ...tls[0], Action: "s3:GetObject" }, tls[1]] } },
            "fail Policy policy",
        ],
        ["that lets everybody in", allow({ Principal: "*" }), "fail Policy policy"],
        [
            "that lets everybody in but a list",
            allow({ NotPrincipal: { AWS: "arn:aws:iam::111122223333:root" } }),
            "fail Policy policy",
        ],
        [
            "that lets any service act for anybody",
            allow({ Principal: { Service: "cloudtrail.amazonaws.com" } }),
            "fail Policy policy",
        ],
        [
            "that lets an unknown service in",
            allow({
                Principal: { Service: "evil.amazonaws.com" },
                Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
            }),
            "fail Policy policy",
        ],
    ] as readonly (readonly [string, Sketch, string])[]) {
        it(`fails a bucket ${title}`, () => {
            assert.deepEqual(verdicts(rule, stack(sketch)), [expected]);
        });
    }

    it("judges a trail's bucket where there is no key server", () => {
        const alone = stack({ block: null }).filter((resource) => resource !== server);
        assert.deepEqual(verdicts(rule, alone), ["fail logs"]);
    });

    it("passes services that act for a known source", () => {
        const sketch = allow({
            Principal: { Service: "cloudtrail.amazonaws.com" },
            Condition: {
                StringEquals: {
                    "aws:SourceArn": "arn:aws:cloudtrail:eu-central-1:111122223333:trail/t",
                },
            },
        });
        assert.deepEqual(verdicts(rule, stack(sketch)), ["pass logs"]);
    });

    it("does not take a condition with a negation for a known source", () => {
        const sketch = allow({
            Principal: { Service: "cloudtrail.amazonaws.com" },
            Condition: { StringNotEquals: { "aws:SourceAccount": "111122223333" } },
        });
        assert.deepEqual(messages(rule, stack(sketch)), [
            'policy: the statement "In" lets cloudtrail.amazonaws.com in for whomever it acts: aws:SourceArn or aws:SourceAccount must name the source',
        ]);
    });

    it("is indeterminate for what is not known", () => {
        for (const [sketch, expected] of [
            [
                { block: { ...blocked, blockPublicAcls: unknown } },
                "indeterminate PublicAccessBlock blockPublicAcls",
            ],
            [{ ownership: unknown }, "indeterminate OwnershipControls rule.objectOwnership"],
            [
                { keyId: unknown },
                "indeterminate ServerSideEncryptionConfiguration rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId",
            ],
            [{ policy: unknown }, "indeterminate Policy policy"],
            [{ policy: { Statement: [unknown, ...tls] } }, "indeterminate Policy policy"],
            [{ policy: { Statement: [...tls, unknown] } }, "indeterminate Policy policy"],
        ] as readonly (readonly [Sketch, string])[]) {
            assert.deepEqual(verdicts(rule, stack(sketch)), [expected]);
        }
    });

    it("remediates the public access block only", () => {
        const block = resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "block", {
            ...blocked,
            blockPublicAcls: false,
            ignorePublicAcls: unknown,
        });
        assert.deepEqual(rule.remediate?.(block, contextOf(rule, [block])), [
            { path: ["blockPublicAcls"], value: true },
        ]);
        assert.deepEqual(rule.remediate?.(bucket, contextOf(rule, [bucket])), []);
    });
});

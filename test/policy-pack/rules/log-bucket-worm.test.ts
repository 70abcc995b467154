import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { logBucketWorm as rule } from "../../../policy-pack/rules/log-bucket-worm";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";

const server = resource("aws:ec2/instance:Instance", "server", {
    tags: { "keyward:role": "key-server" },
});

interface ArchiveSketch {
    readonly bucket?: Readonly<Record<string, unknown>>;
    /** Properties of the lock; null for none. */
    readonly lock?: Readonly<Record<string, unknown>> | null;
    readonly versioning?: unknown;
    readonly generation?: string;
}

function locked(
    name: string,
    {
        bucket = {},
        lock = { rule: { defaultRetention: { mode: "COMPLIANCE", days: 365 } } },
        versioning = "Enabled",
        generation = "",
    }: ArchiveSketch = {},
): readonly RegisteredResource[] {
    const made = resource(`aws:s3/bucket${generation}:Bucket${generation}`, name, {
        bucket: name,
        ...bucket,
    });
    const part = (kind: string, properties: Record<string, unknown>): RegisteredResource =>
        resource(
            `aws:s3/bucket${kind}${generation}:Bucket${kind}${generation}`,
            `${name}-${kind}`,
            { bucket: from(made), ...properties },
        );
    return [
        made,
        part("Versioning", { versioningConfiguration: { status: versioning } }),
        ...(lock === null ? [] : [part("ObjectLockConfiguration", lock)]),
    ];
}

function trailInto(bucket: RegisteredResource): RegisteredResource {
    return resource("aws:cloudtrail/trail:Trail", "trail", { s3BucketName: from(bucket) });
}

function judged(...archive: readonly RegisteredResource[]): readonly string[] {
    const [bucket] = archive;
    assert.ok(bucket !== undefined);
    return verdicts(rule, [server, ...archive, trailInto(bucket)]);
}

describe("log-bucket-worm", () => {
    it("passes a versioned bucket that holds every object for a year in compliance mode", () => {
        assert.deepEqual(judged(...locked("archive")), ["pass archive"]);
        assert.deepEqual(judged(...locked("archive", { generation: "V2" })), ["pass archive"]);
    });

    it("reads a retention in years, and settings within the bucket", () => {
        const years = { rule: { defaultRetention: { mode: "COMPLIANCE", years: 1 } } };
        assert.deepEqual(judged(...locked("archive", { lock: years })), ["pass archive"]);
        const inline = resource("aws:s3/bucket:Bucket", "archive", {
            versioning: { enabled: true },
            objectLockConfiguration: {
                rule: { defaultRetention: { mode: "COMPLIANCE", days: "400" } },
            },
        });
        assert.deepEqual(judged(inline), ["pass archive"]);
    });

    for (const [title, options, expected] of [
        [
            "governance mode",
            { lock: { rule: { defaultRetention: { mode: "GOVERNANCE", days: 365 } } } },
            "fail archive-ObjectLockConfiguration rule.defaultRetention.mode",
        ],
        [
            "a month",
            { lock: { rule: { defaultRetention: { mode: "COMPLIANCE", days: 30 } } } },
            "fail archive-ObjectLockConfiguration rule.defaultRetention.days",
        ],
        [
            "no default retention",
            { lock: { objectLockEnabled: "Enabled" } },
            "fail archive objectLockConfiguration",
        ],
        ["no lock at all", { lock: null }, "fail archive objectLockConfiguration"],
        ["suspended versions", { versioning: "Suspended" }, "fail archive versioning"],
        [
            "a bucket that is emptied with the stack",
            { bucket: { forceDestroy: true } },
            "fail archive forceDestroy",
        ],
    ] as const) {
        it(`fails ${title}`, () => {
            const [bucket, ...parts] = locked("archive", options);
            assert.ok(bucket !== undefined);
            assert.deepEqual(judged(bucket, ...parts), [expected]);
        });
    }

    it("fails a lifecycle rule that removes objects before their time, unless it is off", () => {
        const [bucket, ...parts] = locked("archive");
        assert.ok(bucket !== undefined);
        const rule = (status: string, days: number): RegisteredResource =>
            resource("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "life", {
                bucket: from(bucket),
                rules: [{ id: "a", status, expiration: { days } }],
            });
        assert.deepEqual(judged(bucket, ...parts, rule("Enabled", 90)), [
            "fail life rules[0].expiration.days",
        ]);
        assert.deepEqual(judged(bucket, ...parts, rule("Disabled", 90)), ["pass archive"]);
        assert.deepEqual(judged(bucket, ...parts, rule("Enabled", 400)), ["pass archive"]);
    });

    it("is indeterminate for settings that are not known", () => {
        for (const retention of [
            unknown,
            { mode: unknown, days: 365 },
            { mode: "COMPLIANCE", days: unknown },
        ]) {
            const lock = { rule: { defaultRetention: retention } };
            assert.deepEqual(judged(...locked("archive", { lock })), [
                "indeterminate archive-ObjectLockConfiguration rule.defaultRetention",
            ]);
        }
        assert.deepEqual(judged(...locked("archive", { versioning: unknown })), [
            "indeterminate archive versioning",
        ]);
    });

    describe("with a landing bucket that is replicated", () => {
        const landing = locked("landing", { lock: null });
        const [source] = landing;
        assert.ok(source !== undefined);
        const encryptedToo = { sseKmsEncryptedObjects: { status: "Enabled" } };
        const copy = (
            bucket: unknown,
            status = "Enabled",
            sourceSelectionCriteria: unknown = encryptedToo,
        ): RegisteredResource =>
            resource("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "copy", {
                bucket: from(source),
                rules: [{ status, destination: { bucket }, sourceSelectionCriteria }],
            });

        it("judges the bucket at the end, and says through which chain", () => {
            const archive = locked("archive", { lock: null });
            const [target] = archive;
            assert.ok(target !== undefined);
            const stack = [server, ...landing, ...archive, trailInto(source), copy(from(target))];
            assert.deepEqual(verdicts(rule, stack), [
                "fail archive objectLockConfiguration",
                "pass landing",
            ]);
            assert.deepEqual(messages(rule, stack), [
                'Bucket "archive" ← BucketReplicationConfig "copy" ← Bucket "landing" ← Trail "trail": no default retention is set, so whoever may delete objects can remove the log',
            ]);
        });

        for (const [what, criteria, verdict] of [
            ["without a word of encrypted objects", {}, "fail"],
            [
                "that leaves encrypted objects out",
                { sseKmsEncryptedObjects: { status: "Disabled" } },
                "fail",
            ],
            ["whose selection is not known", unknown, "indeterminate"],
        ] as const) {
            it(`finds a rule ${what}: S3 then copies no logs`, () => {
                const archive = locked("archive");
                const [target] = archive;
                assert.ok(target !== undefined);
                const rule = copy(from(target), "Enabled", criteria);
                assert.deepEqual(judged(...landing, ...archive, rule), [
                    `${verdict} copy rules[0].sourceSelectionCriteria.sseKmsEncryptedObjects.status`,
                    "pass archive",
                ]);
            });
        }

        it("takes a rule that is off for no rule", () => {
            const archive = locked("archive");
            const [target] = archive;
            assert.ok(target !== undefined);
            assert.deepEqual(judged(...landing, ...archive, copy(from(target), "Disabled")), [
                "fail landing objectLockConfiguration",
            ]);
        });

        it("asks for an attestation of an archive in another stack", () => {
            const stack = [server, ...landing, trailInto(source), copy("arn:aws:s3:::central")];
            assert.deepEqual(verdicts(rule, stack), [
                "indeterminate copy rules[0].destination.bucket",
            ]);
            assert.deepEqual(
                verdicts(rule, stack, {
                    parameters: {
                        accountAttestations: ["archive-locked/arn:aws:s3:::central 2026-10-20"],
                    },
                }),
                ["pass landing"],
            );
        });
    });

    it("says nothing of buckets without logs", () => {
        assert.deepEqual(verdicts(rule, [server, ...locked("archive", { lock: null })]), []);
    });

    it("judges a trail's bucket where there is no key server", () => {
        const archive = locked("archive", { lock: null });
        const [bucket] = archive;
        assert.ok(bucket !== undefined);
        assert.deepEqual(verdicts(rule, [...archive, trailInto(bucket)]), [
            "fail archive objectLockConfiguration",
        ]);
    });
});

import assert from "node:assert/strict";
import { backupsProtected as rule } from "../../../policy-pack/rules/backups-protected";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";

const key = "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0000-1111-2222-333344445555";
type Properties = Readonly<Record<string, unknown>>;

function stack(
    changes: Partial<
        Record<"volume" | "selection" | "plan" | "vault" | "lock", Properties | null>
    > = {},
): ReturnType<typeof resource>[] {
    const server = resource("aws:ec2/instance:Instance", "server", {
        tags: { "keyward:role": "key-server" },
    });
    const volume = resource("aws:ebs/volume:Volume", "data", {
        tags: { backup: "vault" },
        ...changes.volume,
    });
    const vault = resource("aws:backup/vault:Vault", "vault", { kmsKeyArn: key, ...changes.vault });
    const plan = resource("aws:backup/plan:Plan", "plan", {
        rules: [{ targetVaultName: from(vault), lifecycle: { deleteAfter: 35 } }],
        ...changes.plan,
    });
    return [
        server,
        volume,
        vault,
        plan,
        resource("aws:ec2/volumeAttachment:VolumeAttachment", "attachment", {
            instanceId: from(server),
            volumeId: from(volume),
        }),
        ...(changes.selection === null
            ? []
            : [
                  resource("aws:backup/selection:Selection", "selection", {
                      planId: from(plan),
                      selectionTags: [{ type: "STRINGEQUALS", key: "backup", value: "vault" }],
                      ...changes.selection,
                  }),
              ]),
        ...(changes.lock === null
            ? []
            : [
                  resource("aws:backup/vaultLockConfiguration:VaultLockConfiguration", "lock", {
                      backupVaultName: from(vault),
                      minRetentionDays: 7,
                      changeableForDays: 3,
                      ...changes.lock,
                  }),
              ]),
    ];
}

describe("backups-protected", () => {
    it("passes a data volume whose plan keeps it in a locked vault", () => {
        assert.deepEqual(verdicts(rule, stack()), ["pass data", "pass plan", "pass vault"]);
    });

    it("finds volumes that a selection names by ARN", () => {
        const resources = stack({ selection: null });
        const volume = resources.find(({ name }) => name === "data");
        const plan = resources.find(({ name }) => name === "plan");
        assert.ok(volume !== undefined && plan !== undefined);
        const named = resource("aws:backup/selection:Selection", "named", {
            planId: from(plan),
            resources: [from(volume)],
        });
        assert.deepEqual(verdicts(rule, [...resources, named]), [
            "pass data",
            "pass plan",
            "pass vault",
        ]);
    });

    for (const [title, changes, expected] of [
        ["a volume that no selection names", { selection: null }, "fail data"],
        ["a volume with another tag", { volume: { tags: { backup: "none" } } }, "fail data"],
        [
            "backups that are kept for a week",
            { plan: undefined, lock: { minRetentionDays: 1 } },
            "fail lock minRetentionDays",
        ],
        ["a vault without a lock", { lock: null }, "fail vault"],
        [
            "a lock that never becomes final",
            { lock: { changeableForDays: undefined } },
            "fail lock changeableForDays",
        ],
        [
            "a vault under a key that AWS manages",
            { vault: { kmsKeyArn: undefined } },
            "fail vault kmsKeyArn",
        ],
        [
            "a vault that goes with the stack",
            { vault: { forceDestroy: true } },
            "fail vault forceDestroy",
        ],
    ] as const) {
        it(`fails ${title}`, () => {
            assert.deepEqual(
                verdicts(rule, stack(changes)).filter((line) => line.startsWith("fail")),
                [expected],
            );
        });
    }

    it("fails a plan that keeps backups for a short time only", () => {
        const resources = stack();
        const vault = resources.find(({ name }) => name === "vault");
        assert.ok(vault !== undefined);
        const rules = [{ targetVaultName: from(vault), lifecycle: { deleteAfter: 14 } }];
        assert.deepEqual(messages(rule, stack({ plan: { rules } })), [
            "backups are kept for 14 days, at least 35 are required",
        ]);
    });

    for (const [what, change, expected] of [
        [
            "a backup a week",
            { schedule: "cron(0 5 ? * SUN *)" },
            "schedule cron(0 5 ? * SUN *) leaves up to 168 hours between two backups, at most 24 hours are allowed",
        ],
        [
            "a schedule that never comes",
            { schedule: "cron(0 5 30 2 ? *)" },
            "schedule cron(0 5 30 2 ? *) leaves more than forty days between two backups, at most 24 hours are allowed",
        ],
        [
            "a vault of another stack",
            { targetVaultName: "elsewhere" },
            'backups go to a vault that is not in this stack (targetVaultName is "elsewhere"): whether it is locked is not known',
        ],
        [
            "no vault",
            { targetVaultName: undefined },
            "backups go to a vault that is not in this stack (targetVaultName is not set): whether it is locked is not known",
        ],
    ] as const) {
        it(`finds ${what} in one of two rules of a plan`, () => {
            const resources = stack();
            const vault = resources.find(({ name }) => name === "vault");
            assert.ok(vault !== undefined);
            const sound = { targetVaultName: from(vault), schedule: "cron(0 5 * * ? *)" };
            const rules = [sound, { ...sound, ...change }];
            assert.deepEqual(messages(rule, stack({ plan: { rules } })), [expected]);
        });
    }

    it("is indeterminate for what is not known", () => {
        assert.ok(
            verdicts(rule, stack({ vault: { kmsKeyArn: unknown } })).includes(
                "indeterminate vault kmsKeyArn",
            ),
        );
        assert.ok(
            verdicts(rule, stack({ plan: { rules: unknown } })).includes(
                "indeterminate plan rules",
            ),
        );
        assert.ok(
            verdicts(rule, stack({ lock: { minRetentionDays: unknown } })).includes(
                "indeterminate lock minRetentionDays",
            ),
        );
    });

    it("judges how a vault without a plan keeps what it gets, and asks for no lock", () => {
        const vault = (properties: Properties) =>
            resource("aws:backup/vault:Vault", "vault", properties);
        assert.deepEqual(verdicts(rule, [vault({ kmsKeyArn: key })]), ["pass vault"]);
        assert.deepEqual(verdicts(rule, [vault({})]), ["fail vault kmsKeyArn"]);
        assert.deepEqual(verdicts(rule, [vault({ kmsKeyArn: key, forceDestroy: true })]), [
            "fail vault forceDestroy",
        ]);
    });

    describe("of copies that a lifecycle policy makes in other regions", () => {
        const copying = (policyDetails: unknown) =>
            verdicts(rule, [
                resource("aws:dlm/lifecyclePolicy:LifecyclePolicy", "copies", { policyDetails }),
            ]);
        const scheduled = (copy: Properties) => ({
            schedules: [{}, { crossRegionCopyRules: [{ encrypted: true, cmkArn: key }, copy] }],
        });
        const triggered = (encryptionConfiguration: Properties) => ({
            action: { crossRegionCopies: [{ target: "eu-west-1", encryptionConfiguration }] },
        });
        const rulePlace = "policyDetails.schedules[1].crossRegionCopyRules[1]";
        const eventPlace = "policyDetails.action.crossRegionCopies[0].encryptionConfiguration";

        for (const [place, details] of [
            [rulePlace, scheduled],
            [eventPlace, triggered],
        ] as const) {
            for (const [what, copy, expected] of [
                ["passes a customer's key", { encrypted: true, cmkArn: key }, "pass copies"],
                ["fails clear text", { encrypted: false }, `fail copies ${place}.encrypted`],
                ["fails nothing said", {}, `fail copies ${place}.encrypted`],
                [
                    "fails a key that AWS manages",
                    { encrypted: "true", cmkArn: "alias/aws/ebs" },
                    `fail copies ${place}.cmkArn`,
                ],
                [
                    "is indeterminate for an unknown switch",
                    { encrypted: unknown, cmkArn: key },
                    `indeterminate copies ${place}.encrypted`,
                ],
                [
                    "is indeterminate for an unknown key",
                    { encrypted: true, cmkArn: unknown },
                    `indeterminate copies ${place}.cmkArn`,
                ],
            ] as const) {
                it(`${what} at ${place}`, () => {
                    assert.deepEqual(copying(details(copy)), [expected]);
                });
            }
        }

        it("passes a policy without copies, and is indeterminate for lists that are unknown", () => {
            assert.deepEqual(copying({ schedules: [{ name: "daily" }] }), ["pass copies"]);
            assert.deepEqual(copying({ schedules: unknown }), [
                "indeterminate copies policyDetails.schedules",
            ]);
            assert.deepEqual(copying({ schedules: [{ crossRegionCopyRules: unknown }] }), [
                "indeterminate copies policyDetails.schedules[0].crossRegionCopyRules",
            ]);
            assert.deepEqual(copying(unknown), [
                "indeterminate copies policyDetails.action",
                "indeterminate copies policyDetails.schedules",
            ]);
        });
    });

    it("says nothing of volumes that no key server has", () => {
        const without = stack().filter(({ name }) => name !== "attachment");
        assert.deepEqual(verdicts(rule, without), ["pass vault"]);
    });
});

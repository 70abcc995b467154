import assert from "node:assert/strict";
import { volumesEncryptedCmk as rule } from "../../../policy-pack/rules/volumes-encrypted-cmk";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";

const volume = "aws:ebs/volume:Volume";
const instance = "aws:ec2/instance:Instance";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const key = resource("aws:kms/key:Key", "volumes");
const keyArn = "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0000-1111-2222-333344445555";

describe("volumes-encrypted-cmk", () => {
    for (const [title, properties, expected] of [
        ["passes a key of the stack", { encrypted: true, kmsKeyId: from(key) }, "pass data"],
        ["passes a key ARN of a customer", { encrypted: true, kmsKeyId: keyArn }, "pass data"],
        ["passes a customer's alias", { encrypted: "true", kmsKeyId: "alias/vault" }, "pass data"],
        ["fails without a key", { encrypted: true }, "fail data kmsKeyId"],
        [
            "fails an AWS alias",
            { encrypted: true, kmsKeyId: "alias/aws/ebs" },
            "fail data kmsKeyId",
        ],
        ["fails a volume that is not encrypted", { kmsKeyId: keyArn }, "fail data encrypted"],
        [
            "is indeterminate when encryption is unknown",
            { encrypted: unknown, kmsKeyId: keyArn },
            "indeterminate data encrypted",
        ],
        [
            "is indeterminate when the key is unknown",
            { encrypted: true, kmsKeyId: unknown },
            "indeterminate data kmsKeyId",
        ],
        [
            "is indeterminate for text that names no key",
            { encrypted: true, kmsKeyId: "my key" },
            "indeterminate data kmsKeyId",
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [key, resource(volume, "data", properties)]), [
                expected,
            ]);
        });
    }

    it("follows an alias of the stack, unless it is one of AWS", () => {
        const alias = (name: string) =>
            resource("aws:kms/alias:Alias", name, { name, targetKeyId: from(key) });
        const own = alias("alias/vault");
        const managed = alias("alias/aws/ebs");
        const stack = [
            key,
            own,
            managed,
            resource(volume, "a", { encrypted: true, kmsKeyId: from(own) }),
            resource(volume, "b", { encrypted: true, kmsKeyId: from(managed) }),
        ];
        assert.deepEqual(verdicts(rule, stack), ["fail b kmsKeyId", "pass a"]);
    });

    it("judges the keys of a server's own volumes, and leaves unencrypted ones to their policy", () => {
        const stack = [
            key,
            resource(instance, "a", {
                rootBlockDevice: { encrypted: true, kmsKeyId: from(key) },
                ebsBlockDevices: [{ deviceName: "/dev/sdf", encrypted: true }],
            }),
            resource(instance, "b", { rootBlockDevice: { encrypted: false } }),
            resource(template, "t", {
                blockDeviceMappings: [
                    { deviceName: "/dev/xvda", ebs: { encrypted: "true", kmsKeyId: unknown } },
                ],
            }),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail a ebsBlockDevices[0].kmsKeyId",
            "indeterminate t blockDeviceMappings[0].ebs.kmsKeyId",
            "pass b",
        ]);
    });

    it("judges copies and imports of snapshots and images as volumes", () => {
        const stack = [
            resource("aws:ebs/snapshotCopy:SnapshotCopy", "snapshot", { encrypted: true }),
            resource("aws:ebs/snapshotImport:SnapshotImport", "import"),
            resource("aws:ec2/amiCopy:AmiCopy", "image", { encrypted: true, kmsKeyId: keyArn }),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail import encrypted",
            "fail snapshot kmsKeyId",
            "pass image",
        ]);
    });

    it("judges a volume copy and an image's volumes by their source", () => {
        const source = resource(volume, "source", { encrypted: true, kmsKeyId: keyArn });
        const stack = [
            source,
            resource("aws:ebs/volumeCopy:VolumeCopy", "a", { sourceVolumeId: from(source) }),
            resource("aws:ebs/volumeCopy:VolumeCopy", "b", { sourceVolumeId: "vol-0abc" }),
            resource("aws:ec2/ami:Ami", "c", {
                ebsBlockDevices: [{ deviceName: "/dev/xvda", snapshotId: "snap-0abc" }],
            }),
            resource("aws:ec2/ami:Ami", "d", { ebsBlockDevices: [{ deviceName: "/dev/xvda" }] }),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail d ebsBlockDevices[0].encrypted",
            "indeterminate b sourceVolumeId",
            "indeterminate c ebsBlockDevices[0].snapshotId",
            "pass a",
            "pass source",
        ]);
    });

    it("accepts silence where the stack sets encryption and key for the account", () => {
        const stack = [
            key,
            resource("aws:ebs/encryptionByDefault:EncryptionByDefault", "account"),
            resource("aws:ebs/defaultKmsKey:DefaultKmsKey", "default", { keyArn: from(key) }),
            resource(volume, "data"),
        ];
        assert.deepEqual(verdicts(rule, stack), ["pass data"]);
        assert.deepEqual(
            verdicts(
                rule,
                stack.filter((_, index) => index !== 2),
            ),
            ["fail data kmsKeyId"],
        );
    });

    it("says which key is used instead", () => {
        const stack = [
            resource(volume, "a", { encrypted: true }),
            resource(volume, "b", { encrypted: true, kmsKeyId: "alias/aws/ebs" }),
        ];
        assert.deepEqual(messages(rule, stack), [
            'kmsKeyId is "alias/aws/ebs", a key that AWS manages',
            "kmsKeyId is not set, so a key that AWS manages is used",
        ]);
    });
});

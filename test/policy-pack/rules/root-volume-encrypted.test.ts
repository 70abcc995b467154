import assert from "node:assert/strict";
import { rootVolumeEncrypted as rule } from "../../../policy-pack/rules/root-volume-encrypted";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";

const instance = "aws:ec2/instance:Instance";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const byDefault = "aws:ebs/encryptionByDefault:EncryptionByDefault";

describe("root-volume-encrypted", () => {
    for (const [title, properties, expected] of [
        [
            "passes an encrypted root volume",
            { rootBlockDevice: { encrypted: true } },
            ["pass vault"],
        ],
        [
            "fails a root volume that is not encrypted",
            { rootBlockDevice: { encrypted: false } },
            ["fail vault rootBlockDevice.encrypted"],
        ],
        [
            "fails a root volume that says nothing of encryption",
            { rootBlockDevice: { volumeSize: 20 } },
            ["fail vault rootBlockDevice.encrypted"],
        ],
        ["fails a root volume that nobody describes", {}, ["fail vault rootBlockDevice.encrypted"]],
        [
            "fails a further volume that is not encrypted, last in the list",
            {
                rootBlockDevice: { encrypted: true },
                ebsBlockDevices: [
                    { deviceName: "/dev/sdf", encrypted: true },
                    { deviceName: "/dev/sdg", encrypted: false },
                ],
            },
            ["fail vault ebsBlockDevices[1].encrypted"],
        ],
        [
            "is indeterminate when encryption is unknown",
            { rootBlockDevice: { encrypted: unknown } },
            ["indeterminate vault rootBlockDevice.encrypted"],
        ],
        [
            "is indeterminate when the whole device is unknown",
            { rootBlockDevice: unknown },
            ["indeterminate vault rootBlockDevice"],
        ],
        [
            "is indeterminate for unknown volumes, first in the list, and still sees the weak one after it",
            {
                rootBlockDevice: { encrypted: true },
                ebsBlockDevices: [unknown, { deviceName: "/dev/sdg", encrypted: false }],
            },
            ["fail vault ebsBlockDevices[1].encrypted", "indeterminate vault ebsBlockDevices[0]"],
        ],
        [
            "is indeterminate for an unknown list of volumes",
            { rootBlockDevice: { encrypted: true }, ebsBlockDevices: unknown },
            ["indeterminate vault ebsBlockDevices"],
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [resource(instance, "vault", properties)]), expected);
        });
    }

    it("reads the text and the device mappings of launch templates", () => {
        const mapping = (deviceName: unknown, encrypted: unknown) => ({
            deviceName,
            ebs: { encrypted },
        });
        const stack = [
            resource(template, "a", { blockDeviceMappings: [mapping("/dev/xvda", "true")] }),
            resource(template, "b", { blockDeviceMappings: [mapping("/dev/sda1", "false")] }),
            resource(template, "c", { blockDeviceMappings: [mapping("/dev/sdf", "true")] }),
            resource(template, "d", { blockDeviceMappings: [mapping(unknown, "true")] }),
            resource(template, "e"),
            resource(template, "f", {
                blockDeviceMappings: [
                    { deviceName: "/dev/sdb", virtualName: "ephemeral0" },
                    mapping("/dev/xvda", true),
                ],
            }),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail b blockDeviceMappings[0].ebs.encrypted",
            "fail c blockDeviceMappings",
            "fail e blockDeviceMappings",
            "indeterminate d blockDeviceMappings[0].ebs",
            "pass a",
            "pass f",
        ]);
    });

    it("takes the root volume from the template and reports it there", () => {
        const weak = resource(template, "weak", {
            blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "false" } }],
        });
        const bare = resource(template, "bare");
        const stack = [
            weak,
            bare,
            resource(instance, "a", { launchTemplate: { id: from(weak) } }),
            resource(instance, "b", { launchTemplate: { id: from(bare) } }),
            resource(instance, "c", {
                launchTemplate: { id: from(weak) },
                rootBlockDevice: { encrypted: true },
            }),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail bare blockDeviceMappings",
            "fail weak blockDeviceMappings[0].ebs.encrypted",
            "not-applicable a",
            "not-applicable b",
            "pass c",
        ]);
    });

    it("accepts silence where the stack encrypts every new volume, but not a refusal", () => {
        const stack = [
            resource(byDefault, "account"),
            resource(instance, "a"),
            resource(instance, "b", { rootBlockDevice: { encrypted: false } }),
        ];
        assert.deepEqual(verdicts(rule, stack), ["fail b rootBlockDevice.encrypted", "pass a"]);
        const off = [resource(byDefault, "account", { enabled: false }), resource(instance, "a")];
        assert.deepEqual(verdicts(rule, off), ["fail a rootBlockDevice.encrypted"]);
    });

    it("says that an undescribed root volume is as its image", () => {
        assert.deepEqual(messages(rule, [resource(instance, "vault")]), [
            "rootBlockDevice does not describe the root volume, so it is as unencrypted as its image",
        ]);
    });
});

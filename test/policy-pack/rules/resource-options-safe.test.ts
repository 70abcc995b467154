import assert from "node:assert/strict";
import { resourceOptionsSafe as rule } from "../../../policy-pack/rules/resource-options-safe";
import type { ResourceOptions } from "../../../policy-pack/graph/resource";
import { from, messages, resource, verdicts } from "../../support/graph";

const instance = "aws:ec2/instance:Instance";
const machine = (options: Partial<ResourceOptions>, type = instance) =>
    resource(type, "server", {}, { options });

describe("resource-options-safe", () => {
    it("demands protection of keys", () => {
        const key = (protect: boolean) =>
            resource("aws:kms/key:Key", "key", {}, { options: { protect } });
        assert.deepEqual(verdicts(rule, [machine({}), key(true)]), ["pass key", "pass server"]);
        assert.deepEqual(messages(rule, [machine({}), key(false)]), [
            "protect is not on: without the key, everything that is encrypted under it is lost",
        ]);
    });

    it("demands protection of a component's key also where no server is, and of no other", () => {
        const key = resource("aws:kms/key:Key", "key");
        const urn = key.urn.replace("::aws:kms", "::keyward:index:KeyServerEncryption$aws:kms");
        assert.deepEqual(verdicts(rule, [{ ...key, urn }]), ["fail key"]);
        assert.deepEqual(verdicts(rule, [key]), []);
    });

    it("demands protection of a key server's data volume, through the chain", () => {
        const volume = (protect: boolean) =>
            resource("aws:ebs/volume:Volume", "data", {}, { options: { protect } });
        const attached = (data: ReturnType<typeof resource>) => {
            const server = machine({});
            return [
                server,
                data,
                resource("aws:ec2/volumeAttachment:VolumeAttachment", "attachment", {
                    instanceId: from(server),
                    volumeId: from(data),
                }),
            ];
        };
        assert.deepEqual(verdicts(rule, attached(volume(true))), ["pass data", "pass server"]);
        assert.deepEqual(messages(rule, attached(volume(false))), [
            'protect is not on: the volume holds a key server\'s data (instance "server" ← VolumeAttachment "attachment" ← Volume "data")',
        ]);
        assert.deepEqual(verdicts(rule, [volume(false)]), []);
    });

    it("demands protection of a bucket that logs reach", () => {
        const bucket = resource("aws:s3/bucket:Bucket", "logs", { bucket: "logs" });
        const trail = resource("aws:cloudtrail/trail:Trail", "trail", { s3BucketName: "logs" });
        assert.deepEqual(verdicts(rule, [machine({}), bucket, trail]), [
            "fail logs",
            "pass server",
        ]);
        assert.deepEqual(verdicts(rule, [bucket]), []);
    });

    for (const [ignoreChanges, expected] of [
        [["ami", "instanceType", "userData", "userDataBase64"], "pass server"],
        [['tags["Name"]'], "pass server"],
        [["metadataOptions.httpTokens"], "fail server"],
        [["ami", "vpcSecurityGroupIds[0]"], "fail server"],
        [["tags"], "fail server"],
        [['tags["PatchGroup"]'], "fail server"],
        [["*"], "fail server"],
    ] as const) {
        it(`gives "${expected}" for a server that ignores ${ignoreChanges.join(", ")}`, () => {
            assert.deepEqual(verdicts(rule, [machine({ ignoreChanges })]), [expected]);
        });
    }

    it("finds what is ignored on other hardened resources, once for each property", () => {
        const ignoreChanges = ["policy", "tags", "description", "enableKeyRotation"];
        const options = { protect: true, ignoreChanges };
        assert.deepEqual(messages(rule, [resource("aws:kms/key:Key", "key", {}, { options })]), [
            'ignoreChanges holds "enableKeyRotation": whoever changes it by hand is not noticed',
            'ignoreChanges holds "policy": whoever changes it by hand is not noticed',
        ]);
    });

    it("lets values of parameters and resources without hardening change", () => {
        const options = { ignoreChanges: ["value"] };
        assert.deepEqual(
            verdicts(rule, [
                resource("aws:ssm/parameter:Parameter", "hold", {}, { options }),
                resource("aws:dynamodb/table:Table", "table", {}, { options }),
            ]),
            [],
        );
    });

    it("fails a server that is deleted before its successor stands, not an attachment", () => {
        const options = { deleteBeforeReplace: true };
        assert.deepEqual(verdicts(rule, [machine(options)]), ["fail server"]);
        assert.deepEqual(verdicts(rule, [machine(options, "aws:autoscaling/group:Group")]), [
            "fail server",
        ]);
        const attachment = "aws:ec2/volumeAttachment:VolumeAttachment";
        assert.deepEqual(verdicts(rule, [machine(options, attachment)]), []);
    });
});

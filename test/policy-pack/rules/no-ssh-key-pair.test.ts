import assert from "node:assert/strict";
import { SecretValue } from "../../../policy-pack/graph/resource";
import { noSshKeyPair } from "../../../policy-pack/rules/no-ssh-key-pair";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";

const instance = "aws:ec2/instance:Instance";
const keyPair = "aws:ec2/keyPair:KeyPair";

describe("no-ssh-key-pair", () => {
    it("passes a server without a key pair, and one whose key name is empty", () => {
        const stack = [resource(instance, "a"), resource(instance, "b", { keyName: "" })];
        assert.deepEqual(verdicts(noSshKeyPair, stack), ["pass a", "pass b"]);
    });

    it("fails a server that names a key pair", () => {
        const server = resource(instance, "vault", { keyName: "admin" });
        assert.deepEqual(verdicts(noSshKeyPair, [server]), ["fail vault keyName"]);
        assert.deepEqual(messages(noSshKeyPair, [server]), [
            'keyName is "admin", so the server accepts logins by SSH key',
        ]);
    });

    it("reports a key pair of the stack once, on the server that names it", () => {
        const pair = resource(keyPair, "admin", { publicKey: "ssh-ed25519 AAAA" });
        const server = resource(instance, "vault", { keyName: from(pair) });
        assert.deepEqual(verdicts(noSshKeyPair, [pair, server]), [
            "fail vault keyName",
            "not-applicable admin",
        ]);
        assert.deepEqual(messages(noSshKeyPair, [pair, server]), [
            'keyName is a key pair of this stack (instance "vault" ← KeyPair "admin"), so the server accepts logins by SSH key',
        ]);
    });

    it("fails a key pair that no server names", () => {
        const stack = [resource(keyPair, "spare"), resource(instance, "vault")];
        assert.deepEqual(verdicts(noSshKeyPair, stack), ["fail spare", "pass vault"]);
    });

    it("is indeterminate for a key name that is unknown", () => {
        const server = resource(instance, "vault", { keyName: unknown });
        assert.deepEqual(verdicts(noSshKeyPair, [server]), ["indeterminate vault keyName"]);
    });

    it("sees the key pair of a template, a launch configuration and a spot fleet", () => {
        const template = resource("aws:ec2/launchTemplate:LaunchTemplate", "t", { keyName: "k" });
        const stack = [
            template,
            resource(instance, "vault", { launchTemplate: { id: from(template) } }),
            resource("aws:ec2/launchConfiguration:LaunchConfiguration", "c", { keyName: "k" }),
            resource("aws:ec2/spotFleetRequest:SpotFleetRequest", "f", {
                launchSpecifications: [{ ami: "a" }, { ami: "a", keyName: "k" }],
            }),
        ];
        assert.deepEqual(verdicts(noSshKeyPair, stack), [
            "fail c keyName",
            "fail f launchSpecifications[1].keyName",
            "fail t keyName",
            "not-applicable vault",
        ]);
    });

    it("prints no secret that cannot be read", () => {
        const server = resource(instance, "vault", { keyName: new SecretValue({ pem: "s3cret" }) });
        assert.deepEqual(messages(noSshKeyPair, [server]), [
            "keyName cannot be read: found [secret]",
        ]);
    });
});

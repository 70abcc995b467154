import assert from "node:assert/strict";
import { instanceProfileAttached as rule } from "../../../policy-pack/rules/instance-profile-attached";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";

const instance = "aws:ec2/instance:Instance";
const profile = "aws:iam/instanceProfile:InstanceProfile";
const template = "aws:ec2/launchTemplate:LaunchTemplate";

describe("instance-profile-attached", () => {
    it("passes a server whose profile is named or made in the stack", () => {
        const made = resource(profile, "made", { role: "vault" });
        const stack = [
            made,
            resource(instance, "a", { iamInstanceProfile: "adopted" }),
            resource(instance, "b", { iamInstanceProfile: from(made) }),
        ];
        assert.deepEqual(verdicts(rule, stack), ["pass a", "pass b", "pass made"]);
    });

    it("fails a server without a profile, or with an empty one", () => {
        const stack = [
            resource(instance, "a"),
            resource(instance, "b", { iamInstanceProfile: "" }),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail a iamInstanceProfile",
            "fail b iamInstanceProfile",
        ]);
    });

    it("fails a profile that holds no role, once, on the profile", () => {
        const empty = resource(profile, "empty");
        const server = resource(instance, "vault", { iamInstanceProfile: from(empty) });
        assert.deepEqual(verdicts(rule, [empty, server]), ["fail empty role", "pass vault"]);
        assert.deepEqual(messages(rule, [empty, server]), ["the instance profile holds no role"]);
    });

    it("is indeterminate for a profile that is unknown", () => {
        const server = resource(instance, "vault", { iamInstanceProfile: unknown });
        assert.deepEqual(verdicts(rule, [server]), ["indeterminate vault iamInstanceProfile"]);
    });

    it("reads the object form of templates, by name or ARN", () => {
        const made = resource(profile, "made", { role: "vault" });
        const stack = [
            made,
            resource(template, "arn", { iamInstanceProfile: { arn: from(made) } }),
            resource(template, "empty", { iamInstanceProfile: {} }),
            resource(template, "name", { iamInstanceProfile: { name: "adopted" } }),
            resource(template, "open", { iamInstanceProfile: { name: unknown } }),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "fail empty iamInstanceProfile",
            "indeterminate open iamInstanceProfile",
            "pass arn",
            "pass made",
            "pass name",
        ]);
    });

    it("reads both properties of a spot fleet's specifications", () => {
        const fleet = resource("aws:ec2/spotFleetRequest:SpotFleetRequest", "fleet", {
            launchSpecifications: [
                { iamInstanceProfile: "a" },
                { iamInstanceProfileArn: "arn:aws:iam::111122223333:instance-profile/a" },
                {},
            ],
        });
        assert.deepEqual(verdicts(rule, [fleet]), [
            "fail fleet launchSpecifications[2].iamInstanceProfile",
        ]);
    });
});

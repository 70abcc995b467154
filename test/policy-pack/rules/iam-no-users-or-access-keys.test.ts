import assert from "node:assert/strict";
import { iamNoUsersOrAccessKeys as rule } from "../../../policy-pack/rules/iam-no-users-or-access-keys";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";

describe("iam-no-users-or-access-keys", () => {
    it("fails users and every credential that lasts, whatever is known of them", () => {
        const stack = [
            resource("aws:iam/user:User", "a"),
            resource("aws:iam/accessKey:AccessKey", "b", { user: unknown }),
            resource("aws:iam/userLoginProfile:UserLoginProfile", "c"),
            resource("aws:iam/serviceSpecificCredential:ServiceSpecificCredential", "d"),
            resource("aws:iam/sshKey:SshKey", "e"),
            resource("aws:iam/signingCertificate:SigningCertificate", "f"),
            resource("aws:iam/userPolicy:UserPolicy", "g", { user: "someone" }),
            resource("aws:iam/userPolicyAttachment:UserPolicyAttachment", "h", { user: "someone" }),
        ];
        assert.deepEqual(
            verdicts(rule, stack),
            ["a", "b", "c", "d", "e", "f", "g", "h"].map((name) => `fail ${name}`),
        );
    });

    it("fails attachments that name users, and passes those of roles and groups", () => {
        const attachment = (properties: Record<string, unknown>) =>
            resource("aws:iam/policyAttachment:PolicyAttachment", "a", properties);
        for (const [users, expected] of [
            [["someone"], "fail a users"],
            [[unknown], "fail a users"],
            [[], "pass a"],
            [unknown, "indeterminate a users"],
        ] as const) {
            assert.deepEqual(verdicts(rule, [attachment({ users, roles: ["b"] })]), [expected]);
        }
    });

    it("says nothing of roles and groups", () => {
        const stack = [resource("aws:iam/role:Role", "a"), resource("aws:iam/group:Group", "b")];
        assert.deepEqual(verdicts(rule, stack), []);
    });

    it("leaves a user alone that belongs to another machine than the key server", () => {
        const user = resource("aws:iam/user:User", "user", { name: "someone" });
        const machine = (name: string, tags: Record<string, string>) => {
            const vpc = resource("aws:ec2/vpc:Vpc", `${name}-vpc`);
            const subnet = resource("aws:ec2/subnet:Subnet", `${name}-net`, { vpcId: from(vpc) });
            const subnetId = from(subnet);
            return [vpc, subnet, resource("aws:ec2/instance:Instance", name, { tags, subnetId })];
        };
        const server = machine("server", { "keyward:role": "key-server" });
        const other = machine("other", { owner: "someone" });
        const found = verdicts(rule, [user, ...server, ...other]);
        assert.deepEqual(found, []);
    });

    it("names the resource and what it is", () => {
        assert.deepEqual(messages(rule, [resource("aws:iam/accessKey:AccessKey", "ci")]), [
            'AccessKey "ci" is a long-lived access key: roles and federated identities need none',
        ]);
    });
});

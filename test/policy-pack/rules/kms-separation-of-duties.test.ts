import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { kmsSeparationOfDuties as rule } from "../../../policy-pack/rules/kms-separation-of-duties";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";

const account = "111122223333";
const root = { AWS: `arn:aws:iam::${account}:root` };
const administer = ["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DescribeKey"];
const through = {
    StringEquals: {
        "kms:CallerAccount": account,
        "kms:ViaService": "ec2.eu-central-1.amazonaws.com",
    },
};
const allow = (Principal: unknown, Action: unknown, Condition?: unknown): unknown => ({
    Effect: "Allow",
    Principal,
    Action,
    Resource: "*",
    ...(Condition === undefined ? {} : { Condition }),
});
const named = (name: string): unknown => ({ AWS: `arn:aws:iam::${account}:role/${name}` });
const key = (...statements: readonly unknown[]): RegisteredResource =>
    resource("aws:kms/key:Key", "unseal", {
        arn: `arn:aws:kms:eu-central-1:${account}:key/1`,
        policy: { Version: "2012-10-17", Statement: statements },
    });
const role = (name: string, ...actions: readonly string[]): RegisteredResource =>
    resource("aws:iam/role:Role", name, {
        arn: `arn:aws:iam::${account}:role/${name}`,
        ...(actions.length === 0
            ? {}
            : {
                  inlinePolicies: [
                      {
                          name: "keys",
                          policy: {
                              Statement: { Effect: "Allow", Action: actions, Resource: "*" },
                          },
                      },
                  ],
              }),
    });
const carried = (own: RegisteredResource): readonly RegisteredResource[] => {
    const profile = resource("aws:iam/instanceProfile:InstanceProfile", "profile", {
        role: from(own),
    });
    return [
        own,
        profile,
        resource("aws:ec2/instance:Instance", "vault", { iamInstanceProfile: from(profile) }),
    ];
};

describe("kms-separation-of-duties", () => {
    it("passes administration by the account and use through a service", () => {
        const own = key(allow(root, administer), allow(root, "kms:Decrypt", through));
        assert.deepEqual(verdicts(rule, [own]), ["pass unseal"]);
    });

    it("passes grants to services of AWS by whoever administers the key", () => {
        const forServices = { Bool: { "kms:GrantIsForAWSResource": "true" } };
        const own = key(allow(root, administer), allow(root, "kms:CreateGrant", forServices));
        assert.deepEqual(verdicts(rule, [own]), ["pass unseal"]);
    });

    it("does not take grants to services of AWS for administration", () => {
        const own = key(
            allow(root, administer),
            allow(named("app"), ["kms:Decrypt", "kms:CreateGrant"]),
        );
        assert.deepEqual(verdicts(rule, [own]), ["pass unseal"]);
    });

    for (const [title, statements] of [
        ["fails one statement that gives both", [allow(named("admin"), "kms:*")]],
        [
            "fails two statements that give both",
            [
                allow(root, administer),
                allow(named("a"), administer),
                allow(named("a"), "kms:Decrypt"),
            ],
        ],
        ["fails the account with every right", [allow(root, "kms:*")]],
        ["fails grants to anybody", [allow(root, [...administer, "kms:CreateGrant"])]],
        [
            "fails everything but a list",
            [{ ...(allow(root, undefined) as object), NotAction: "kms:CreateGrant" }],
        ],
    ] as const) {
        it(title, () => assert.deepEqual(verdicts(rule, [key(...statements)]), ["fail unseal"]));
    }

    it("fails a role that gets one right from the key and the other from its own policy", () => {
        const own = key(allow(root, administer), allow(named("operator"), "kms:Decrypt"));
        const operator = role("operator", "kms:PutKeyPolicy");
        assert.deepEqual(verdicts(rule, [own, operator]), ["fail unseal"]);
        assert.deepEqual(verdicts(rule, [own, role("operator", "kms:ListKeys")]), ["pass unseal"]);
    });

    it("reads a key policy that is a resource of its own", () => {
        const own = resource("aws:kms/key:Key", "unseal");
        const policy = resource("aws:kms/keyPolicy:KeyPolicy", "policy", {
            keyId: from(own),
            policy: JSON.stringify({ Statement: [allow(named("admin"), "kms:*")] }),
        });
        assert.deepEqual(verdicts(rule, [own, policy]), ["fail unseal"]);
    });

    it("fails a key without a policy, whose account then holds both", () => {
        assert.deepEqual(verdicts(rule, [resource("aws:kms/key:Key", "bare")]), [
            "fail bare policy",
        ]);
    });

    it("lets nobody but servers use the key that they unseal with", () => {
        const unsealing = (...more: readonly unknown[]): RegisteredResource =>
            key(allow(root, administer), allow(named("server"), "kms:Decrypt"), ...more);
        const servers = carried(role("server"));
        assert.deepEqual(verdicts(rule, [...servers, unsealing()]), ["pass unseal"]);
        const other = unsealing(allow(named("other"), "kms:Decrypt"));
        assert.deepEqual(verdicts(rule, [...servers, other]), ["fail unseal"]);
        assert.deepEqual(verdicts(rule, [...servers, role("other"), other]), ["fail unseal"]);
        const stranger = unsealing(allow("*", "kms:Decrypt"));
        assert.ok(verdicts(rule, [...servers, stranger]).includes("fail unseal"));
    });

    it("accepts servers that the key names by a condition", () => {
        const condition = {
            StringEquals: { "kms:CallerAccount": account },
            ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/server` },
        };
        const own = key(allow(root, administer), allow({ AWS: "*" }, "kms:Decrypt", condition));
        assert.deepEqual(verdicts(rule, [...carried(role("server")), own]), ["pass unseal"]);
    });

    it("is indeterminate for a policy or condition that is not known", () => {
        const open = resource("aws:kms/key:Key", "unseal", { policy: unknown });
        assert.deepEqual(verdicts(rule, [open]), ["indeterminate unseal policy"]);
        const own = key(
            allow(root, administer),
            allow(named("operator"), "kms:*", { StringEquals: { "aws:FancyKey": "a" } }),
        );
        assert.deepEqual(verdicts(rule, [own]), ["indeterminate unseal"]);
        for (const actions of [
            [unknown, "kms:Decrypt"],
            ["kms:Decrypt", unknown],
        ]) {
            const doubtful = key(allow(named("operator"), actions));
            assert.deepEqual(verdicts(rule, [doubtful]), ["indeterminate unseal"]);
        }
    });

    it("says nothing of a stack without keys", () => {
        assert.deepEqual(verdicts(rule, [role("server", "kms:*")]), []);
    });

    it("names who, what and the chain", () => {
        assert.deepEqual(messages(rule, [key(allow(named("admin"), "kms:*"))]), [
            `arn:aws:iam::${account}:role/admin may both administer and use the key (kms:DisableKey, kms:PutKeyPolicy, kms:ScheduleKeyDeletion, kms:Decrypt): arn:aws:iam::${account}:role/admin ← key "unseal" policy ← key "unseal"`,
        ]);
    });
});

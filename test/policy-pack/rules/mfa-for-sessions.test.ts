import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { mfaForSessions as rule } from "../../../policy-pack/rules/mfa-for-sessions";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";

const account = "111122223333";
const server = resource("aws:ec2/instance:Instance", "vault", {
    tags: { "keyward:role": "key-server" },
});
const statement = (Condition?: unknown, Action: unknown = "ssm:StartSession"): unknown => ({
    Effect: "Allow",
    Action,
    Resource: "*",
    ...(Condition === undefined ? {} : { Condition }),
});
const mfa = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
const recent = { ...mfa, NumericLessThan: { "aws:MultiFactorAuthAge": "3600" } };
const document = (...statements: readonly unknown[]): unknown => ({
    Version: "2012-10-17",
    Statement: statements,
});
const loose = (...statements: readonly unknown[]): RegisteredResource =>
    resource("aws:iam/policy:Policy", "operator", { policy: document(...statements) });
const judged = (...statements: readonly unknown[]): readonly string[] =>
    verdicts(rule, [server, loose(...statements)]);
const role = (...trusts: readonly unknown[]): RegisteredResource =>
    resource("aws:iam/role:Role", "operators", {
        assumeRolePolicy: document(...trusts),
        inlinePolicies: [{ name: "sessions", policy: document(statement()) }],
    });
const trust = (Principal: unknown, Condition?: unknown): unknown => ({
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal,
    ...(Condition === undefined ? {} : { Condition }),
});
const people = { AWS: `arn:aws:iam::${account}:root` };

describe("mfa-for-sessions", () => {
    for (const [title, Condition, expected] of [
        ["passes a recent login with a second factor", recent, "pass operator"],
        ["fails without a condition", undefined, "fail operator"],
        ["fails a second factor of any age", mfa, "fail operator"],
        [
            "fails a login of the day before",
            { ...mfa, NumericLessThan: { "aws:MultiFactorAuthAge": "86400" } },
            "fail operator",
        ],
        [
            "fails BoolIfExists, which access keys pass",
            {
                BoolIfExists: { "aws:MultiFactorAuthPresent": "true" },
                NumericLessThanIfExists: { "aws:MultiFactorAuthAge": "3600" },
            },
            "fail operator",
        ],
        [
            "passes an age alone, which only a second factor gives",
            { NumericLessThanEquals: { "aws:MultiFactorAuthAge": 3600 } },
            "pass operator",
        ],
        [
            "is indeterminate for an unknown age",
            { ...mfa, NumericLessThan: { "aws:MultiFactorAuthAge": unknown } },
            "indeterminate operator",
        ],
        ["is indeterminate for an unknown condition", unknown, "indeterminate operator"],
        [
            "passes machines that are no key servers",
            { StringEquals: { "ssm:resourceTag/keyward:role": "web" } },
            "pass operator",
        ],
        [
            "fails an address instead of a factor",
            { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
            "fail operator",
        ],
    ] as const) {
        it(title, () => assert.deepEqual(judged(statement(Condition)), [expected]));
    }

    for (const action of [
        "ssm:*",
        "ssm:Start*",
        "*",
        "ssm:SendCommand",
        "ec2-instance-connect:SendSSHPublicKey",
    ]) {
        it(`fails ${action}`, () =>
            assert.deepEqual(judged(statement(undefined, action)), ["fail operator"]));
    }

    it("passes where a denial demands the factor", () => {
        const demand = {
            Effect: "Deny",
            Action: "*",
            Resource: "*",
            Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
        };
        const old = {
            Effect: "Deny",
            Action: "*",
            Resource: "*",
            Condition: { NumericGreaterThan: { "aws:MultiFactorAuthAge": "3600" } },
        };
        assert.deepEqual(judged(statement(), demand, old), ["pass operator"]);
        assert.deepEqual(judged(statement(), demand), ["fail operator"]);
    });

    it("looks through unknown actions in first and last place", () => {
        for (const actions of [
            [unknown, "ssm:StartSession"],
            ["ssm:StartSession", unknown],
        ]) {
            assert.ok(judged(statement(undefined, actions)).includes("fail operator"));
        }
        for (const actions of [
            [unknown, "s3:GetObject"],
            ["s3:GetObject", unknown],
        ]) {
            assert.deepEqual(judged(statement(undefined, actions)), ["indeterminate operator"]);
        }
    });

    it("takes the factor that a role's trust demands", () => {
        const judge = (...trusts: readonly unknown[]): readonly string[] =>
            verdicts(rule, [server, role(...trusts)]);
        assert.deepEqual(judge(trust(people, recent)), ["pass operators"]);
        assert.deepEqual(judge(trust(people, mfa)), ["fail operators"]);
        assert.deepEqual(judge(trust(people)), ["fail operators"]);
        assert.deepEqual(judge(trust(people, recent), trust(people)), ["fail operators"]);
        assert.deepEqual(judge(trust(unknown, recent)), ["indeterminate operators"]);
    });

    it("leaves open how those log in for whom an identity provider vouches", () => {
        const provider = { Federated: `arn:aws:iam::${account}:saml-provider/staff` };
        assert.deepEqual(verdicts(rule, [server, role(trust(provider))]), [
            "indeterminate operators",
        ]);
    });

    it("says nothing of roles that only services take on", () => {
        const windows = role(trust({ Service: "ssm.amazonaws.com" }));
        assert.deepEqual(verdicts(rule, [server, windows]), []);
        const both = role(trust({ Service: "ssm.amazonaws.com" }), trust(people));
        assert.deepEqual(verdicts(rule, [server, both]), ["fail operators"]);
    });

    it("judges users and groups with what is attached to them", () => {
        const policy = loose(statement());
        const user = resource("aws:iam/user:User", "jane");
        const group = resource("aws:iam/group:Group", "admins");
        const attach = resource("aws:iam/policyAttachment:PolicyAttachment", "all", {
            users: [from(user)],
            groups: [from(group)],
            policyArn: from(policy),
        });
        assert.deepEqual(verdicts(rule, [server, user, group, policy, attach]), [
            "fail admins",
            "fail jane",
        ]);
    });

    it("is indeterminate for policies that are not known", () => {
        const open = resource("aws:iam/policy:Policy", "operator", { policy: unknown });
        assert.deepEqual(verdicts(rule, [server, open]), ["indeterminate operator"]);
    });

    it("names the policy, the actions and the gap once", () => {
        assert.deepEqual(messages(rule, [server, loose(statement(mfa, "ssm:S*"))]), [
            'Policy "operator" ← Policy "operator" policy allows ssm:SendCommand, ssm:StartSession more than 3600 seconds after the login with a second factor',
        ]);
    });
});

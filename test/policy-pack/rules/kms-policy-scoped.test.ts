import assert from "node:assert/strict";
import { kmsPolicyScoped as rule } from "../../../policy-pack/rules/kms-policy-scoped";
import { from, judge, messages, resource, unknown, verdicts } from "../../support/graph";

const home = "111122223333";
const other = "444455556666";
const root = `arn:aws:iam::${home}:root`;
const administration = { Effect: "Allow", Principal: { AWS: root }, Action: "kms:PutKeyPolicy" };
const use = { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" };

const key = (statement: unknown, more: Record<string, unknown> = {}) =>
    resource("aws:kms/key:Key", "key", {
        policy: { Version: "2012-10-17", Statement: [administration, statement] },
        ...more,
    });
const everybody = (operator: string, condition: string, value: unknown) => ({
    ...use,
    Principal: "*",
    Condition: { [operator]: { [condition]: value } },
});
const service = (name: string, Condition?: unknown) => ({
    ...use,
    Principal: { Service: name },
    Condition,
});

describe("kms-policy-scoped", () => {
    for (const [title, statement, expected] of [
        ["passes the account's root", { ...use, Principal: { AWS: root } }, "pass"],
        ["passes an account id", { ...use, Principal: { AWS: home } }, "pass"],
        ["fails everybody", { ...use, Principal: "*" }, "fail"],
        ["fails everybody in a list", { ...use, Principal: { AWS: [root, "*"] } }, "fail"],
        ["fails any account's root", { ...use, Principal: { AWS: "arn:aws:iam::*:root" } }, "fail"],
        ["fails Allow with NotPrincipal", { ...use, NotPrincipal: { AWS: root } }, "fail"],
        ["passes a denial to everybody", { ...use, Effect: "Deny", Principal: "*" }, "pass"],
        [
            "passes callers of the own account",
            everybody("StringEquals", "kms:CallerAccount", home),
            "pass",
        ],
        [
            "passes named roles",
            everybody("ArnLike", "aws:PrincipalArn", `arn:aws:iam::${home}:role/servers/*`),
            "pass",
        ],
        [
            "passes an organisation",
            everybody("StringEquals", "aws:PrincipalOrgID", "o-abc"),
            "pass",
        ],
        [
            "fails callers of a foreign account",
            everybody("StringEquals", "kms:CallerAccount", other),
            "fail",
        ],
        ["fails any caller", everybody("StringLike", "kms:CallerAccount", "*"), "fail"],
        [
            "fails a role of any account",
            everybody("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/servers"),
            "fail",
        ],
        [
            "fails a condition on the service alone",
            everybody("StringEquals", "kms:ViaService", "ec2.eu-central-1.amazonaws.com"),
            "fail",
        ],
        [
            "fails a condition that requests without the key meet",
            everybody("StringEqualsIfExists", "kms:CallerAccount", home),
            "fail",
        ],
        [
            "fails a condition that empty sets meet",
            everybody("ForAllValues:StringEquals", "kms:CallerAccount", home),
            "fail",
        ],
        [
            "fails a condition that turns one account away",
            everybody("StringNotEquals", "kms:CallerAccount", other),
            "fail",
        ],
        [
            "is indeterminate for an unknown caller",
            everybody("StringEquals", "kms:CallerAccount", unknown),
            "indeterminate",
        ],
        [
            "is indeterminate for unknown conditions",
            { ...use, Principal: "*", Condition: unknown },
            "indeterminate",
        ],
        [
            "fails everybody beside an unknown condition that would not limit them",
            everybody("StringEquals", "kms:ViaService", unknown),
            "fail",
        ],
        [
            "is indeterminate for unknown principals",
            { ...use, Principal: unknown },
            "indeterminate",
        ],
        [
            "is indeterminate for an unknown principal, first",
            { ...use, Principal: { AWS: [unknown, root] } },
            "indeterminate",
        ],
        [
            "is indeterminate for an unknown principal, last",
            { ...use, Principal: { AWS: [root, unknown] } },
            "indeterminate",
        ],
        [
            "fails everybody beside an unknown principal",
            { ...use, Principal: { AWS: [unknown, "*"] } },
            "fail",
        ],
        ["is indeterminate for an unknown statement", unknown, "indeterminate"],
        ["passes an unknown action", { ...use, Principal: { AWS: root }, Action: unknown }, "pass"],
        ["fails a foreign account", { ...use, Principal: { AWS: other } }, "fail"],
        ["fails a service without a source", service("s3.amazonaws.com"), "fail"],
        [
            "passes a service with a source",
            service("s3.amazonaws.com", { StringEquals: { "aws:SourceAccount": home } }),
            "pass",
        ],
        [
            "passes a service bound to an encryption context",
            service("logs.eu-central-1.amazonaws.com", {
                ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:*:${home}:*` },
            }),
            "pass",
        ],
        [
            "is indeterminate for a service with an unknown source",
            service("s3.amazonaws.com", { ArnLike: { "aws:SourceArn": unknown } }),
            "indeterminate",
        ],
        ["passes EventBridge, which sends no source", service("events.amazonaws.com"), "pass"],
    ] as const) {
        it(title, () => {
            const where = expected === "pass" ? "pass key" : `${expected} key policy`;
            assert.deepEqual(verdicts(rule, [key(statement)]), [where]);
        });
    }

    it("passes a key without a policy of its own, which AWS KMS gives to the account", () => {
        assert.deepEqual(verdicts(rule, [resource("aws:kms/key:Key", "key")]), ["pass key"]);
    });

    it("judges the policy wherever it is written", () => {
        const open = { policy: JSON.stringify({ Statement: { ...use, Principal: "*" } }) };
        const stack = [
            resource("aws:kms/replicaKey:ReplicaKey", "a", open),
            resource("aws:kms/externalKey:ExternalKey", "b", open),
            resource("aws:kms/replicaExternalKey:ReplicaExternalKey", "c", open),
            resource("aws:kms/keyPolicy:KeyPolicy", "d", { keyId: "x", ...open }),
        ];
        assert.deepEqual(
            verdicts(rule, stack),
            ["a", "b", "c", "d"].map((name) => `fail ${name} policy`),
        );
    });

    it("is indeterminate for a policy that is unknown or no JSON", () => {
        const role = resource("aws:iam/role:Role", "role");
        for (const policy of [unknown, from(role), "{"]) {
            const one = resource("aws:kms/key:Key", "key", { policy });
            assert.deepEqual(verdicts(rule, [one]), ["indeterminate key policy"]);
        }
    });

    it("fails a bypassed lockout check, and is indeterminate where it is unknown", () => {
        const path = "bypassPolicyLockoutSafetyCheck";
        for (const [value, expected] of [
            [true, `fail key ${path}`],
            ["true", `fail key ${path}`],
            [false, "pass key"],
            [unknown, `indeterminate key ${path}`],
        ] as const) {
            const one = resource("aws:kms/key:Key", "key", { [path]: value });
            assert.deepEqual(verdicts(rule, [one]), [expected]);
        }
    });

    it("passes everybody behind a denial to all but callers of the account", () => {
        const perimeter = {
            Effect: "Deny",
            Principal: "*",
            Action: "kms:*",
            Resource: "*",
            Condition: { StringNotEquals: { "kms:CallerAccount": home } },
        };
        const policy = { Statement: [{ ...use, Principal: "*" }, perimeter] };
        assert.deepEqual(verdicts(rule, [key(undefined, { policy })]), ["pass key"]);
    });

    const denying = (Condition: unknown, more: Record<string, unknown> = {}) => ({
        ...{ Effect: "Deny", Principal: "*", Action: "kms:*", Resource: "*" },
        Condition,
        ...more,
    });
    const behind = (...denials: readonly unknown[]) =>
        key(undefined, {
            policy: { Statement: [administration, { ...use, Principal: "*" }, ...denials] },
        });
    const fromAccount = (value: unknown) => ({
        StringNotEquals: { "kms:CallerAccount": value },
    });

    for (const [title, denial, expected] of [
        ["passes a denial to all but the account", denying(fromAccount(home)), "pass key"],
        [
            "fails a denial that leaves a foreign account in",
            denying(fromAccount(other)),
            "fail key policy",
        ],
        [
            "fails a denial that leaves a foreign account in beside the own",
            denying(fromAccount([home, other])),
            "fail key policy",
        ],
        [
            "fails a denial of requests that are not encrypted alone",
            denying({ ...fromAccount(home), Bool: { "aws:SecureTransport": "false" } }),
            "fail key policy",
        ],
        [
            "fails a denial for another key",
            denying(fromAccount(home), { Resource: "arn:aws:kms:eu-central-1:1:alias/x" }),
            "fail key policy",
        ],
        [
            "fails a denial of something else",
            denying(fromAccount(home), { Action: "kms:PutKeyPolicy" }),
            "fail key policy",
        ],
        [
            "passes a denial of what is allowed",
            denying(fromAccount(home), { Action: ["kms:PutKeyPolicy", "kms:Decrypt"] }),
            "pass key",
        ],
        [
            "passes a denial of all but something else",
            denying(fromAccount(home), { Action: undefined, NotAction: "kms:DescribeKey" }),
            "pass key",
        ],
        [
            "passes a denial that leaves AWS's own services in",
            denying({
                ...fromAccount(home),
                BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
            }),
            "pass key",
        ],
        [
            "passes a denial to everybody but the account, by name",
            denying(undefined, { Principal: undefined, NotPrincipal: { AWS: root } }),
            "pass key",
        ],
        [
            "fails a denial to everybody but a foreign account, by name",
            denying(undefined, { Principal: undefined, NotPrincipal: { AWS: [root, other] } }),
            "fail key policy",
        ],
        [
            "is indeterminate for a denial to all but an unknown account",
            denying(fromAccount(unknown)),
            "indeterminate key policy",
        ],
    ] as const) {
        it(`${title}, behind which everybody is admitted`, () => {
            assert.deepEqual(verdicts(rule, [behind(denial)]), [expected]);
        });
    }

    it("names the condition of a denial that cannot be decided", () => {
        assert.deepEqual(messages(rule, [behind(denying(fromAccount(unknown)))]), [
            'policy: Statement[1] admits everybody ("*") unless a denial turns strangers away, which depends on StringNotEquals kms:calleraccount = (not known)',
        ]);
    });

    it("fails a foreign account in a condition that names the own as well", () => {
        for (const values of [
            [home, other],
            [other, home],
        ]) {
            const one = key(everybody("StringEquals", "kms:CallerAccount", values));
            assert.deepEqual(messages(rule, [one]), [
                `policy: Statement[1] admits the foreign account ${other}, which trustedAccounts does not list`,
            ]);
        }
    });

    describe("of grants", () => {
        const own = key(undefined, { policy: { Statement: [administration] } });
        const grantTo = (granteePrincipal: unknown) =>
            resource("aws:kms/grant:Grant", "backup", {
                keyId: from(own),
                granteePrincipal,
                operations: ["Decrypt", "CreateGrant"],
            });
        const role = resource("aws:iam/role:Role", "servers");
        const path = "granteePrincipal";
        for (const [title, grantee, expected] of [
            ["passes a role of the stack", from(role), "pass backup"],
            ["passes the own account", `arn:aws:iam::${home}:role/x`, "pass backup"],
            ["fails a foreign account", `arn:aws:iam::${other}:role/x`, `fail backup ${path}`],
            ["is indeterminate for an unknown grantee", unknown, `indeterminate backup ${path}`],
        ] as const) {
            it(title, () => {
                assert.deepEqual(verdicts(rule, [own, role, grantTo(grantee)]), [
                    expected,
                    "pass key",
                ]);
            });
        }

        it("names the key and what may be done with it", () => {
            assert.deepEqual(messages(rule, [own, grantTo(other)]), [
                `granteePrincipal admits the foreign account ${other}, which trustedAccounts does not list (key "key" ← grant "backup": kms:Decrypt, kms:CreateGrant)`,
            ]);
        });
    });

    it("takes trusted accounts and services from the configuration", () => {
        const trusting = { parameters: { trustedAccounts: [other], trustedServices: [] } };
        const foreign = key({ ...use, Principal: { AWS: `arn:aws:iam::${other}:role/x` } });
        assert.deepEqual(verdicts(rule, [foreign], trusting), ["pass key"]);
        assert.deepEqual(verdicts(rule, [key(service("events.amazonaws.com"))], trusting), [
            "fail key policy",
        ]);
    });

    it("cannot tell a foreign account where nothing shows the stack's own", () => {
        const policy = { Statement: { ...use, Principal: { AWS: other } } };
        const one = resource("aws:kms/key:Key", "key", { policy });
        assert.deepEqual(verdicts(rule, [one]), ["indeterminate key policy"]);
        const provider = resource("pulumi:providers:aws", "aws", {
            allowedAccountIds: JSON.stringify([home]),
        });
        assert.deepEqual(verdicts(rule, [provider, one]), ["fail key policy"]);
    });

    it("names the statement, and tells weaknesses apart without indexes", () => {
        const open = key({ ...use, Sid: "Use", Principal: "*" });
        assert.deepEqual(messages(rule, [open]), [
            'policy: the statement "Use" admits everybody ("*") without a condition on the caller, such as kms:CallerAccount or aws:PrincipalArn',
        ]);
        assert.deepEqual(
            judge(rule, [open]).map(({ subject }) => subject),
            ["Use *"],
        );
    });
});

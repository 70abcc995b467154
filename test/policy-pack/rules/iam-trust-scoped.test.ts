import assert from "node:assert/strict";
import { iamTrustScoped as rule } from "../../../policy-pack/rules/iam-trust-scoped";
import { judge, messages, resource, unknown, verdicts } from "../../support/graph";

const home = "111122223333";
const other = "444455556666";
const provider = resource("pulumi:providers:aws", "aws", { allowedAccountIds: `["${home}"]` });

const role = (...statements: readonly unknown[]) =>
    resource("aws:iam/role:Role", "role", {
        assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
    });
const opaque = (assumeRolePolicy: unknown) =>
    resource("aws:iam/role:Role", "role", { assumeRolePolicy });
const trust = (Principal: unknown, Condition?: unknown) => ({
    Effect: "Allow",
    Principal,
    Action: "sts:AssumeRole",
    Condition,
});
const ec2 = { Service: "ec2.amazonaws.com" };
const ssm = { Service: "ssm.amazonaws.com" };
const oidc = `arn:aws:iam::${home}:oidc-provider/token.example.com`;

describe("iam-trust-scoped", () => {
    for (const [title, statement, expected] of [
        ["passes an expected service that sends no source", trust(ec2), "pass"],
        [
            "passes a service named with its region",
            trust({ Service: "ec2.eu-west-1.amazonaws.com" }),
            "pass",
        ],
        ["fails an unexpected service", trust({ Service: "glue.amazonaws.com" }), "fail"],
        [
            "fails an unexpected service behind an expected one",
            trust({ Service: ["ec2.amazonaws.com", "glue.amazonaws.com"] }),
            "fail",
        ],
        ["fails a service that could say for whom it acts", trust(ssm), "fail"],
        [
            "passes it with the account",
            trust(ssm, { StringEquals: { "AWS:SourceAccount": home } }),
            "pass",
        ],
        [
            "passes it with the resource",
            trust(ssm, { ArnLike: { "aws:SourceArn": `arn:aws:ssm:*:${home}:*` } }),
            "pass",
        ],
        [
            "fails it with resources of any account",
            trust(ssm, { ArnLike: { "aws:SourceArn": "arn:aws:ssm:*:*:*" } }),
            "fail",
        ],
        ["passes EventBridge", trust({ Service: "events.amazonaws.com" }), "pass"],
        ["fails everybody", trust("*"), "fail"],
        ["fails everybody in a list", trust({ AWS: [home, "*"] }), "fail"],
        ["fails everybody of any account", trust({ AWS: "arn:aws:iam::*:root" }), "fail"],
        [
            "fails everybody with an external id alone",
            trust("*", { StringEquals: { "sts:ExternalId": "x" } }),
            "fail",
        ],
        [
            "passes everybody limited to roles of the account",
            trust("*", { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${home}:role/ops/*` } }),
            "pass",
        ],
        [
            "fails everybody limited to a foreign account",
            trust("*", { StringEquals: { "aws:PrincipalAccount": other } }),
            "fail",
        ],
        ["fails every action", { ...trust(ec2), Action: "*" }, "fail"],
        ["fails every action of a service", { ...trust(ec2), Action: ["sts:*"] }, "fail"],
        [
            "fails all actions but a list",
            { ...trust(ec2), Action: undefined, NotAction: "sts:TagSession" },
            "fail",
        ],
        [
            "passes named actions",
            { ...trust(ec2), Action: ["sts:AssumeRole", "sts:SetSourceIdentity"] },
            "pass",
        ],
        ["fails Allow with NotPrincipal", { ...trust(undefined), NotPrincipal: ec2 }, "fail"],
        ["passes a denial to everybody", { ...trust("*"), Effect: "Deny" }, "pass"],
        ["passes a role of the account", trust({ AWS: `arn:aws:iam::${home}:role/x` }), "pass"],
        ["fails a foreign account", trust({ AWS: `arn:aws:iam::${other}:root` }), "fail"],
        ["fails a foreign account id", trust({ AWS: other }), "fail"],
        [
            "is indeterminate for an unreadable principal",
            trust({ AWS: "AIDAEXAMPLE" }),
            "indeterminate",
        ],
        ["fails web identities without a subject", trust({ Federated: oidc }), "fail"],
        [
            "fails web identities with an audience alone, which strangers share",
            trust({ Federated: oidc }, { StringEquals: { "token.example.com:aud": "sts" } }),
            "fail",
        ],
        [
            "passes web identities with a subject",
            trust({ Federated: oidc }, { StringEquals: { "token.example.com:sub": "repo:a" } }),
            "pass",
        ],
        [
            "passes a SAML provider",
            trust({ Federated: `arn:aws:iam::${home}:saml-provider/idp` }),
            "pass",
        ],
    ] as const) {
        it(title, () => {
            const where = expected === "pass" ? "pass role" : `${expected} role assumeRolePolicy`;
            assert.deepEqual(verdicts(rule, [provider, role(statement)]), [where]);
        });
    }

    it("is indeterminate where principals, sources or the whole trust are unknown", () => {
        for (const document of [
            unknown,
            undefined,
            "{",
            { Statement: unknown },
            { Statement: [unknown, trust(ec2)] },
            { Statement: [trust(ec2), unknown] },
            { Statement: trust(unknown) },
            { Statement: trust({ Service: [unknown, "ec2.amazonaws.com"] }) },
            { Statement: trust({ Service: ["ec2.amazonaws.com", unknown] }) },
            { Statement: trust(ssm, unknown) },
            { Statement: trust(ssm, { StringEquals: { "aws:SourceAccount": unknown } }) },
            { Statement: trust("*", { ArnLike: { "aws:PrincipalArn": unknown } }) },
        ]) {
            const found = verdicts(rule, [provider, opaque(document)]);
            assert.deepEqual(found, ["indeterminate role assumeRolePolicy"]);
        }
    });

    it("fails everybody beside what is unknown", () => {
        for (const list of [
            [trust("*"), unknown],
            [unknown, trust("*")],
        ]) {
            assert.deepEqual(verdicts(rule, [provider, opaque({ Statement: list })]), [
                "fail role assumeRolePolicy",
                "indeterminate role assumeRolePolicy",
            ]);
        }
    });

    it("asks trusted foreign accounts for an external id", () => {
        const parameters = { trustedAccounts: [other] };
        const withId = { StringEquals: { "sts:ExternalId": "b7c1" } };
        for (const [condition, expected] of [
            [undefined, "fail role assumeRolePolicy"],
            [{ StringLike: { "sts:ExternalId": "*" } }, "fail role assumeRolePolicy"],
            [withId, "pass role"],
        ] as const) {
            const one = role(trust({ AWS: other }, condition));
            assert.deepEqual(verdicts(rule, [provider, one], { parameters }), [expected]);
        }
        assert.deepEqual(verdicts(rule, [provider, role(trust({ AWS: other }, withId))]), [
            "fail role assumeRolePolicy",
        ]);
    });

    it("knows the stack's own account by the resources that it names, never by principals", () => {
        const one = role(trust({ AWS: `arn:aws:iam::${home}:root` }));
        assert.deepEqual(verdicts(rule, [one]), ["indeterminate role assumeRolePolicy"]);
        const topic = resource("aws:sns/topic:Topic", "topic", {
            policy: JSON.stringify({ Resource: `arn:aws:sns:eu-west-1:${home}:topic` }),
        });
        assert.deepEqual(verdicts(rule, [topic, one]), ["pass role"]);
    });

    it("says nothing of a stack without roles", () => {
        assert.deepEqual(verdicts(rule, [provider]), []);
    });

    it("names the statement and the service, and tells weaknesses apart without indexes", () => {
        const one = role({ Sid: "Windows", ...trust(ssm) }, trust({ AWS: other }));
        assert.deepEqual(messages(rule, [provider, one]), [
            `assumeRolePolicy: Statement[1] trusts the foreign account ${other}, which trustedAccounts does not list`,
            'assumeRolePolicy: the statement "Windows" trusts ssm.amazonaws.com for whomever it acts: no condition names a source, such as aws:SourceAccount',
        ]);
        assert.deepEqual(
            judge(rule, [provider, one]).map(({ subject }) => subject),
            ["Windows ssm.amazonaws.com", other],
        );
    });
});

import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { serverRoleCannotTamperAudit as rule } from "../../../policy-pack/rules/server-role-cannot-tamper-audit";
import { from, judge, messages, resource, unknown, verdicts } from "../../support/graph";

const account = "111122223333";
const role = resource("aws:iam/role:Role", "server", {
    arn: `arn:aws:iam::${account}:role/server`,
});
const profile = resource("aws:iam/instanceProfile:InstanceProfile", "profile", {
    role: from(role),
});
const server = resource("aws:ec2/instance:Instance", "vault", {
    iamInstanceProfile: from(profile),
});
const stack = [role, profile, server];
const document = (...statements: readonly unknown[]): unknown => ({
    Version: "2012-10-17",
    Statement: statements,
});
const allow = (Action: unknown, Resource: unknown = "*", more = {}): unknown => ({
    Effect: "Allow",
    Action,
    Resource,
    ...more,
});
const inline = (policy: unknown, name = "may"): RegisteredResource =>
    resource("aws:iam/rolePolicy:RolePolicy", name, { role: from(role), policy });
const managed = (policy: unknown): RegisteredResource =>
    resource("aws:iam/policy:Policy", "managed", { policy });
const archive = resource("aws:s3/bucket:Bucket", "archive", { bucket: "archive" });
const trail = resource("aws:cloudtrail/trail:Trail", "audit", { s3BucketName: "archive" });

describe("server-role-cannot-tamper-audit", () => {
    it("passes a role that only appends to its logs", () => {
        const may = allow(
            ["logs:CreateLogStream", "logs:PutLogEvents"],
            `arn:aws:logs:eu-central-1:${account}:log-group:/vault:*`,
        );
        assert.deepEqual(verdicts(rule, [...stack, inline(document(may))]), ["pass server"]);
    });

    for (const action of [
        "logs:DeleteLogGroup",
        "logs:Delete*",
        "logs:PutRetentionPolicy",
        "cloudtrail:StopLogging",
        "cloudtrail:*",
        "kms:ScheduleKeyDeletion",
        "kms:Disable*",
        "kms:putkeypolicy",
        "ssm:UpdateDocument",
        "s3:DeleteObjectVersion",
        "s3:*",
        "*",
    ]) {
        it(`fails ${action}, in whatever stack the trail is`, () => {
            assert.deepEqual(verdicts(rule, [...stack, inline(document(allow(action)))]), [
                "fail server",
            ]);
        });
    }

    it("fails it in JSON text, in the last statement, and everything but a list", () => {
        const text = JSON.stringify(document(allow("s3:GetObject"), allow("logs:DeleteLogGroup")));
        assert.deepEqual(verdicts(rule, [...stack, inline(text)]), ["fail server"]);
        const but = { Effect: "Allow", NotAction: "s3:*", Resource: "*" };
        assert.deepEqual(verdicts(rule, [...stack, inline(document(but))]), ["fail server"]);
    });

    it("fails in each way to give a role permissions", () => {
        const bad = document(allow("logs:DeleteLogGroup"));
        const policy = managed(bad);
        const attach = (type: string, more: Record<string, unknown>): RegisteredResource =>
            resource(`aws:iam/${type}`, "attached", more);
        const withInline = resource("aws:iam/role:Role", "server", {
            inlinePolicies: [{ name: "a", policy: JSON.stringify(bad) }],
        });
        const withManaged = resource("aws:iam/role:Role", "server", {
            managedPolicyArns: [from(policy)],
        });
        const carrying = (own: RegisteredResource): readonly RegisteredResource[] => [
            own,
            resource(profile.type, "profile", { role: from(own) }),
            server,
        ];
        const forms: Readonly<Record<string, readonly RegisteredResource[]>> = {
            inlinePolicies: carrying(withInline),
            managedPolicyArns: [...carrying(withManaged), policy],
            RolePolicy: [...stack, inline(bad)],
            RolePolicyAttachment: [
                ...stack,
                policy,
                attach("rolePolicyAttachment:RolePolicyAttachment", {
                    role: from(role),
                    policyArn: from(policy),
                }),
            ],
            PolicyAttachment: [
                ...stack,
                policy,
                attach("policyAttachment:PolicyAttachment", {
                    roles: [from(role)],
                    policyArn: from(policy),
                }),
            ],
            RolePolicyAttachmentsExclusive: [
                ...stack,
                policy,
                attach("rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", {
                    roleName: from(role),
                    policyArns: [from(policy)],
                }),
            ],
            "an administrator's policy of AWS": [
                ...stack,
                attach("rolePolicyAttachment:RolePolicyAttachment", {
                    role: from(role),
                    policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
                }),
            ],
        };
        for (const [form, resources] of Object.entries(forms)) {
            assert.deepEqual(verdicts(rule, resources), ["fail server"], form);
        }
    });

    it("follows launch templates to the role", () => {
        const template = resource("aws:ec2/launchTemplate:LaunchTemplate", "launch", {
            iamInstanceProfile: { name: from(profile) },
        });
        const group = resource("aws:autoscaling/group:Group", "fleet", {
            launchTemplate: { id: from(template), version: "1" },
        });
        const bad = inline(document(allow("cloudtrail:StopLogging")));
        assert.deepEqual(verdicts(rule, [role, profile, template, group, bad]), ["fail server"]);
    });

    it("fails the deletion of objects in buckets that hold logs, and in no others", () => {
        const on = (bucket: string): RegisteredResource =>
            inline(document(allow("s3:DeleteObject", `arn:aws:s3:::${bucket}/*`)));
        assert.deepEqual(verdicts(rule, [...stack, archive, trail, on("archive")]), [
            "fail server",
        ]);
        assert.deepEqual(verdicts(rule, [...stack, archive, trail, on("cache")]), ["pass server"]);
    });

    it("fails what a bucket's or key's own policy grants", () => {
        const policy = document({
            ...(allow("s3:DeleteObject", "arn:aws:s3:::archive/*") as object),
            Principal: { AWS: `arn:aws:iam::${account}:role/server` },
        });
        const opened = resource("aws:s3/bucketPolicy:BucketPolicy", "opened", {
            bucket: from(archive),
            policy,
        });
        assert.deepEqual(verdicts(rule, [...stack, archive, trail, opened]), ["fail server"]);
    });

    it("passes where another policy or the boundary denies it", () => {
        const may = inline(document(allow("logs:*")));
        const deny = {
            Effect: "Deny",
            Action: ["logs:Delete*", "logs:Dis*", "logs:PutRet*"],
            Resource: "*",
        };
        assert.deepEqual(verdicts(rule, [...stack, may, inline(document(deny), "not")]), [
            "pass server",
        ]);
        const bound = managed(document(allow("logs:PutLogEvents")));
        const bounded = resource("aws:iam/role:Role", "server", {
            permissionsBoundary: from(bound),
        });
        const resources = [
            bounded,
            bound,
            resource(profile.type, "profile", { role: from(bounded) }),
            server,
            resource("aws:iam/rolePolicy:RolePolicy", "may", {
                role: from(bounded),
                policy: document(allow("logs:*")),
            }),
        ];
        assert.deepEqual(verdicts(rule, resources), ["pass server"]);
    });

    it("is indeterminate for policies, roles and profiles that are not known", () => {
        assert.deepEqual(verdicts(rule, [...stack, inline(unknown)]), ["indeterminate server"]);
        const foreign = resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "team", {
            role: from(role),
            policyArn: `arn:aws:iam::${account}:policy/team`,
        });
        assert.deepEqual(verdicts(rule, [...stack, foreign]), ["indeterminate server"]);
        for (const iamInstanceProfile of ["adopted", unknown]) {
            const other = resource(server.type, "vault", { iamInstanceProfile });
            assert.deepEqual(verdicts(rule, [other]), ["indeterminate vault iamInstanceProfile"]);
        }
        for (const actions of [
            [unknown, "s3:GetObject"],
            ["s3:GetObject", unknown],
        ]) {
            const judged = verdicts(rule, [...stack, inline(document(allow(actions)))]);
            assert.ok(judged.length > 0 && judged.every((line) => line === "indeterminate server"));
        }
    });

    it("is indeterminate for what a role that is not known gains, where it reaches the audit trail", () => {
        const give = (action: string): RegisteredResource =>
            resource("aws:iam/rolePolicy:RolePolicy", "may", {
                role: unknown,
                policy: document(allow(action)),
            });
        assert.deepEqual(verdicts(rule, [...stack, give("logs:DeleteLogGroup")]), [
            "indeterminate may role",
            "pass server",
        ]);
        assert.deepEqual(verdicts(rule, [...stack, give("s3:GetObject")]), ["pass server"]);
        const policy = managed(document(allow("cloudtrail:StopLogging")));
        const attached = resource("aws:iam/policyAttachment:PolicyAttachment", "may", {
            roles: [unknown],
            policyArn: from(policy),
        });
        assert.deepEqual(verdicts(rule, [...stack, policy, attached]), [
            "indeterminate may roles[0]",
            "pass server",
        ]);
    });

    it("fails what is known beside what is not", () => {
        for (const actions of [
            [unknown, "logs:DeleteLogGroup"],
            ["logs:DeleteLogGroup", unknown],
        ]) {
            assert.ok(
                verdicts(rule, [...stack, inline(document(allow(actions)))]).includes(
                    "fail server",
                ),
            );
        }
    });

    it("is indeterminate under a condition that nothing decides", () => {
        const may = allow("logs:DeleteLogGroup", "*", {
            Condition: { StringEquals: { "aws:FancyKey": "a" } },
        });
        assert.deepEqual(verdicts(rule, [...stack, inline(document(may))]), [
            "indeterminate server",
        ]);
    });

    it("says nothing of roles that no server carries", () => {
        const other = resource("aws:iam/role:Role", "operator");
        assert.deepEqual(judge(rule, [other]), []);
    });

    it("names the chain, the policy and the actions once", () => {
        const may = inline(document(allow(["logs:DeleteLogGroup", "cloudtrail:StopLogging"])));
        assert.deepEqual(messages(rule, [...stack, may]), [
            'instance "vault" ← instance profile "profile" ← role "server" may cloudtrail:StopLogging, logs:DeleteLogGroup by RolePolicy "may" policy: an intruder on the server could remove its traces',
        ]);
    });
});

import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { from, resource, unknown } from "../../support/graph";
import { exposure } from "../../support/exposure";

const account = "111122223333";
const type = {
    role: "aws:iam/role:Role",
    rolePolicy: "aws:iam/rolePolicy:RolePolicy",
    policy: "aws:iam/policy:Policy",
    attachment: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    key: "aws:kms/key:Key",
    trail: "aws:cloudtrail/trail:Trail",
} as const;
const arn = `arn:aws:kms:eu-central-1:${account}:key/1`;
const trail = resource(type.trail, "audit", {
    arn: `arn:aws:cloudtrail:eu-central-1:${account}:trail/audit`,
});
const role = resource(type.role, "operator", {
    arn: `arn:aws:iam::${account}:role/operator`,
});

function allow(Action: unknown, Resource: unknown = "*", more = {}): unknown {
    return { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource, ...more }] };
}

function permissions(document: unknown, of = role, name = "may"): RegisteredResource {
    return resource(type.rolePolicy, name, { role: from(of), policy: document });
}

function lines(...resources: readonly RegisteredResource[]): readonly string[] {
    return exposure(...resources).access.map((path) => {
        const name = (urn: string): string => urn.split("::").at(-1) ?? "";
        const principal = path.principal.startsWith("urn:") ? name(path.principal) : path.principal;
        const condition = path.condition === "" ? "" : ` if ${path.condition}`;
        return `${principal} ${path.action} ${name(path.resource)} ${path.verdict}${condition}`;
    });
}

describe("access paths", () => {
    it("list what inline policies of roles allow, with the chain", () => {
        const may = permissions(allow("cloudtrail:Stop*"));
        assert.deepEqual(exposure(role, trail, may).access, [
            {
                principal: role.urn,
                action: "cloudtrail:StopLogging",
                resource: trail.urn,
                verdict: "allowed",
                condition: "",
                chain: ['role "operator"', 'RolePolicy "may" policy', 'Trail "audit"'],
            },
        ]);
    });

    it("list what attached policies allow", () => {
        const managed = resource(type.policy, "managed", { policy: allow("cloudtrail:*") });
        const attachment = resource(type.attachment, "both", {
            role: from(role),
            policyArn: from(managed),
        });
        assert.deepEqual(lines(role, trail, managed, attachment), [
            "operator cloudtrail:DeleteTrail audit allowed",
            "operator cloudtrail:StopLogging audit allowed",
        ]);
    });

    it("let explicit denials and boundaries win", () => {
        const deny = {
            Version: "2012-10-17",
            Statement: [{ Effect: "Deny", Action: "cloudtrail:DeleteTrail", Resource: "*" }],
        };
        const may = permissions(allow("cloudtrail:*"));
        assert.deepEqual(lines(role, trail, may, permissions(deny, role, "not")), [
            "operator cloudtrail:StopLogging audit allowed",
        ]);
        const bound = resource(type.policy, "bound", { policy: allow("s3:*") });
        const bounded = resource(type.role, "bounded", { permissionsBoundary: from(bound) });
        assert.deepEqual(
            lines(bounded, bound, trail, permissions(allow("cloudtrail:*"), bounded)),
            [],
        );
    });

    it("are indeterminate for conditions, with their text", () => {
        const Condition = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
        const may = permissions(allow("cloudtrail:StopLogging", "*", { Condition }));
        assert.deepEqual(lines(role, trail, may), [
            "operator cloudtrail:StopLogging audit indeterminate if Bool aws:multifactorauthpresent = true",
        ]);
    });

    it("are indeterminate, once, for policies that are not known", () => {
        assert.deepEqual(lines(role, trail, permissions(unknown)), [
            "operator * may indeterminate if policy is not known before deployment",
        ]);
        const attachment = resource(type.attachment, "admin", {
            role: from(role),
            policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
        });
        assert.deepEqual(lines(role, trail, attachment), [
            "operator * operator indeterminate if the policy arn:aws:iam::aws:policy/AdministratorAccess is not in this stack",
        ]);
    });

    it("ask the policy of a key first: it names the caller, or leaves it to the account", () => {
        const key = (Principal: unknown): RegisteredResource =>
            resource(type.key, "unseal", { arn, policy: allow("kms:*", "*", { Principal }) });
        const may = permissions(allow("kms:Decrypt"));
        const root = `arn:aws:iam::${account}:root`;
        const everything = ["kms:Decrypt", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"];
        assert.deepEqual(
            lines(role, key({ AWS: `arn:aws:iam::${account}:role/operator` })),
            everything.map((action) => `operator ${action} unseal allowed`),
        );
        assert.deepEqual(lines(role, may, key({ AWS: root })), [
            `${root} kms:Decrypt unseal allowed`,
            "operator kms:Decrypt unseal allowed",
            `${root} kms:PutKeyPolicy unseal allowed`,
            `${root} kms:ScheduleKeyDeletion unseal allowed`,
        ]);
        const stranger = "arn:aws:iam::444455556666:role/other";
        assert.deepEqual(
            lines(role, may, key({ AWS: stranger })),
            everything.map((action) => `${stranger} ${action} unseal allowed`),
        );
        assert.deepEqual(
            lines(role, may, key({ Service: "logs.amazonaws.com" })),
            everything.map((action) => `logs.amazonaws.com ${action} unseal allowed`),
        );
    });
});

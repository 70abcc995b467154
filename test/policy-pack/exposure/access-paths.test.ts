import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { from, resource, unknown } from "../../support/graph";
import { accessLines as lines, exposure } from "../../support/exposure";

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
            "operator cloudtrail:PutEventSelectors audit allowed",
            "operator cloudtrail:StopLogging audit allowed",
            "operator cloudtrail:UpdateTrail audit allowed",
        ]);
    });

    it("let explicit denials and boundaries win", () => {
        const deny = {
            Version: "2012-10-17",
            Statement: [{ Effect: "Deny", NotAction: "cloudtrail:StopLogging", Resource: "*" }],
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

    const stop = (Condition: unknown, of = role): RegisteredResource =>
        permissions(allow("cloudtrail:StopLogging", "*", { Condition }), of);

    it("name what a request must carry, each way apart", () => {
        const mfa = stop({ Bool: { "aws:MultiFactorAuthPresent": "true" } });
        assert.deepEqual(lines(role, trail, mfa), [
            "operator cloudtrail:StopLogging audit allowed with aws:multifactorauthpresent = true",
        ]);
        const endpoints = stop({
            StringEquals: { "aws:SourceVpce": ["vpce-1", "vpce-2"] },
            Bool: { "aws:SecureTransport": "true" },
        });
        assert.deepEqual(lines(role, trail, endpoints), [
            "operator cloudtrail:StopLogging audit allowed with aws:securetransport = true and aws:sourcevpce = vpce-1, or aws:securetransport = true and aws:sourcevpce = vpce-2",
        ]);
    });

    it("decide conditions on who calls from the graph", () => {
        const arnOf = (name: string): string => `arn:aws:iam::${account}:role/${name}`;
        const decided = {
            [`ArnLike ${arnOf("oper*")}`]: true,
            [`ArnLike ${arnOf("other")}`]: false,
            [`ArnNotLike ${arnOf("oper*")}`]: false,
        };
        for (const [text, allowed] of Object.entries(decided)) {
            const [operator = "", value] = text.split(" ");
            const may = stop({ [operator]: { "aws:PrincipalArn": value } });
            assert.deepEqual(
                lines(role, trail, may),
                allowed ? ["operator cloudtrail:StopLogging audit allowed"] : [],
                text,
            );
        }
        const foreign = stop({ StringEquals: { "aws:PrincipalAccount": "444455556666" } });
        assert.deepEqual(lines(role, trail, foreign), []);
        const forSource = stop({ StringEquals: { "aws:SourceAccount": account } });
        assert.deepEqual(lines(role, trail, forSource), []);
    });

    it("decide conditions on an organisation where the stack makes it", () => {
        const may = stop({ StringEquals: { "aws:PrincipalOrgID": "o-1" } });
        const made = resource("aws:organizations/organization:Organization", "own", { id: "o-1" });
        assert.deepEqual(lines(role, trail, may, made), [
            "operator cloudtrail:StopLogging audit allowed",
        ]);
        assert.deepEqual(lines(role, trail, may), [
            "operator cloudtrail:StopLogging audit indeterminate if StringEquals aws:principalorgid = o-1",
        ]);
    });

    it("decide conditions on tags of the resource", () => {
        const tagged = (tags: unknown): RegisteredResource =>
            resource("aws:ec2/instance:Instance", "server", { tags });
        const may = permissions(
            allow("ssm:StartSession", "*", {
                Condition: { StringEquals: { "ssm:resourceTag/Keyward:Role": "key-server" } },
            }),
        );
        const yes = ["operator ssm:StartSession server allowed"];
        assert.deepEqual(lines(role, may, tagged({ "keyward:role": "key-server" })), yes);
        assert.deepEqual(lines(role, may, tagged({ "keyward:role": "web" })), []);
        assert.deepEqual(lines(role, may, tagged({ "keyward:role": unknown })), [
            "operator ssm:StartSession server indeterminate if StringEquals ssm:resourcetag/keyward:role = key-server",
        ]);
    });

    it("are indeterminate for conditions that nothing decides, with their text", () => {
        assert.deepEqual(lines(role, trail, stop({ StringEquals: { "aws:FancyKey": "a" } })), [
            "operator cloudtrail:StopLogging audit indeterminate if StringEquals aws:fancykey = a",
        ]);
        for (const values of [
            [unknown, "vpce-1"],
            ["vpce-1", unknown],
        ]) {
            const may = stop({ StringEquals: { "aws:SourceVpce": values } });
            assert.deepEqual(lines(role, trail, may), [
                "operator cloudtrail:StopLogging audit allowed with aws:sourcevpce = vpce-1",
            ]);
        }
        assert.deepEqual(
            lines(role, trail, stop({ StringEquals: { "aws:SourceVpce": unknown } })),
            [
                "operator cloudtrail:StopLogging audit indeterminate if StringEquals aws:sourcevpce = (not known)",
            ],
        );
        assert.deepEqual(lines(role, trail, stop(unknown)), [
            "operator cloudtrail:StopLogging audit indeterminate if the condition of Allow in Statement[0] is not known",
        ]);
    });

    it("judge a resource that is not known by where its value comes from", () => {
        const other = resource(type.trail, "other");
        const naming = (target: RegisteredResource): RegisteredResource => ({
            ...permissions(allow("cloudtrail:StopLogging", unknown)),
            propertyDependencies: { role: [role.urn], policy: [target.urn] },
        });
        assert.deepEqual(lines(role, trail, other, naming(trail)), [
            "operator cloudtrail:StopLogging audit allowed",
        ]);
        assert.deepEqual(
            lines(role, trail, other, permissions(allow("cloudtrail:StopLogging", unknown))),
            ["audit", "other"].map(
                (name) =>
                    `operator cloudtrail:StopLogging ${name} indeterminate if who or what of Allow in Statement[0] is not known`,
            ),
        );
    });

    it("list whoever will carry a policy that the stack attaches to nobody", () => {
        const loose = resource(type.policy, "loose", { policy: allow("cloudtrail:StopLogging") });
        assert.deepEqual(lines(trail, loose), ["loose cloudtrail:StopLogging audit allowed"]);
    });

    it("find some objects of a bucket in a grant on a part of it, and none in a denial of the rest", () => {
        const bucket = resource("aws:s3/bucket:Bucket", "archive", { bucket: "archive" });
        const part = permissions(allow("s3:DeleteObject", "arn:aws:s3:::archive/2026/*"));
        const allowed = ["operator s3:DeleteObject archive allowed"];
        assert.deepEqual(lines(role, bucket, part), allowed);
        const denial = (Resource: string): RegisteredResource =>
            permissions(
                { Statement: { Effect: "Deny", Action: "s3:*", Resource } },
                role,
                "denial",
            );
        assert.deepEqual(lines(role, bucket, part, denial("arn:aws:s3:::archive/2025/*")), allowed);
        assert.deepEqual(lines(role, bucket, part, denial("arn:aws:s3:::archive/2026*")), []);
    });

    it("do not let a boundary limit what a resource's policy grants to everybody under a condition", () => {
        const bound = resource(type.policy, "bound", { policy: allow("s3:GetObject") });
        const bounded = resource(type.role, "bounded", {
            arn: `arn:aws:iam::${account}:role/bounded`,
            permissionsBoundary: from(bound),
        });
        const key = (statement: unknown): RegisteredResource =>
            resource(type.key, "unseal", { arn, policy: { Statement: statement } });
        const decrypt = { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" };
        const bare = `arn:aws:iam::${account}:role/bounded`;
        assert.deepEqual(lines(bounded, bound, key({ ...decrypt, Principal: { AWS: bare } })), []);
        assert.deepEqual(
            lines(
                bounded,
                bound,
                key({
                    ...decrypt,
                    Principal: "*",
                    Condition: { ArnEquals: { "aws:PrincipalArn": bare } },
                }),
            ),
            [
                `* kms:Decrypt unseal allowed with aws:principalarn = ${bare}`,
                "bounded kms:Decrypt unseal allowed",
            ],
        );
    });

    it("are indeterminate, once, for policies that are not known", () => {
        assert.deepEqual(lines(role, trail, permissions(unknown)), [
            "operator * may indeterminate if policy is not known before deployment",
        ]);
        const attachment = resource(type.attachment, "admin", {
            role: from(role),
            policyArn: `arn:aws:iam::${account}:policy/team`,
        });
        assert.deepEqual(lines(role, trail, attachment), [
            `operator * operator indeterminate if the policy arn:aws:iam::${account}:policy/team is not in this stack`,
        ]);
    });

    it("know what AWS's own administrators may do", () => {
        const attachment = resource(type.attachment, "admin", {
            role: from(role),
            policyArn: "arn:aws:iam::aws:policy/PowerUserAccess",
        });
        assert.deepEqual(lines(role, trail, attachment), [
            "operator cloudtrail:DeleteTrail audit allowed",
            "operator cloudtrail:PutEventSelectors audit allowed",
            "operator cloudtrail:StopLogging audit allowed",
            "operator cloudtrail:UpdateTrail audit allowed",
        ]);
    });

    it("ask the policy of a key first: it names the caller, or leaves it to the account", () => {
        const key = (Principal: unknown): RegisteredResource =>
            resource(type.key, "unseal", { arn, policy: allow("kms:*", "*", { Principal }) });
        const may = permissions(allow("kms:Decrypt"));
        const root = `arn:aws:iam::${account}:root`;
        const everything = [
            "kms:CreateGrant",
            "kms:Decrypt",
            "kms:DisableKey",
            "kms:PutKeyPolicy",
            "kms:ScheduleKeyDeletion",
        ];
        assert.deepEqual(
            lines(role, key({ AWS: `arn:aws:iam::${account}:role/operator` })),
            everything.map((action) => `operator ${action} unseal allowed`),
        );
        assert.deepEqual(
            lines(role, may, key({ AWS: root })),
            everything.flatMap((action) => [
                `${root} ${action} unseal allowed`,
                ...(action === "kms:Decrypt" ? ["operator kms:Decrypt unseal allowed"] : []),
            ]),
        );
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

import assert from "node:assert/strict";
import fc from "fast-check";
import { TypeToken, customerKeyTypes } from "../../../aws/type-tokens";
import type { Exposure } from "../../../catalog/records/judged-stack";
import { UNKNOWN, type RegisteredResource } from "../../../policy-pack/graph/resource";
import { exposure } from "../../support/exposure";
import { resource } from "../../support/graph";
import { noiseOf } from "../../support/noise";

/** Types that the exposure reads. */
const types = [
    TypeToken.Instance,
    TypeToken.LaunchTemplate,
    TypeToken.AutoScalingGroup,
    TypeToken.InstanceProfile,
    TypeToken.Role,
    TypeToken.RolePolicy,
    TypeToken.Policy,
    TypeToken.RolePolicyAttachment,
    TypeToken.PolicyAttachment,
    TypeToken.User,
    TypeToken.Trail,
    TypeToken.LogGroup,
    TypeToken.SsmDocument,
    TypeToken.KmsKeyPolicy,
    ...customerKeyTypes,
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketPolicy:BucketPolicy",
    TypeToken.SecurityGroup,
    TypeToken.SecurityGroupRule,
    TypeToken.SecurityGroupIngressRule,
    TypeToken.ManagedPrefixList,
    TypeToken.Subnet,
    TypeToken.RouteTable,
    TypeToken.RouteTableAssociation,
    TypeToken.Route,
    TypeToken.NetworkAcl,
    TypeToken.VpcEndpoint,
    TypeToken.Vpc,
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:lb/listener:Listener",
    "aws:lb/targetGroup:TargetGroup",
    "aws:lb/targetGroupAttachment:TargetGroupAttachment",
] as const;

/** Names of properties that lead into the depths of its readers. */
const names = fc.constantFrom(
    ...["policy", "assumeRolePolicy", "inlinePolicies", "managedPolicyArns", "policyArn", "role"],
    ...["roles", "users", "permissionsBoundary", "iamInstanceProfile", "name", "path", "arn"],
    ...["Statement", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal"],
    ...["NotPrincipal", "Condition", "StringLike", "ArnNotLike", "Bool", "NumericLessThan"],
    ...["IpAddress", "ForAllValues:StringEquals", "Null", "aws:PrincipalArn", "kms:ViaService"],
    ...["aws:MultiFactorAuthAge", "aws:SourceIp", "aws:TagKeys", "AWS", "Service", "keyId"],
    ...["bucket", "tags", "ingress", "egress", "cidrBlocks", "cidrIpv4", "protocol", "fromPort"],
    ...["toPort", "securityGroups", "securityGroupId", "vpcSecurityGroupIds", "subnetId", "vpcId"],
    ...["routes", "gatewayId", "routeTableId", "networkInterfaces", "entries", "cidr"],
    ...["defaultActions", "targetGroupArn", "loadBalancerArn", "targetId", "port", "subnets"],
);
const leaf = fc.oneof(
    fc.constant(UNKNOWN),
    fc.constantFrom(
        "*",
        "Allow",
        "Deny",
        "kms:*",
        "ssm:StartSession",
        "iam:PassRole",
        "s3:Del?te*",
    ),
    fc.constantFrom("0.0.0.0/0", "::/0", "10.0.0.0/33", "tcp", "-1", "true", "arn:aws:iam::1:root"),
    fc.constantFrom("${aws:username}", "arn:aws:s3:::${a}/*", "111122223333", "", "{"),
    fc.boolean(),
    fc.double(),
    fc.constant(null),
    fc.string(),
);
const noise = noiseOf(names, leaf);

/** Documents that are statements, with noise in some of their places. */
const some = (...values: readonly unknown[]): fc.Arbitrary<unknown> =>
    fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: noise });
const document = fc
    .array(
        fc.record({
            Effect: some("Allow", "Deny"),
            Action: some("kms:*", "*", ["ssm:*", "s3:DeleteObject"]),
            Resource: some("*", "arn:aws:s3:::a/*"),
            Principal: some("*", { AWS: "111122223333" }, { Service: "logs.amazonaws.com" }),
            Condition: some(undefined, { StringLike: { "kms:ViaService": ["s3.*", "ec2.*"] } }),
        }),
        { maxLength: 3 },
    )
    .map((Statement) => ({ Statement }));
const properties = fc
    .tuple(fc.dictionary(names, noise, { maxKeys: 8 }), fc.option(document, { nil: undefined }))
    .map(([given, policy]) => (policy === undefined ? given : { ...given, policy }));

const stacks = fc
    .array(fc.tuple(fc.constantFrom(...types), properties, fc.nat(9)), {
        minLength: 1,
        maxLength: 10,
    })
    .map((list): readonly RegisteredResource[] =>
        list.map(([type, given, source], index) => {
            const earlier = list[Math.min(source, index)];
            const urns =
                earlier === undefined
                    ? []
                    : [resource(earlier[0], `r${Math.min(source, index)}`).urn];
            return {
                ...resource(type, `r${index}`, given),
                propertyDependencies: Object.fromEntries(
                    Object.keys(given).map((key) => [key, urns]),
                ),
            };
        }),
    );

/** Everything that is said to be open because working it out failed. */
function failures({ paths, access }: Exposure): readonly string[] {
    return [
        ...paths.flatMap(({ chain }) => chain),
        ...access.map(({ condition }) => condition),
    ].filter((text) => text.includes("could not be worked out"));
}

describe("the exposure of whatever a stack holds", function () {
    this.timeout(60_000);

    it("is worked out, or open with what is not known, and never fails", () => {
        const counts = { paths: 0, access: 0, open: 0 };
        fc.assert(
            fc.property(stacks, (stack) => {
                const found = exposure(...stack);
                assert.deepEqual(failures(found), []);
                for (const { verdict, condition, chain } of found.access) {
                    assert.equal(verdict === "indeterminate", condition !== "");
                    assert.ok(chain.length > 0);
                }
                counts.paths += found.paths.length;
                counts.access += found.access.length;
                counts.open += found.access.filter(
                    ({ verdict }) => verdict === "indeterminate",
                ).length;
            }),
            { numRuns: 600, seed: 20_261_124 },
        );
        // The noise must not pass by what it tests.
        assert.ok(
            counts.paths > 200 && counts.access > 200 && counts.open > 50,
            JSON.stringify(counts),
        );
    });
});

import assert from "node:assert/strict";
import { GraphIndex } from "../../../policy-pack/graph/graph-index";
import { UNKNOWN, type RegisteredResource } from "../../../policy-pack/graph/resource";
import { buildScope, type Scope, type ScopeMode } from "../../../policy-pack/graph/scope";
import { sketchResource, testProject, testStack } from "../../support/resources";

const mark = { "keyward:role": "key-server" };
const instanceType = "aws:ec2/instance:Instance";

const vpcA = sketchResource({ type: "aws:ec2/vpc:Vpc", name: "vpc-a" });
const vpcB = sketchResource({ type: "aws:ec2/vpc:Vpc", name: "vpc-b" });
const subnetA = subnet("subnet-a", vpcA);
const subnetB = subnet("subnet-b", vpcB);
const role = sketchResource({ type: "aws:iam/role:Role", name: "role" });
const policy = sketchResource({ type: "aws:iam/policy:Policy", name: "policy" });
const attachment = sketchResource({
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    name: "attachment",
    propertyDependencies: { role: [role.urn], policyArn: [policy.urn] },
});
const marked = instance(
    "marked",
    { tags: mark },
    { subnetId: [subnetA.urn], iamInstanceProfile: [role.urn] },
);
const web = instance("web", {}, { subnetId: [subnetB.urn] });
const webGroup = sketchResource({
    type: "aws:ec2/securityGroup:SecurityGroup",
    name: "web-group",
    propertyDependencies: { vpcId: [vpcB.urn] },
});
const logs = sketchResource({ type: "aws:cloudwatch/logGroup:LogGroup", name: "logs" });
const alone = sketchResource({ type: "aws:s3/bucket:Bucket", name: "alone" });
const base = [vpcA, vpcB, subnetA, subnetB, role, policy, attachment, marked, web, webGroup, alone];

function subnet(name: string, vpc: RegisteredResource): RegisteredResource {
    return sketchResource({
        type: "aws:ec2/subnet:Subnet",
        name,
        properties: { vpcId: UNKNOWN },
        propertyDependencies: { vpcId: [vpc.urn] },
    });
}

function instance(
    name: string,
    properties: Readonly<Record<string, unknown>>,
    propertyDependencies: Readonly<Record<string, readonly string[]>> = {},
): RegisteredResource {
    return sketchResource({ type: instanceType, name, properties, propertyDependencies });
}

function scopeOf(
    resources: readonly RegisteredResource[],
    mode: ScopeMode = "auto",
    keyServers: readonly string[] = [],
): Scope {
    return buildScope(new GraphIndex(resources, testProject, testStack), { mode, keyServers });
}

const names = (resources: readonly RegisteredResource[]): readonly string[] =>
    resources.map(({ name }) => name);

describe("scope", () => {
    it("takes every machine for a key server where nothing is marked", () => {
        const scope = scopeOf([web, alone, instance("other", {})]);
        assert.deepEqual(names(scope.keyServers), ["web", "other"]);
        assert.equal(scope.includes(alone), true);
    });

    it("judges the marked machine and what belongs to it, and leaves out one that is apart", () => {
        const scope = scopeOf(base);
        assert.deepEqual(names(scope.keyServers), ["marked"]);
        assert.deepEqual(names(base.filter((resource) => !scope.includes(resource))), [
            "vpc-b",
            "subnet-b",
            "web",
            "web-group",
        ]);
    });

    it("judges everything when it is told to", () => {
        const scope = scopeOf(base, "all");
        assert.deepEqual(names(scope.keyServers), ["marked", "web"]);
        assert.equal(scope.includes(webGroup), true);
    });

    it("leaves out what belongs to no machine in the mode marked only", () => {
        const scope = scopeOf(base, "marked");
        assert.equal(scope.includes(alone), false);
        assert.equal(scope.includes(policy), true);
    });

    it("judges nothing in the mode marked when nothing is marked", () => {
        assert.deepEqual(scopeOf([web, alone], "marked").keyServers, []);
    });

    const marks: readonly (readonly [string, RegisteredResource, readonly RegisteredResource[]])[] =
        [
            ["its tags", instance("m", { tags: mark }), []],
            [
                "the component it lives in",
                sketchResource({
                    type: instanceType,
                    name: "m",
                    inside: ["keyward:index:KeyServer"],
                }),
                [],
            ],
            [
                "the tag specifications of its launch template",
                sketchResource({
                    type: "aws:ec2/launchTemplate:LaunchTemplate",
                    name: "m",
                    properties: { tagSpecifications: [{ resourceType: "instance", tags: mark }] },
                }),
                [],
            ],
            [
                "the tag list of its Auto Scaling group",
                sketchResource({
                    type: "aws:autoscaling/group:Group",
                    name: "m",
                    properties: {
                        tags: [
                            { key: "Name", value: "x", propagateAtLaunch: true },
                            { key: "keyward:role", value: "key-server", propagateAtLaunch: true },
                        ],
                    },
                }),
                [],
            ],
        ];
    for (const [where, machine, others] of marks) {
        it(`recognises a mark in ${where}`, () => {
            assert.deepEqual(names(scopeOf([...base, machine, ...others]).keyServers), [
                "marked",
                "m",
            ]);
        });
    }

    for (const [form, defaultTags] of [
        ["JSON text", JSON.stringify({ tags: mark })],
        ["an object", { tags: mark }],
    ] as const) {
        it(`recognises a mark in default tags of the provider given as ${form}`, () => {
            const provider = sketchResource({
                type: "pulumi:providers:aws",
                name: "p",
                properties: { defaultTags },
            });
            const machine = sketchResource({
                type: instanceType,
                name: "m",
                provider: provider.urn,
                propertyDependencies: { subnetId: [subnetB.urn] },
            });
            const scope = scopeOf([vpcB, subnetB, provider, machine], "marked");
            assert.deepEqual(names(scope.keyServers), ["m"]);
        });
    }

    it("recognises key servers by a URN pattern of the configuration", () => {
        const pattern = `urn:pulumi:dev::vault::${instanceType}::we*`;
        assert.deepEqual(names(scopeOf(base, "auto", [pattern]).keyServers), ["marked", "web"]);
    });

    it("counts a machine whose mark is still unknown as a key server", () => {
        const doubtful = instance(
            "doubtful",
            { tags: { "keyward:role": UNKNOWN } },
            { subnetId: [subnetB.urn] },
        );
        assert.deepEqual(names(scopeOf([...base, doubtful], "marked").keyServers), [
            "marked",
            "doubtful",
        ]);
    });

    const ties: readonly (readonly [string, RegisteredResource])[] = [
        ["network", instance("near", {}, { subnetId: [subnetA.urn] })],
        ["role", instance("near", {}, { subnetId: [subnetB.urn], iamInstanceProfile: [role.urn] })],
    ];
    for (const [tie, machine] of ties) {
        it(`counts an unmarked machine that shares a ${tie} with a marked one as a key server`, () => {
            for (const mode of ["auto", "marked"] as const) {
                assert.deepEqual(names(scopeOf([...base, machine], mode).keyServers), [
                    "marked",
                    "near",
                ]);
            }
        });
    }

    it("follows known ids where there are no property dependencies, as in an exported stack", () => {
        const network = sketchResource({ type: "aws:ec2/vpc:Vpc", name: "n", id: "vpc-1" });
        const inside = sketchResource({
            type: "aws:ec2/subnet:Subnet",
            name: "s",
            id: "subnet-1",
            properties: { vpcId: "vpc-1" },
        });
        const one = instance("one", { tags: mark, subnetId: "subnet-1" });
        const two = instance("two", { subnetId: "subnet-1" });
        assert.deepEqual(names(scopeOf([network, inside, one, two], "marked").keyServers), [
            "one",
            "two",
        ]);
    });

    it("counts an unmarked machine whose network is not shown as a key server in auto mode only", () => {
        const adopted = instance("adopted", { subnetId: "subnet-of-another-stack" });
        assert.deepEqual(names(scopeOf([...base, adopted]).keyServers), ["marked", "adopted"]);
        assert.deepEqual(names(scopeOf([...base, adopted], "marked").keyServers), ["marked"]);
    });

    it("is not turned away by a mark on something that is no machine", () => {
        const decoy = sketchResource({
            type: "aws:s3/bucket:Bucket",
            name: "decoy",
            properties: { tags: mark },
        });
        assert.deepEqual(names(scopeOf([decoy, web]).keyServers), ["web"]);
    });

    it("does not follow a shared log group into the network of another machine", () => {
        const flowLog = sketchResource({
            type: "aws:ec2/flowLog:FlowLog",
            name: "flow-log",
            propertyDependencies: { vpcId: [vpcB.urn], logDestination: [logs.urn] },
        });
        const server = instance(
            "server",
            { tags: mark },
            { subnetId: [subnetA.urn], logs: [logs.urn] },
        );
        const scope = scopeOf([vpcA, vpcB, subnetA, subnetB, logs, flowLog, server, web, webGroup]);
        assert.equal(scope.includes(webGroup), false);
        assert.equal(scope.includes(logs), true);
    });

    it("takes machines of types that the pack does not know for machines", () => {
        const native = sketchResource({ type: "aws-native:ec2:Instance", name: "native" });
        const box = sketchResource({ type: "aws:lightsail/instance:Instance", name: "box" });
        assert.deepEqual(names(scopeOf([native, box]).keyServers), ["native", "box"]);
    });
});

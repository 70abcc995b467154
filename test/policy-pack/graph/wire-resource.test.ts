import assert from "node:assert/strict";
import { InputError } from "../../../catalog/records/input-error";
import { readDeployment } from "../../../policy-pack/graph/deployment";
import { SecretValue, UNKNOWN } from "../../../policy-pack/graph/resource";
import { isJudged, layOver, readWireResource } from "../../../policy-pack/graph/wire-resource";
import { unknownSentinels, wireMarks } from "../../../policy-pack/graph/wire-values";

const urn = "urn:pulumi:dev::vault::keyward:index:KeyServer$aws:ec2/instance:Instance::a::b";
const type = "aws:ec2/instance:Instance";

describe("readWireResource", () => {
    it("reads every field of a deployment's resource", () => {
        assert.deepEqual(
            readWireResource({
                urn,
                type,
                custom: true,
                id: "i-1",
                inputs: { ami: "ami-1", subnetId: unknownSentinels[2] },
                outputs: { ami: "ami-1", subnetId: "subnet-1", arn: unknownSentinels[2] },
                parent: "urn:pulumi:dev::vault::keyward:index:KeyServer::a",
                provider: "urn:pulumi:dev::vault::pulumi:providers:aws::default::0a1b",
                dependencies: ["urn:x"],
                propertyDependencies: { subnetId: ["urn:y"] },
                protect: true,
                retainOnDelete: true,
                deleteBeforeReplace: true,
                ignoreChanges: ["ami"],
                aliases: ["urn:z"],
            }),
            {
                urn,
                type,
                name: "a::b",
                id: "i-1",
                custom: true,
                properties: { ami: "ami-1", subnetId: "subnet-1" },
                parent: "urn:pulumi:dev::vault::keyward:index:KeyServer::a",
                provider: "urn:pulumi:dev::vault::pulumi:providers:aws::default",
                dependencies: ["urn:x"],
                propertyDependencies: { subnetId: ["urn:y"] },
                options: {
                    protect: true,
                    retainOnDelete: true,
                    deleteBeforeReplace: true,
                    ignoreChanges: ["ami"],
                    aliases: ["urn:z"],
                },
            },
        );
    });

    it("keeps unknown outputs where the inputs are not told", () => {
        assert.deepEqual(
            readWireResource({ urn, type, outputs: { ami: unknownSentinels[2] } }).properties,
            { ami: UNKNOWN },
        );
    });

    it("tells components from custom resources where the source does not", () => {
        const provider = "urn:pulumi:dev::vault::pulumi:providers:aws::default";
        assert.equal(readWireResource({ urn, type, provider }).custom, true);
        assert.equal(
            readWireResource({ urn: provider, type: "pulumi:providers:aws" }).custom,
            true,
        );
        assert.equal(readWireResource({ urn, type: "keyward:index:KeyServer" }).custom, false);
    });
});

describe("isJudged", () => {
    it("leaves out what the stack reads as long as nothing but its id is known", () => {
        const inputs = { vpcId: "vpc-1" };
        assert.equal(isJudged({ urn, type, inputs }), true);
        assert.equal(isJudged({ urn, type, inputs, external: true }), false);
        assert.equal(isJudged({ urn, type, inputs, external: true, outputs: {} }), true);
    });
});

describe("layOver", () => {
    it("prefers known outputs, keeps inputs under unknown ones and leaves out what only the provider chooses", () => {
        assert.deepEqual(
            layOver(
                { tags: { a: "1" }, size: 1, kept: true, subnetId: UNKNOWN, disk: { size: 8 } },
                { tags: UNKNOWN, size: 2, arn: UNKNOWN, disk: { size: 8, kmsKeyId: UNKNOWN } },
            ),
            { tags: { a: "1" }, size: 2, kept: true, subnetId: UNKNOWN, disk: { size: 8 } },
        );
    });

    it("pairs list elements only where the output leaves something open", () => {
        const inputs = { rules: [{ port: 1, from: "a" }, { port: 2 }] };
        assert.deepEqual(layOver(inputs, { rules: [{ port: 2 }, { port: 1 }] }), {
            rules: [{ port: 2 }, { port: 1 }],
        });
        assert.deepEqual(layOver(inputs, { rules: [{ port: UNKNOWN }, { port: 2 }] }), {
            rules: [{ port: 1, from: "a" }, { port: 2 }],
        });
    });

    it("keeps a secret secret when its output comes without the mark", () => {
        assert.deepEqual(layOver({ token: new SecretValue("s") }, { token: "s" }), {
            token: new SecretValue("s"),
        });
    });
});

describe("readDeployment", () => {
    const resource = { urn, type, custom: true };

    it("reads an exported stack with its project and stack, without what waits for deletion", () => {
        const graph = readDeployment({
            version: 3,
            deployment: { resources: [resource, { ...resource, delete: true }] },
        });
        assert.equal(graph.project, "vault");
        assert.equal(graph.stack, "dev");
        assert.deepEqual(
            graph.resources.map((found) => found.urn),
            [urn],
        );
    });

    it("reads an exported stack without resources, as an empty stack is exported", () => {
        assert.deepEqual(readDeployment({ version: 3, deployment: {} }), {
            resources: [],
            saved: [],
            project: "",
            stack: "",
        });
    });

    it("looks into the plaintext of secrets and not into ciphertext", () => {
        const secret = (fields: object): object => ({
            [wireMarks.signature]: wireMarks.secret,
            ...fields,
        });
        const [read] = readDeployment({
            version: 3,
            deployment: {
                resources: [
                    {
                        ...resource,
                        inputs: {
                            shown: secret({ plaintext: '"s"' }),
                            hidden: secret({ ciphertext: "v1:abc" }),
                        },
                    },
                ],
            },
        }).resources;
        assert.deepEqual(read?.properties, {
            shown: new SecretValue("s"),
            hidden: new SecretValue(UNKNOWN),
        });
    });

    const bad: readonly (readonly [string, unknown, readonly string[]])[] = [
        [
            "another version",
            { version: 2, deployment: { resources: [] } },
            [
                'a stack\'s graph must be an object with "version": 3, got 2; write it with `pulumi stack export` or `keyward preview --graph`',
            ],
        ],
        [
            "no object",
            [],
            [
                'a stack\'s graph must be an object with "version": 3, got object; write it with `pulumi stack export` or `keyward preview --graph`',
            ],
        ],
        [
            "resources that are no list",
            { version: 3, deployment: { resources: {} } },
            ["deployment.resources must be a list; write the file with `pulumi stack export`"],
        ],
        [
            "wrong fields, all at once",
            {
                version: 3,
                deployment: {
                    resources: [
                        7,
                        { urn: "urn:x", type, dependencies: [1] },
                        { urn, protect: "yes" },
                    ],
                },
            },
            [
                "deployment.resources[0] must be an object",
                "deployment.resources[1].dependencies must be a list of strings",
                'deployment.resources[1].urn must be urn:pulumi:STACK::PROJECT::TYPE::NAME, got "urn:x"',
                "deployment.resources[2].type must be a string",
                "deployment.resources[2].protect must be a boolean",
            ],
        ],
    ];
    for (const [what, json, problems] of bad) {
        it(`refuses ${what}`, () => {
            assert.throws(() => readDeployment(json), new InputError(problems));
        });
    }
});

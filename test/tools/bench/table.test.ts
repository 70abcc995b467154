import assert from "node:assert/strict";
import type { SavedResource } from "../../../preview/graph/saved-resource";
import { table } from "../../../tools/bench/page";
import { terraformPlan } from "../../../tools/bench/terraform-plan";

const cost = (seconds: number, mebibytes: number) => ({
    seconds,
    peakBytes: mebibytes * 2 ** 20,
    status: 0,
    stdout: "",
    stderr: "",
});

describe("the table of measurements", () => {
    it("gives times, memory and the ratio, and says where checkov is not installed", () => {
        const row = { resources: 31, findings: 4, keyward: cost(1.5, 160), engine: cost(6, 800) };
        const lines = table([
            { ...row, name: "reference stack" },
            { ...row, name: "10 servers", bare: cost(1, 150) },
            { ...row, name: "20 servers", bare: cost(1, 150), checkov: cost(3.1, 200) },
        ]).split("\n");
        assert.deepEqual(lines.slice(2), [
            "| reference stack | 31 | 4 | 1.50 s, 160 MB | 6.00 s, 800 MB | 4.0 |  |  |",
            "| 10 servers | 31 | 4 | 1.50 s, 160 MB | 6.00 s, 800 MB | 4.0 | 1.00 s, 150 MB | not installed |",
            "| 20 servers | 31 | 4 | 1.50 s, 160 MB | 6.00 s, 800 MB | 4.0 | 1.00 s, 150 MB | 3.10 s, 200 MB |",
        ]);
    });
});

describe("the finished plan that checkov judges", () => {
    it("has the servers and security groups of the graph, as Terraform writes them", () => {
        const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
        const resource = (type: string, inputs: SavedResource["inputs"]): SavedResource => ({
            urn: `urn:pulumi:dev::p::acme:index:Server$${type}::server-0`,
            type,
            custom: true,
            inputs,
            dependencies: [],
            propertyDependencies: {},
        });
        const plan = terraformPlan([
            resource("acme:index:Server", {}),
            resource("aws:ec2/securityGroup:SecurityGroup", { vpcId: "vpc-1" }),
            resource("aws:ec2/instance:Instance", {
                ami: "ami-1",
                vpcSecurityGroupIds: [unknown],
                keyName: unknown,
                metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
                tags: { PatchGroup: "production" },
            }),
        ]) as {
            readonly planned_values: {
                readonly root_module: {
                    readonly resources: readonly { readonly values: object }[];
                };
            };
            readonly resource_changes: readonly { readonly address: string }[];
        };
        assert.deepEqual(
            plan.planned_values.root_module.resources.map(({ values }) => values),
            [
                { vpc_id: "vpc-1" },
                {
                    ami: "ami-1",
                    vpc_security_group_ids: [],
                    metadata_options: [{ http_tokens: "required", http_put_response_hop_limit: 1 }],
                    tags: { PatchGroup: "production" },
                },
            ],
        );
        assert.deepEqual(
            plan.resource_changes.map(({ address }) => address),
            ["aws_security_group.server-0", "aws_instance.server-0"],
        );
    });
});

import assert from "node:assert/strict";
import type { SavedResource } from "../../../preview/graph/saved-resource";
import { EngineOutput } from "../../../tools/bench/engine-phases";
import { phaseTable, table } from "../../../tools/bench/page";
import { terraformPlan } from "../../../tools/bench/terraform-plan";

const cost = (seconds: number, mebibytes: number) => ({
    seconds,
    peakBytes: mebibytes * 2 ** 20,
    status: 0,
    stdout: "",
    stderr: "",
});

const row = {
    resources: 31,
    findings: 4,
    keyward: {
        ...cost(1.5, 160),
        phases: { start: 0.1, evaluate: 0.9, judge: 0.25, report: 0.125 },
    },
    engine: { ...cost(6, 800), phases: { start: 3, resources: 2, stack: 1 } },
};

describe("the table of measurements", () => {
    it("gives times, memory and the ratio, and says where checkov is not installed", () => {
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

describe("the table of phases", () => {
    it("gives the seconds of both previews, phase by phase", () => {
        assert.equal(
            phaseTable([{ ...row, name: "reference stack" }]).split("\n")[2],
            "| reference stack | 0.10 s | 0.90 s | 0.25 s | 0.13 s | 3.00 s | 2.00 s | 1.00 s |",
        );
    });

    it("takes the engine's from the moments at which it shows resources for the first time", () => {
        const output = new EngineOutput();
        output.line("Loading policy packs...: done", 1);
        output.line(" +  pulumi:pulumi:Stack key-servers-dev create ", 2);
        output.line(" +  aws:ec2:Instance server-0 create ", 3);
        output.line(" +  aws:ec2:Instance server-1 create ", 5);
        output.line(" +  aws:ec2:Instance server-0 create 3 warnings", 7);
        output.line("Policies:", 8);
        assert.deepEqual(output.phases(9), { start: 2, resources: 3, stack: 4 });
    });

    it("is not made of a preview that shows no resource", () => {
        assert.throws(() => new EngineOutput().phases(9), /shows no resource/);
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

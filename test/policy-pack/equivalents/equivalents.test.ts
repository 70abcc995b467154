import assert from "node:assert/strict";
import { policyRecord } from "../../../catalog/policies";
import { graphOf, Mutation } from "../../support/reference-graph";
import { AskedGraph } from "../../support/rule-findings";
import { formRewrites } from "./forms";
import { policyRewrites } from "./policies";
import type { Graph } from "./rewriting";
import { valueRewrites } from "./values";

/** What is found, apart from where: a rewrite may move a weakness to another resource, or say it once for each of two. */
function found(resources: Graph): readonly string[] {
    return new AskedGraph(resources).verdicts();
}

/** Weaknesses of many kinds, so that a form in which one is no longer seen is told as well. */
function weakened(plain: Graph): Graph {
    const everything = { Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] };
    const everybody = {
        Statement: [{ Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" }],
    };
    const first = (type: string): string => plain.find((one) => one.type === type)?.name ?? "";
    const change = (
        stack: Mutation,
        type: string,
        properties: Readonly<Record<string, unknown>>,
    ): Mutation => stack.change(type, first(type), properties);
    const changes: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
        ["aws:ec2/instance:Instance", { metadataOptions: { httpTokens: "optional" } }],
        ["aws:ec2/instance:Instance", { rootBlockDevice: { encrypted: false } }],
        ["aws:ec2/instance:Instance", { disableApiTermination: false, monitoring: false }],
        [
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            { cidrIpv4: "0.0.0.0/0", referencedSecurityGroupId: undefined, fromPort: 22 },
        ],
        ["aws:iam/rolePolicy:RolePolicy", { policy: JSON.stringify(everything) }],
        ["aws:kms/key:Key", { policy: JSON.stringify(everybody), enableKeyRotation: false }],
        ["aws:cloudtrail/trail:Trail", { enableLogFileValidation: false }],
        ["aws:cloudwatch/logGroup:LogGroup", { retentionInDays: 30 }],
        ["aws:ec2/flowLog:FlowLog", { trafficType: "REJECT" }],
        ["aws:ssm/maintenanceWindow:MaintenanceWindow", { cutoff: 9 }],
        ["aws:ssm/maintenanceWindowTask:MaintenanceWindowTask", { maxConcurrency: "100%" }],
        [
            "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
            { rule: { defaultRetention: { mode: "GOVERNANCE" } } },
        ],
        ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", { blockPublicPolicy: false }],
        ["aws:cloudwatch/metricAlarm:MetricAlarm", { treatMissingData: "missing" }],
    ];
    return changes.reduce(
        (stack, [type, properties]) => change(stack, type, properties),
        new Mutation(plain),
    ).graph;
}

describe("the same stack written in another way", function () {
    this.timeout(180_000);
    const graphs = new Map<
        string,
        { readonly graph: Graph; readonly expected: readonly string[] }
    >();

    before(() => {
        const plain = graphOf("examples/plain-aws");
        for (const [name, graph] of [
            ["the reference stack", graphOf(".")],
            ["plain-aws", plain],
            ["plain-aws, weakened", weakened(plain)],
        ] as const) {
            graphs.set(name, { graph, expected: found(graph) });
        }
    });

    it("starts from clean stacks and one with many weaknesses", () => {
        for (const name of ["the reference stack", "plain-aws"]) {
            const blocking = (graphs.get(name)?.expected ?? ["nothing was judged"]).filter(
                (verdict) => policyRecord(verdict.split(" ")[0] ?? "").level === "mandatory",
            );
            assert.deepEqual(blocking, [], name);
        }
        assert.ok((graphs.get("plain-aws, weakened")?.expected.length ?? 0) >= 17);
    });

    const rewrites = [...valueRewrites, ...policyRewrites, ...formRewrites];
    for (const { what, rewrite } of rewrites) {
        it(`gets the same verdicts: ${what}`, () => {
            const changed = [...graphs].map(([name, { graph, expected }]) => {
                const rewritten = rewrite(graph);
                assert.deepEqual(found(rewritten), expected, name);
                return JSON.stringify(rewritten) !== JSON.stringify(graph);
            });
            assert.ok(changed.includes(true), "the rewrite changes nothing");
        });
    }

    it("is written in at least sixty ways", () => {
        assert.ok(new Set(rewrites.map(({ what }) => what)).size >= 60, String(rewrites.length));
    });
});

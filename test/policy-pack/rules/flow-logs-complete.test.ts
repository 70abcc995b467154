import assert from "node:assert/strict";
import { flowLogsComplete as rule } from "../../../policy-pack/rules/flow-logs-complete";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";
import { token } from "../../support/network";

const vpc = resource(token.vpc, "main", { cidrBlock: "10.0.0.0/16" });
const a = resource(token.subnet, "a", { vpcId: from(vpc) });
const b = resource(token.subnet, "b", { vpcId: from(vpc) });
const group = resource("aws:cloudwatch/logGroup:LogGroup", "flows", { name: "/keyward/flows" });
const server = (place: unknown, name = "vault") =>
    resource(token.instance, name, { subnetId: place });
const network = [vpc, a, b, group, server(from(a)), server(from(b), "second")];

function log(more: Record<string, unknown> = {}, name = "log") {
    return resource("aws:ec2/flowLog:FlowLog", name, {
        vpcId: from(vpc),
        trafficType: "ALL",
        maxAggregationInterval: 60,
        logDestination: from(group),
        ...more,
    });
}

describe("flow-logs-complete", () => {
    it("passes a VPC whose flows are all recorded", () => {
        assert.deepEqual(verdicts(rule, [...network, log()]), ["pass log", "pass main"]);
    });

    it("fails a VPC without a flow log", () => {
        assert.deepEqual(verdicts(rule, network), ["fail main"]);
        assert.deepEqual(messages(rule, network), [
            "no flow log of this stack records the VPC's traffic",
        ]);
    });

    it("accepts a flow log for each subnet of the servers, and names the one without", () => {
        const ofSubnet = (subnet: typeof a) =>
            log({ vpcId: undefined, subnetId: from(subnet) }, `log-${subnet.name}`);
        assert.deepEqual(verdicts(rule, [...network, ofSubnet(a), ofSubnet(b)]), [
            "pass log-a",
            "pass log-b",
            "pass main",
        ]);
        assert.deepEqual(verdicts(rule, [...network, ofSubnet(a)]), ["fail b", "pass log-a"]);
    });

    for (const [title, more, expected] of [
        ["rejected flows only", { trafficType: "REJECT" }, "fail log trafficType"],
        ["no kind of flow", { trafficType: undefined }, "fail log trafficType"],
        ["an unknown kind of flow", { trafficType: unknown }, "indeterminate log trafficType"],
        [
            "too long an interval",
            { maxAggregationInterval: 600 },
            "fail log maxAggregationInterval",
        ],
        [
            "the default interval",
            { maxAggregationInterval: undefined },
            "fail log maxAggregationInterval",
        ],
        [
            "an unknown interval",
            { maxAggregationInterval: unknown },
            "indeterminate log maxAggregationInterval",
        ],
        ["no destination", { logDestination: undefined }, "fail log logDestination"],
        ["an unknown destination", { logDestination: unknown }, "indeterminate log logDestination"],
        [
            "a destination outside the stack",
            { logDestination: "arn:aws:s3:::central-logs/flows" },
            "indeterminate log logDestination",
        ],
    ] as const) {
        it(`reports a flow log with ${title} on the log`, () => {
            assert.deepEqual(verdicts(rule, [...network, log(more)]), [expected, "pass main"]);
        });
    }

    it("knows a log group and a bucket of the stack by their ARNs", () => {
        const bucket = resource("aws:s3/bucket:Bucket", "archive", { bucket: "archive-1" });
        for (const logDestination of [
            "arn:aws:logs:eu-central-1:111122223333:log-group:/keyward/flows:*",
            "arn:aws:s3:::archive-1/flows/",
        ]) {
            assert.deepEqual(verdicts(rule, [...network, bucket, log({ logDestination })]), [
                "pass log",
                "pass main",
            ]);
        }
    });

    it("accepts attested destinations and networks outside the stack", () => {
        const adopted = resource(token.subnet, "adopted", { vpcId: "vpc-0abc" });
        const destination = "arn:aws:s3:::central-logs";
        const stack = [
            adopted,
            server(from(adopted), "one"),
            server("subnet-0abc", "two"),
            log({ vpcId: "vpc-1", logDestination: destination }),
        ];
        assert.deepEqual(verdicts(rule, stack), [
            "indeterminate adopted vpcId",
            "indeterminate log logDestination",
            "indeterminate two subnetId",
        ]);
        const accountAttestations = [
            "flow-log/vpc-0abc 2026-10-20",
            "flow-log/subnet-0abc 2026-10-20",
            `flow-log-destination/${destination} 2026-10-20`,
        ];
        assert.deepEqual(verdicts(rule, stack, { parameters: { accountAttestations } }), [
            "pass adopted",
            "pass log",
        ]);
    });

    it("passes an adopted VPC whose flows this stack records", () => {
        const adopted = resource(token.subnet, "adopted", { vpcId: "vpc-0abc" });
        const stack = [adopted, group, server(from(adopted)), log({ vpcId: "vpc-0abc" })];
        assert.deepEqual(verdicts(rule, stack), ["pass adopted", "pass log"]);
    });

    it("asks every VPC of a stack without servers", () => {
        assert.deepEqual(verdicts(rule, [vpc, a]), ["fail main"]);
    });

    it("asks of such a stack no proof of a destination outside it", () => {
        const elsewhere = log({
            logDestination: "arn:aws:logs:eu-central-1:111122223333:log-group:elsewhere",
        });
        assert.deepEqual(verdicts(rule, [vpc, elsewhere]), ["pass log", "pass main"]);
    });
});

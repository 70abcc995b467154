import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { metricFiltersAlarmed as rule } from "../../../policy-pack/rules/metric-filters-alarmed";
import { from, messages, resource, unknown, verdicts } from "../../support/graph";
import { token } from "../../support/network";

const server = resource(token.instance, "vault");
const group = resource("aws:cloudwatch/logGroup:LogGroup", "trail", { name: "/keyward/trail" });

function filter(
    changes: Readonly<Record<string, unknown>> = {},
    metric: Readonly<Record<string, unknown>> = {},
): RegisteredResource {
    return resource("aws:cloudwatch/logMetricFilter:LogMetricFilter", "stopped", {
        logGroupName: from(group),
        pattern: "{ $.eventName = StopLogging }",
        metricTransformation: { namespace: "Keyward", name: "Stopped", value: "1", ...metric },
        ...changes,
    });
}

function alarm(metricName: unknown): RegisteredResource {
    return resource("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", {
        namespace: "Keyward",
        metricName,
    });
}

describe("metric-filters-alarmed", () => {
    for (const [title, resources, expected] of [
        ["says nothing of stacks without filters", [server, alarm("Stopped")], []],
        ["passes a filter that an alarm goes by", [filter(), alarm("Stopped")], ["pass stopped"]],
        [
            "passes a log group by its name",
            [filter({ logGroupName: "/keyward/trail" }), alarm("Stopped")],
            ["pass stopped"],
        ],
        [
            "passes a value that events carry",
            [filter({}, { value: "$.bytes" }), alarm("Stopped")],
            ["pass stopped"],
        ],
        [
            "passes a value written as a number",
            [filter({}, { value: 1 }), alarm("Stopped")],
            ["pass stopped"],
        ],
        [
            "fails a filter whose metric no alarm goes by",
            [filter(), alarm("Other")],
            ["fail stopped metricTransformation"],
        ],
        [
            "doubts it where the metric of an alarm is unknown",
            [filter(), alarm(unknown)],
            ["indeterminate stopped metricTransformation"],
        ],
        [
            "doubts a filter whose own metric is unknown",
            [filter({}, { name: unknown }), alarm("Stopped")],
            ["indeterminate stopped metricTransformation"],
        ],
        [
            "fails a filter that counts nothing",
            [filter({}, { value: "0" }), alarm("Stopped")],
            ["fail stopped metricTransformation.value"],
        ],
        [
            "doubts an unknown value",
            [filter({}, { value: unknown }), alarm("Stopped")],
            ["indeterminate stopped metricTransformation.value"],
        ],
        [
            "doubts a log group outside the stack",
            [filter({ logGroupName: "elsewhere" }), alarm("Stopped")],
            ["indeterminate stopped logGroupName"],
        ],
        [
            "fails a filter without a log group",
            [filter({ logGroupName: undefined }), alarm("Stopped")],
            ["fail stopped logGroupName"],
        ],
    ] as const) {
        it(title, () => {
            assert.deepEqual(verdicts(rule, [server, group, ...resources]), expected);
        });
    }

    it("names the metric that nobody watches", () => {
        assert.deepEqual(messages(rule, [server, group, filter(), alarm("Other")]), [
            'no alarm goes by the metric "Keyward" "Stopped", so its events are counted and nobody is told',
        ]);
    });
});

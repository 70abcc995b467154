import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { oncePerGraph } from "../reading/memo";
import { failed, settle, undecided } from "../reading/observations";
import { readNumber, readText, show } from "../reading/values";
import type { Observation, Rule } from "./rule";

const filterType = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** Every metric filter counts events of a log group of the stack, and an alarm goes by the count. */
export const metricFiltersAlarmed: Rule = {
    name: "metric-filters-alarmed",
    reads: [filterType, alarmType, TypeToken.LogGroup],
    *judge({ graph, scope }) {
        for (const filter of graph.ofType(filterType)) {
            if (scope.keyServers.length > 0 && scope.includes(filter)) {
                yield* settle(filter, [
                    ...judgeSource(graph, filter),
                    ...judgeValue(filter),
                    ...judgeAlarm(graph, filter),
                ]);
            }
        }
    },
};

function judgeSource(graph: GraphIndex, filter: RegisteredResource): readonly Observation[] {
    const path = ["logGroupName"];
    const { kind, value } = graph.reference(filter, path, [TypeToken.LogGroup]);
    if (kind === "resources") {
        return [];
    }
    if (kind === "absent") {
        return [failed(filter, path, "logGroupName is not set, so the filter sees no events")];
    }
    const message =
        kind === "foreign"
            ? `logGroupName is ${show(value)}, which is not in this stack: whether the events arrive there is not known`
            : "logGroupName is not known before deployment";
    return [undecided(filter, path, message)];
}

/** A metric that stays at zero crosses no threshold. */
function judgeValue(filter: RegisteredResource): readonly Observation[] {
    const path = ["metricTransformation", "value"];
    const text = readText(filter.properties, path);
    if (text.kind === "known" && text.value.startsWith("$")) {
        return [];
    }
    const value = readNumber(filter.properties, path);
    return value.kind === "known" && value.value > 0
        ? []
        : text.kind === "open"
          ? [undecided(filter, path, `metricTransformation.value ${text.why}`)]
          : [
                failed(
                    filter,
                    path,
                    `metricTransformation.value is ${text.kind === "known" ? show(text.value) : "not set"}, so an event counts for nothing`,
                ),
            ];
}

function judgeAlarm(graph: GraphIndex, filter: RegisteredResource): readonly Observation[] {
    const metric = metricOf(
        filter,
        ["metricTransformation", "namespace"],
        ["metricTransformation", "name"],
    );
    const path = ["metricTransformation"];
    if (metric === undefined) {
        return [
            undecided(
                filter,
                path,
                "the metric is not known, so whether an alarm goes by it is not either",
            ),
        ];
    }
    const { watched, isOpen } = watchedMetrics(graph);
    const name = metric.split("\n").map(show).join(" ");
    return watched.has(metric)
        ? []
        : isOpen
          ? [
                undecided(
                    filter,
                    path,
                    `whether an alarm goes by the metric ${name} is not known: the metric of an alarm is not`,
                ),
            ]
          : [
                failed(
                    filter,
                    path,
                    `no alarm goes by the metric ${name}, so its events are counted and nobody is told`,
                ),
            ];
}

const watchedMetrics = oncePerGraph((graph) => {
    const metrics = graph
        .ofType(alarmType)
        .map((alarm) => metricOf(alarm, ["namespace"], ["metricName"]));
    return {
        watched: new Set(metrics),
        isOpen: metrics.includes(undefined),
    };
});

/** Namespace and name; undefined where one is not known. */
function metricOf(
    { properties }: RegisteredResource,
    ...paths: readonly (readonly string[])[]
): string | undefined {
    const parts = paths.map((path) => readText(properties, path));
    return parts.some(({ kind }) => kind === "open")
        ? undefined
        : parts.map((part) => (part.kind === "known" ? part.value : "")).join("\n");
}

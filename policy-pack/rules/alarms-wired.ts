import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { isCallerOrSource } from "../reading/condition-keys";
import { policyAt } from "../reading/identity-policies";
import { chain } from "../reading/labels";
import { demandCustomerKey, keyReads } from "../reading/keys";
import { oncePerGraph } from "../reading/memo";
import { failed, passed, undecided } from "../reading/observations";
import { demandCondition, isForEverybody } from "../reading/statements";
import { readBoolean, readElements, readNumber, readText } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

const metricAlarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const alarmTypes = [metricAlarm, "aws:cloudwatch/compositeAlarm:CompositeAlarm"];
const topicType = "aws:sns/topic:Topic";
const subscriptionType = "aws:sns/topicSubscription:TopicSubscription";
const topicPolicyType = "aws:sns/topicPolicy:TopicPolicy";

/** Every key server has an alarm for its silence, and every alarm reaches an encrypted topic, over which nobody listens in clear text. */
export const alarmsWired: Rule = {
    name: "alarms-wired",
    reads: [
        ...alarmTypes,
        topicType,
        topicPolicyType,
        subscriptionType,
        TypeToken.Instance,
        ...keyReads,
    ],
    *judge(context) {
        const { graph, scope } = context;
        // Alarms of a stack with key servers are theirs, whoever else they watch.
        const isAsked = (resource: RegisteredResource): boolean =>
            scope.keyServers.length > 0 || scope.includes(resource);
        for (const alarm of graph.ofType(...alarmTypes).filter(isAsked)) {
            const found = judgeAlarm(graph, alarm);
            yield* found.length > 0 ? found : [passed(alarm)];
        }
        for (const topic of graph
            .ofType(topicType)
            .filter((one) => isAsked(one) && isAlarmTopic(graph, one))) {
            const found = judgeTopic(graph, topic);
            yield* found.length > 0 ? found : [passed(topic)];
        }
        for (const server of scope.keyServers.filter(({ type }) => type === TypeToken.Instance)) {
            yield judgeHeartbeat(context, server);
        }
    },
};

function judgeAlarm(graph: GraphIndex, alarm: RegisteredResource): readonly Observation[] {
    const enabled = readBoolean(alarm.properties, ["actionsEnabled"]);
    const actions = readElements(alarm.properties, ["alarmActions"]);
    const observations: Observation[] = [];
    if (enabled.kind === "open") {
        observations.push(undecided(alarm, ["actionsEnabled"], `actionsEnabled ${enabled.why}`));
    } else if (enabled.kind === "known" && !enabled.value) {
        observations.push(
            failed(alarm, ["actionsEnabled"], "actionsEnabled is false, so the alarm does nothing"),
        );
    }
    if (actions.kind === "absent") {
        observations.push(
            failed(alarm, ["alarmActions"], "alarmActions is not set, so the alarm tells nobody"),
        );
    }
    if (actions.kind === "open" && topicsOf(graph, alarm).length === 0) {
        observations.push(undecided(alarm, ["alarmActions"], `alarmActions ${actions.why}`));
    }
    return observations;
}

function judgeTopic(graph: GraphIndex, topic: RegisteredResource): readonly Observation[] {
    const observations = [
        ...demandCustomerKey(graph, topic, ["kmsMasterKeyId"]),
        ...judgePublishers(graph, topic),
    ];
    for (const subscription of graph.ofType(subscriptionType)) {
        const { resources } = graph.reference(subscription, ["topic"], [topicType]);
        const protocol = readText(subscription.properties, ["protocol"]);
        if (resources.includes(topic) && protocol.kind === "known" && protocol.value === "http") {
            observations.push(
                failed(
                    subscription,
                    ["protocol"],
                    `protocol is http: alarms travel in clear text (${chain(topic, subscription)})`,
                ),
            );
        }
    }
    return observations;
}

/** Whoever may publish to everybody's topic can drown an alarm, and whoever may subscribe reads it. */
function judgePublishers(graph: GraphIndex, topic: RegisteredResource): readonly Observation[] {
    const attached = graph
        .ofType(topicPolicyType)
        .filter((one) => graph.reference(one, ["arn"], [topicType]).resources.includes(topic));
    return [topic, ...attached]
        .map((resource) => policyAt(resource, ["policy"]))
        .filter((policy) => policy !== undefined)
        .flatMap((policy) =>
            policy.document.statements
                .filter((statement) => statement.effect === "Allow" && isForEverybody(statement))
                .flatMap((statement) =>
                    demandCondition(policy, statement, isCallerOrSource, {
                        wide: 'lets everybody ("*") in without a condition on the caller, such as aws:PrincipalAccount',
                        open: 'lets everybody ("*") in under conditions that are not known before deployment',
                        subject: "*",
                    }),
                ),
        );
}

function judgeHeartbeat(context: RuleContext, server: RegisteredResource): Observation {
    const longest = context.parameter<number>("heartbeatSilenceMinutes");
    const watching = alarmsByServer(context.graph).get(server) ?? [];
    const heartbeat = watching.find((alarm) => {
        const missing = readText(alarm.properties, ["treatMissingData"]);
        return missing.kind === "known" && missing.value === "breaching";
    });
    if (heartbeat === undefined) {
        return failed(
            server,
            [],
            "no alarm tells when the server falls silent: an alarm on one of its metrics must treat missing data as breaching",
            "heartbeat",
        );
    }
    const period = readNumber(heartbeat.properties, ["period"]);
    const periods = readNumber(heartbeat.properties, ["evaluationPeriods"]);
    if (period.kind !== "known" || periods.kind !== "known") {
        return undecided(
            heartbeat,
            ["evaluationPeriods"],
            "it is not known how long the server may be silent: period or evaluationPeriods cannot be read",
        );
    }
    const minutes = (period.value * periods.value) / 60;
    return minutes > longest
        ? failed(
              heartbeat,
              ["evaluationPeriods"],
              `the server may be silent for ${minutes} minutes before anybody is told, at most ${longest} are allowed (${chain(server, heartbeat)})`,
          )
        : passed(server);
}

function isAlarmTopic(graph: GraphIndex, topic: RegisteredResource): boolean {
    return alarmTopics(graph).has(topic);
}

const alarmTopics = oncePerGraph(
    (graph) => new Set(graph.ofType(...alarmTypes).flatMap((alarm) => topicsOf(graph, alarm))),
);

function topicsOf(graph: GraphIndex, alarm: RegisteredResource): readonly RegisteredResource[] {
    const actions = readElements(alarm.properties, ["alarmActions"]);
    const paths = actions.kind === "known" ? actions.value : [["alarmActions"]];
    return paths.flatMap((path) => {
        const { resources, value } = graph.reference(alarm, path, [topicType]);
        const name = typeof value === "string" ? (value.split(":").at(-1) ?? "") : "";
        return resources.length > 0
            ? resources
            : graph.identifiedBy(name).filter(({ type }) => type === topicType);
    });
}

const alarmsByServer = oncePerGraph((graph) => {
    const found = new Map<RegisteredResource, RegisteredResource[]>();
    for (const alarm of graph.ofType(metricAlarm)) {
        const { resources } = graph.reference(
            alarm,
            ["dimensions", "InstanceId"],
            [TypeToken.Instance],
        );
        for (const server of resources) {
            found.set(server, [...(found.get(server) ?? []), alarm]);
        }
    }
    return found;
});

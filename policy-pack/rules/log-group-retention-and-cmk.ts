import { TypeToken } from "../../aws/type-tokens";
import type { RegisteredResource } from "../graph/resource";
import { demandCustomerKey, keyAt, keyReads } from "../reading/keys";
import { judgeLogKey, usableLogKeys } from "../reading/log-keys";
import { deliveryStreamType, judgeStream } from "../reading/log-streams";
import { failed, settle, undecided } from "../reading/observations";
import { readBoolean, readNumber, readText, type Reading } from "../reading/values";
import type { Observation, Rule } from "./rule";

/** Log groups keep events long enough, under a key that CloudWatch Logs may use for nothing else, and survive the stack; streams that carry events on are under a key too. */
export const logGroupRetentionAndCmk: Rule = {
    name: "log-group-retention-and-cmk",
    reads: [TypeToken.LogGroup, deliveryStreamType, ...keyReads, TypeToken.KmsKeyPolicy],
    *judge(context) {
        const { graph, scope } = context;
        const shortest = context.parameter<number>("logRetentionDays");
        const keys = new Set<RegisteredResource>();
        for (const group of graph.ofType(TypeToken.LogGroup).filter((r) => scope.includes(r))) {
            yield* settle(group, [
                ...judgeRetention(group, shortest),
                ...demandCustomerKey(graph, group, ["kmsKeyId"]),
                ...judgeSurvival(group),
            ]);
            const key = keyAt(graph, group, ["kmsKeyId"]);
            if (key.kind === "resources") {
                usableLogKeys(graph, key.keys).forEach((found) => keys.add(found));
            }
        }
        for (const key of keys) {
            yield* judgeLogKey(graph, key);
        }
        for (const stream of graph.ofType(deliveryStreamType).filter((r) => scope.includes(r))) {
            yield* settle(stream, judgeStream(graph, stream));
        }
    },
    remediate: (resource, context) => {
        const shortest = context.parameter<number>("logRetentionDays");
        const retention = readNumber(resource.properties, ["retentionInDays"]);
        return resource.type === TypeToken.LogGroup &&
            retention.kind === "known" &&
            retention.value > 0 &&
            retention.value < shortest
            ? [{ path: ["retentionInDays"], value: shortest }]
            : [];
    },
};

function judgeRetention(group: RegisteredResource, shortest: number): readonly Observation[] {
    const retention = readNumber(group.properties, ["retentionInDays"]);
    const storage = readText(group.properties, ["logGroupClass"]);
    if (storage.kind === "known" && storage.value === "DELIVERY") {
        return [
            failed(
                group,
                ["logGroupClass"],
                "logGroupClass is DELIVERY, which keeps events for two days",
            ),
        ];
    }
    if (retention.kind === "open") {
        return [undecided(group, ["retentionInDays"], `retentionInDays ${retention.why}`)];
    }
    // 0 and nothing at all both mean for ever.
    return retention.kind === "known" && retention.value !== 0 && retention.value < shortest
        ? [
              failed(
                  group,
                  ["retentionInDays"],
                  `retentionInDays is ${retention.value}: events must be kept for at least ${shortest} days`,
              ),
          ]
        : [];
}

function judgeSurvival(group: RegisteredResource): readonly Observation[] {
    const settings: readonly Reading<boolean>[] = ["deletionProtectionEnabled", "skipDestroy"].map(
        (property) => readBoolean(group.properties, [property]),
    );
    if (
        group.options.protect ||
        group.options.retainOnDelete ||
        settings.some((setting) => setting.kind === "known" && setting.value)
    ) {
        return [];
    }
    const path = ["deletionProtectionEnabled"];
    const open = settings.find((setting) => setting.kind === "open");
    return open?.kind === "open"
        ? [undecided(group, path, `deletionProtectionEnabled or skipDestroy ${open.why}`)]
        : [
              failed(
                  group,
                  path,
                  "neither deletionProtectionEnabled nor skipDestroy nor protect is set, so the log goes with the stack",
              ),
          ];
}

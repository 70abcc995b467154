import { TypeToken } from "../../aws/type-tokens";
import { serversAtOnce } from "../../patching/quotas";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { gatesOf, installsList } from "../patch-plan/gates";
import { patchedServers } from "../patch-plan/read-plan";
import { failed, settle, undecided } from "../reading/observations";
import { isPatchDocument } from "../reading/patch-documents";
import { patchTaskReads, patchTasksOf, type PatchTask } from "../reading/patch-tasks";
import { serverReads } from "../reading/servers";
import { readText, show } from "../reading/values";
import type { Observation, Rule } from "./rule";

/** Patch tasks work on fewer servers at once than the cluster can lose, stop after few errors, and cancel the rest at the cutoff. */
export const maintenanceWindowKeepsQuorum: Rule = {
    name: "maintenance-window-keeps-quorum",
    reads: [...serverReads, ...patchTaskReads],
    *judge(context) {
        const { graph, scope } = context;
        const servers = patchedServers(graph, scope).length;
        const mostErrors = context.parameter<number>("patchMaximumErrors");
        const rings = gatesOf(graph).length > 0;
        for (const found of patchTasksOf(graph)) {
            if (scope.includes(found.task)) {
                const isCanary = rings && !installsList(graph, found);
                yield* settle(found.task, judgeTask(found, servers, isCanary ? 0 : mostErrors));
            }
        }
    },
    remediate: ({ type, properties }) => {
        const document = readText(properties, ["taskArn"]);
        const patches =
            type === TypeToken.MaintenanceWindowTask &&
            document.kind === "known" &&
            isPatchDocument(document.value);
        return !patches
            ? []
            : safest.flatMap(({ property, value }) => {
                  const found = readText(properties, [property]);
                  return found.kind === "open" || (found.kind === "known" && found.value === value)
                      ? []
                      : [{ path: [property], value }];
              });
    },
};

/** What is right for a cluster of any size. */
const safest = [
    { property: "maxConcurrency", value: "1" },
    { property: "maxErrors", value: "0" },
    { property: "cutoffBehavior", value: "CANCEL_TASK" },
] as const;

function judgeTask(
    { task }: PatchTask,
    servers: number,
    mostErrors: number,
): readonly Observation[] {
    const canLose = Math.max(1, Math.floor((servers - 1) / 2));
    return [
        ...atMost(
            task,
            "maxConcurrency",
            canLose,
            servers,
            `a cluster of ${servers} can lose ${canLose}`,
        ),
        ...atMost(
            task,
            "maxErrors",
            mostErrors,
            servers,
            `after ${mostErrors} failed servers no further one may be patched`,
        ),
        ...cancels(task),
    ];
}

function atMost(
    task: RegisteredResource,
    property: string,
    most: number,
    servers: number,
    why: string,
): readonly Observation[] {
    const path = [property];
    const text = readText(task.properties, path);
    if (text.kind === "open") {
        return [undecided(task, path, `${property} ${text.why}`)];
    }
    const count = text.kind === "known" ? serversAtOnce(text.value, servers) : NaN;
    return count <= most
        ? []
        : [
              failed(
                  task,
                  path,
                  `${property} ${text.kind === "known" ? `is ${show(text.value)}` : "is not set"}: ${why}`,
              ),
          ];
}

function cancels(task: RegisteredResource): readonly Observation[] {
    const path = ["cutoffBehavior"];
    const found = readText(task.properties, path);
    if (found.kind === "open") {
        return [undecided(task, path, `${formatPath(path)} ${found.why}`)];
    }
    return found.kind === "known" && found.value === "CANCEL_TASK"
        ? []
        : [
              failed(
                  task,
                  path,
                  `cutoffBehavior ${found.kind === "known" ? `is ${show(found.value)}` : "is not set"}: it must be "CANCEL_TASK", or patching goes on after the window`,
              ),
          ];
}

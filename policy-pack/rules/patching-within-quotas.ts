import { TypeToken } from "../../aws/type-tokens";
import {
    cannotFinish,
    nearQuota,
    quotas,
    serversAtOnce,
    windowsOpenAtOnce,
    type Quota,
} from "../../patching/quotas";
import { patchedServers, readPlan } from "../patch-plan/read-plan";
import { readWindow } from "../patch-plan/read-window";
import { planReads, stuck } from "../patch-plan/stuck";
import { failed, passed, settle } from "../reading/observations";
import { patchTasksOf } from "../reading/patch-tasks";
import { readElements, readText } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/** Fleets stay below the quotas of Systems Manager, and every window has time for its servers. */
export const patchingWithinQuotas: Rule = {
    name: "patching-within-quotas",
    reads: [...planReads, TypeToken.PatchGroup, TypeToken.ResourceDataSync, TypeToken.Role],
    *judge(context) {
        if (patchedServers(context.graph, context.scope).length === 0) {
            return;
        }
        const found = [...counts(context), ...baselines(context)];
        yield* found.length === 0 ? [{ verdict: "pass" as const }] : found;
        yield* windows(context);
        yield* tasks(context);
    },
};

/** What the stack has of what one account and region take; other stacks of the account add to it. */
function counts({ graph, scope, asOf }: RuleContext): readonly Observation[] {
    const open = graph.ofType(TypeToken.MaintenanceWindow).flatMap((window) => {
        const reading = readWindow(window);
        return reading.kind === "known" ? [reading.window] : [];
    });
    const used: readonly (readonly [number, Quota])[] = [
        [graph.ofType(TypeToken.MaintenanceWindow).length, quotas.maintenanceWindows],
        [windowsOpenAtOnce(open, asOf), quotas.concurrentWindows],
        [graph.ofType(TypeToken.PatchBaseline).length, quotas.patchBaselines],
        [graph.ofType(TypeToken.SsmAssociation).length, quotas.associations],
        [graph.ofType(TypeToken.ResourceDataSync).length, quotas.resourceDataSyncs],
        [patchedServers(graph, scope).length, quotas.managedNodes],
        [graph.ofType(TypeToken.Role).length, quotas.roles],
    ];
    return used.flatMap(([count, quota]) => {
        const near = nearQuota(count, quota);
        return near === undefined
            ? []
            : [{ verdict: "fail", message: `this stack has ${near}`, subject: quota.what }];
    });
}

function baselines({ graph }: RuleContext): readonly Observation[] {
    const groups = graph
        .ofType(TypeToken.PatchGroup)
        .flatMap(
            (group) => graph.reference(group, ["baselineId"], [TypeToken.PatchBaseline]).resources,
        );
    return graph.ofType(TypeToken.PatchBaseline).flatMap((baseline) => {
        const count = groups.filter((other) => other === baseline).length;
        const near = nearQuota(count, quotas.patchGroupsOfBaseline);
        return near === undefined
            ? []
            : [failed(baseline, [], `the baseline is close to a quota: ${near}`)];
    });
}

function windows({ graph, scope, asOf }: RuleContext): readonly Observation[] {
    const reading = readPlan(graph, scope, asOf);
    if (reading.kind === "open") {
        return [stuck(reading)];
    }
    if (reading.kind !== "plan") {
        return [];
    }
    const rings = [reading.plan.canary, ...reading.plan.production];
    return reading.rings.flatMap(({ window, tasks: own }, index) => {
        const ring = rings[index];
        const rates = own.map(({ task }) => readText(task.properties, ["maxConcurrency"]));
        return ring === undefined
            ? []
            : rates.map((rate): Observation => {
                  const atOnce =
                      rate.kind === "known" ? serversAtOnce(rate.value, ring.servers.length) : NaN;
                  const late = atOnce >= 1 ? cannotFinish(ring, atOnce) : undefined;
                  return late === undefined
                      ? passed(window)
                      : failed(window, ["duration"], late, "late");
              });
    });
}

function* tasks({ graph, scope }: RuleContext): Generator<Observation> {
    for (const { task } of patchTasksOf(graph).filter((found) => scope.includes(found.task))) {
        const targets = readElements(task.properties, ["targets"]);
        const count = targets.kind === "known" ? targets.value.length : 0;
        const near = nearQuota(count, quotas.targetsOfTask);
        yield* settle(
            task,
            near === undefined
                ? []
                : [failed(task, ["targets"], `the task is close to a quota: ${near}`)],
        );
    }
}

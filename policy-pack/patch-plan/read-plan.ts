import { launcherTypes, TypeToken } from "../../aws/type-tokens";
import {
    promotionAllowanceMinutes,
    scanAllowanceMinutes,
    type PatchingPlan,
} from "../../patching/patching-plan";
import { nextRun } from "../../patching/next-run";
import { rollOut } from "../../patching/rollout";
import type { GraphIndex } from "../graph/graph-index";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { Scope } from "../graph/scope";
import { patchTasksOf, taskReaches, type PatchTask } from "../reading/patch-tasks";
import { readBoolean } from "../reading/values";
import { gatesOf, installsList, type Gate } from "./gates";
import { readWindow } from "./read-window";
import { scheduleOfScan } from "./scans";

/** A window of the graph with its servers. */
export interface GraphRing {
    readonly window: RegisteredResource;
    readonly tasks: readonly PatchTask[];
    /** Key servers that its tasks reach. */
    readonly servers: readonly RegisteredResource[];
    /** Whether its tasks install a list only. */
    readonly gated: boolean;
}

/** How a stack is patched, as far as its graph tells. */
export type PlanReading =
    /** No window patches a key server. */
    | { readonly kind: "none" }
    /** Something that decides is not known, or cannot be. */
    | {
          readonly kind: "open" | "bad";
          readonly resource: RegisteredResource;
          readonly path: PropertyPath;
          readonly why: string;
      }
    | {
          readonly kind: "plan";
          /** With an approval delay of 0 days. */
          readonly plan: PatchingPlan;
          /** In the order of the plan's rings. */
          readonly rings: readonly GraphRing[];
          readonly gate: Gate | undefined;
      };

/** Key servers that are machines, and what launches several of them. */
export function patchedServers(graph: GraphIndex, scope: Scope): readonly RegisteredResource[] {
    return graph
        .ofType(TypeToken.Instance, TypeToken.SpotInstanceRequest, ...launcherTypes)
        .filter((server) => scope.includes(server));
}

/** Reads rings, schedules, soak and scan of a stack. `asOf` decides in which order production rings follow the canary. */
export function readPlan(graph: GraphIndex, scope: Scope, asOf: Date): PlanReading {
    const rings = graphRings(graph, scope);
    if (rings.length === 0) {
        return { kind: "none" };
    }
    const read = [];
    for (const ring of rings) {
        const reading = readWindow(ring.window);
        if (reading.kind !== "known") {
            const { kind, path, why } = reading;
            return { kind, resource: ring.window, path, why };
        }
        read.push({
            graph: ring,
            ring: {
                name: ring.window.name,
                servers: ring.servers.map(({ urn }) => urn),
                window: reading.window,
            },
        });
    }
    const gate = gatesOf(graph).find(({ installs }) => !installs);
    const first = read.find(({ graph: { gated } }) => !gated) ?? read[0];
    const others = read.filter((one) => one !== first);
    if (first === undefined) {
        return { kind: "none" };
    }
    const canaryOnly: PatchingPlan = {
        approvalDelayDays: 0,
        canary: first.ring,
        production: [],
        soakHours: gate?.soakHours ?? 0,
        scan: scheduleOfScan(graph, first.graph.servers[0]),
        scanAllowanceMinutes,
        promotionAllowanceMinutes: gate === undefined ? 0 : promotionAllowanceMinutes,
    };
    const ordered = orderAfterCanary(canaryOnly, others, asOf);
    return {
        kind: "plan",
        plan: { ...canaryOnly, production: ordered.map(({ ring }) => ring) },
        rings: [first.graph, ...ordered.map((one) => one.graph)],
        gate,
    };
}

type ReadRing = { readonly graph: GraphRing; readonly ring: PatchingPlan["canary"] };

/** Rings that wait for the canary come in the order of their first windows after a promotion. */
function orderAfterCanary(
    plan: PatchingPlan,
    rings: readonly ReadRing[],
    asOf: Date,
): readonly ReadRing[] {
    const starts = nextRun(plan.canary.window.schedule, asOf.getTime());
    if (starts === undefined) {
        return rings;
    }
    const probe = rollOut(
        rings[0] === undefined ? plan : { ...plan, production: [rings[0].ring] },
        starts,
    );
    const from = "waitingFor" in probe ? starts : probe.promoted;
    const first = ({ ring }: ReadRing): number => nextRun(ring.window.schedule, from) ?? Infinity;
    return [...rings].sort((a, b) => first(a) - first(b));
}

/** Enabled windows whose patch tasks reach key servers, in the order of the graph. */
function graphRings(graph: GraphIndex, scope: Scope): readonly GraphRing[] {
    const tasks = patchTasksOf(graph).filter(({ document }) => document.kind === "patches");
    const servers = patchedServers(graph, scope);
    const windows = graph.ofType(TypeToken.MaintenanceWindow).filter((window) => {
        const enabled = readBoolean(window.properties, ["enabled"]);
        return enabled.kind !== "known" || enabled.value;
    });
    return windows.flatMap((window) => {
        const own = tasks.filter((task) => task.windows.includes(window));
        const reached = servers.filter((server) =>
            own.some((task) => taskReaches(graph, task, server) === "yes"),
        );
        return reached.length === 0
            ? []
            : [
                  {
                      window,
                      tasks: own,
                      servers: reached,
                      gated: own.every((task) => installsList(graph, task)),
                  },
              ];
    });
}

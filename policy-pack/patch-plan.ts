import { parameter } from "../catalog/parameters";
import type { PatchPlan } from "../catalog/records/judged-stack";
import { recordPatchPlan } from "../patching/plan-record";
import type { GraphIndex } from "./graph/graph-index";
import type { Scope } from "./graph/scope";
import { approvalDelayDays } from "./patch-plan/approval-delay";
import { readPlan } from "./patch-plan/read-plan";
import { readText } from "./reading/values";

/**
 * The patch calendar of a stack with its worst case for critical patches; null for a stack without patching, and for one whose schedules
 * are not known: the policies say why.
 */
export function patchPlanOf(graph: GraphIndex, scope: Scope, asOf: Date): PatchPlan | null {
    const reading = readPlan(graph, scope, asOf);
    const delay = approvalDelayDays(graph, "Critical");
    if (reading.kind !== "plan" || delay === undefined) {
        return null;
    }
    const plan = { ...reading.plan, approvalDelayDays: delay };
    const production = reading.rings.slice(1);
    return recordPatchPlan(
        {
            plan,
            rings: [plan.canary, ...plan.production].map((ring, index) => ({
                ring,
                maxConcurrency: taskText(reading.rings[index]?.tasks, "maxConcurrency"),
                maxErrors: taskText(reading.rings[index]?.tasks, "maxErrors"),
            })),
            promotionGated:
                reading.gate !== undefined &&
                production.length > 0 &&
                production.every(({ gated }) => gated),
            deadlineDays: parameter("patchDeadlineCriticalDays").value,
        },
        asOf,
    );
}

function taskText(
    tasks: readonly { readonly task: { readonly properties: unknown } }[] | undefined,
    property: string,
): string {
    const text = readText(tasks?.[0]?.task.properties, [property]);
    return text.kind === "known" ? text.value : "";
}

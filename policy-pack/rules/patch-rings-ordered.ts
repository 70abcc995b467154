import { validatePatchingPlan } from "../../patching/validate-plan";
import type { RegisteredResource } from "../graph/resource";
import { gatesOf } from "../patch-plan/gates";
import { patchedServers, readPlan, type PlanReading } from "../patch-plan/read-plan";
import { planReads, stuck } from "../patch-plan/stuck";
import { failed, passed } from "../reading/observations";
import type { Observation, Rule, RuleContext } from "./rule";

/** Production follows the canary by at least the soak, at any time of the next two years; each server is in one ring. */
export const patchRingsOrdered: Rule = {
    name: "patch-rings-ordered",
    reads: planReads,
    *judge(context) {
        const { graph, scope, asOf } = context;
        const reading = readPlan(graph, scope, asOf);
        if (reading.kind === "open" || reading.kind === "bad") {
            yield stuck(reading);
        } else if (reading.kind === "plan") {
            // One server has nobody to prove patches for.
            const alone = patchedServers(graph, scope).length === 1 && reading.rings.length === 1;
            const found = alone ? [] : [...order(reading, context), ...soak(reading, context)];
            const [canary] = reading.rings;
            yield* found;
            if (found.length === 0 && canary !== undefined) {
                yield alone
                    ? { verdict: "not-applicable", resource: canary.window }
                    : passed(canary.window);
            }
        }
    },
};

type Plan = Extract<PlanReading, { kind: "plan" }>;

function order({ plan, rings }: Plan, { asOf, graph }: RuleContext): readonly Observation[] {
    return validatePatchingPlan(plan, asOf).map(({ propertyPath, reason }) => {
        const index = /^production\[(\d+)\]/.exec(propertyPath)?.[1];
        const window = rings[index === undefined ? 0 : Number(index) + 1]?.window;
        const named = namesOf(reason, graph);
        const subject = propertyPath.replace(/\[\d+\]/g, "");
        return window === undefined
            ? { verdict: "fail", message: named, subject }
            : failed(window, ["schedule"], named, subject);
    });
}

/** Servers of the plan are URNs; people know them by name. */
function namesOf(reason: string, graph: RuleContext["graph"]): string {
    return reason.replace(/urn:pulumi:\S+/g, (urn) => `"${graph.byUrn(urn)?.name ?? urn}"`);
}

function soak({ rings, gate }: Plan, context: RuleContext): readonly Observation[] {
    if (rings.length < 2) {
        return [];
    }
    const least = context.parameter<number>("patchSoakHours");
    const leastEmergency = context.parameter<number>("patchEmergencySoakHours");
    return [
        ...(gate === undefined ? [] : short(gate.document, gate.soakHours, least)),
        ...gatesOf(context.graph)
            .filter(({ installs }) => installs)
            .flatMap(({ document, soakHours }) => short(document, soakHours, leastEmergency)),
    ];
}

function short(document: RegisteredResource, hours: number, least: number): readonly Observation[] {
    return hours >= least
        ? []
        : [
              failed(
                  document,
                  ["content"],
                  `the document waits ${hours} hours before it decides on the canary, at least ${least} are asked for`,
                  "soak",
              ),
          ];
}

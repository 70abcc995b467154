import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { readElements, readNumber, readText } from "../reading/values";

/** Severities of Amazon Linux, worst first. */
export const patchSeverities = ["Critical", "Important", "Medium", "Low"] as const;
export type PatchSeverity = (typeof patchSeverities)[number];

/** Days until the slowest baseline approves a patch of a severity; undefined when a rule that may cover it does not tell. */
export function approvalDelayDays(graph: GraphIndex, severity: PatchSeverity): number | undefined {
    let slowest = 0;
    for (const baseline of graph.ofType(TypeToken.PatchBaseline)) {
        const rules = readElements(baseline.properties, ["approvalRules"]);
        if (rules.kind === "open") {
            return undefined;
        }
        const delays: number[] = [];
        for (const rule of rules.kind === "known" ? rules.value : []) {
            const covers = coversSeverity(baseline, rule, severity);
            const days = readNumber(baseline.properties, [...rule, "approveAfterDays"]);
            if (covers && days.kind === "open") {
                return undefined;
            }
            if (covers && days.kind === "known") {
                delays.push(days.value);
            }
        }
        // The first rule that lets a patch through approves it.
        slowest = Math.max(slowest, delays.length === 0 ? 0 : Math.min(...delays));
    }
    return slowest;
}

/** Whether an approval rule's filters let a severity through; filters that name none let all through. */
export function coversSeverity(
    baseline: RegisteredResource,
    rule: PropertyPath,
    severity: PatchSeverity,
): boolean {
    const filters = readElements(baseline.properties, [...rule, "patchFilters"]);
    return (filters.kind === "known" ? filters.value : []).every((filter) => {
        const key = readText(baseline.properties, [...filter, "key"]);
        if (key.kind !== "known" || key.value !== "SEVERITY") {
            return true;
        }
        const values = readElements(baseline.properties, [...filter, "values"]);
        return (
            values.kind !== "known" ||
            values.value.some((path) => {
                const value = readText(baseline.properties, path);
                return value.kind !== "known" || value.value === "*" || value.value === severity;
            })
        );
    });
}

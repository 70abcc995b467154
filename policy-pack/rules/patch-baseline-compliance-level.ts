import { TypeToken } from "../../aws/type-tokens";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { failed, settle, undecided } from "../reading/observations";
import { readAny, readElements, readText, show, type Reading } from "../reading/values";
import type { Observation, Rule } from "./rule";

const heavy = ["CRITICAL", "HIGH"];

/** Missing patches are reported as critical or high; available ones that nobody approved count where the system can tell. */
export const patchBaselineComplianceLevel: Rule = {
    name: "patch-baseline-compliance-level",
    reads: [TypeToken.PatchBaseline],
    *judge({ graph, scope }) {
        for (const baseline of graph.ofType(TypeToken.PatchBaseline)) {
            if (scope.includes(baseline)) {
                yield* settle(baseline, judgeBaseline(baseline));
            }
        }
    },
    remediate: ({ type, properties }) => {
        const rules = readElements(properties, ["approvalRules"]);
        if (type !== TypeToken.PatchBaseline || rules.kind !== "known") {
            return [];
        }
        return rules.value.flatMap((rule) => {
            const path = [...rule, "complianceLevel"];
            const found = readText(properties, path);
            const isSet = found.kind === "known" && heavy.includes(found.value);
            const isRule = readAny(properties, rule);
            return found.kind === "open" || isSet || !isObject(isRule)
                ? []
                : [{ path, value: "HIGH" }];
        });
    },
};

function isObject(found: Reading<unknown>): boolean {
    return found.kind === "known" && typeof found.value === "object";
}

function judgeBaseline(baseline: RegisteredResource): readonly Observation[] {
    const { properties } = baseline;
    const rules = readElements(properties, ["approvalRules"]);
    const approved = readElements(properties, ["approvedPatches"]);
    return [
        ...(rules.kind === "open"
            ? [undecided(baseline, ["approvalRules"], `approvalRules ${rules.why}`)]
            : []),
        ...(rules.kind === "known" ? rules.value : []).flatMap((rule) =>
            level(baseline, [...rule, "complianceLevel"], heavy),
        ),
        ...(approved.kind === "absent"
            ? []
            : level(baseline, ["approvedPatchesComplianceLevel"], heavy)),
        ...forWindows(baseline),
    ];
}

/** Windows is also what the provider takes where no system is named. */
function forWindows(baseline: RegisteredResource): readonly Observation[] {
    const path = ["operatingSystem"];
    const system = readText(baseline.properties, path);
    if (system.kind === "known" && system.value !== "WINDOWS") {
        return [];
    }
    const found = level(baseline, ["availableSecurityUpdatesComplianceStatus"], ["NON_COMPLIANT"]);
    return found.length > 0 && system.kind === "open"
        ? [undecided(baseline, path, `operatingSystem ${system.why}`)]
        : found;
}

function level(
    baseline: RegisteredResource,
    path: PropertyPath,
    allowed: readonly string[],
): readonly Observation[] {
    const found = readText(baseline.properties, path);
    const place = formatPath(path);
    if (found.kind === "open") {
        return [undecided(baseline, path, `${place} ${found.why}`)];
    }
    return found.kind === "known" && allowed.includes(found.value)
        ? []
        : [
              failed(
                  baseline,
                  path,
                  `${place} ${found.kind === "known" ? `is ${show(found.value)}` : "is not set"}: it must be ${allowed.join(" or ")}, or a missing patch reads as unimportant`,
              ),
          ];
}

import { TypeToken } from "../../aws/type-tokens";
import type { RegisteredResource } from "../graph/resource";
import { failed, settle, undecided } from "../reading/observations";
import { readElements, readText, show } from "../reading/values";
import type { Observation, Rule } from "./rule";

/** Every rejected or frozen patch is a finding that only a live exemption covers; what is rejected is blocked as a dependency too. */
export const patchBaselineRejectionsJustified: Rule = {
    name: "patch-baseline-rejections-justified",
    reads: [TypeToken.PatchBaseline],
    *judge({ graph, scope }) {
        for (const baseline of graph.ofType(TypeToken.PatchBaseline)) {
            if (scope.includes(baseline)) {
                yield* settle(baseline, [
                    ...patches(baseline, "rejectedPatches", "is rejected"),
                    ...patches(baseline, "approvedPatches", "is frozen at one version"),
                    ...blocking(baseline),
                ]);
            }
        }
    },
};

function patches(
    baseline: RegisteredResource,
    property: string,
    what: string,
): readonly Observation[] {
    const list = readElements(baseline.properties, [property]);
    if (list.kind !== "known") {
        return list.kind === "open"
            ? [undecided(baseline, [property], `${property} ${list.why}`)]
            : [];
    }
    return list.value.map((path) => {
        const patch = readText(baseline.properties, path);
        return patch.kind === "known"
            ? failed(
                  baseline,
                  [property],
                  `the patch ${show(patch.value)} ${what}: it must have an exemption with a reason and an end`,
                  patch.value,
              )
            : undecided(baseline, path, `a patch of ${property} is not known before deployment`);
    });
}

function blocking(baseline: RegisteredResource): readonly Observation[] {
    const path = ["rejectedPatchesAction"];
    const action = readText(baseline.properties, path);
    if (action.kind === "open") {
        return [undecided(baseline, path, `rejectedPatchesAction ${action.why}`)];
    }
    return action.kind === "known" && action.value === "BLOCK"
        ? []
        : [
              failed(
                  baseline,
                  path,
                  `rejectedPatchesAction ${action.kind === "known" ? `is ${show(action.value)}` : "is not set"}: it must be "BLOCK", or rejected patches come in as dependencies`,
              ),
          ];
}

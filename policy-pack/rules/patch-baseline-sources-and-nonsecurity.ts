import { TypeToken } from "../../aws/type-tokens";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { failed, settle, undecided } from "../reading/observations";
import { readBoolean, readElements, readText } from "../reading/values";
import type { Observation, Rule } from "./rule";

/** Patch sources are read over https with signature checks; other than security updates come only as configured. */
export const patchBaselineSourcesAndNonsecurity: Rule = {
    name: "patch-baseline-sources-and-nonsecurity",
    reads: [TypeToken.PatchBaseline],
    *judge(context) {
        const { graph, scope } = context;
        const wanted = context.parameter<boolean>("patchNonSecurity");
        for (const baseline of graph.ofType(TypeToken.PatchBaseline)) {
            if (scope.includes(baseline)) {
                yield* settle(baseline, [...sources(baseline), ...others(baseline, wanted)]);
            }
        }
    },
};

function sources(baseline: RegisteredResource): readonly Observation[] {
    const list = readElements(baseline.properties, ["sources"]);
    if (list.kind === "open") {
        return [undecided(baseline, ["sources"], `sources ${list.why}`)];
    }
    return (list.kind === "known" ? list.value : []).flatMap((source) => {
        const path = [...source, "configuration"];
        const text = readText(baseline.properties, path);
        const place = formatPath(path);
        if (text.kind !== "known") {
            return [
                text.kind === "open"
                    ? undecided(baseline, path, `${place} ${text.why}`)
                    : failed(baseline, path, `${place} is not set`),
            ];
        }
        return weaknesses(text.value).map((weakness) =>
            failed(baseline, path, `${place} ${weakness}`, weakness),
        );
    });
}

/** What is weak in a repository's configuration: of dnf, or a line of apt. */
function weaknesses(text: string): readonly string[] {
    const isApt = /^\s*(deb|Types:)/m.test(text);
    return [
        ...(/\b(http|ftp|file):\/\//.test(text) ? ["reads packages without TLS"] : []),
        ...(!isApt && !/^\s*gpgcheck\s*=\s*(1|true|yes)\s*$/im.test(text)
            ? ["does not check signatures (gpgcheck=1)"]
            : []),
        ...(isApt && /\b(trusted|allow-insecure)\s*[=:]\s*yes\b/i.test(text)
            ? ["takes packages without a signature"]
            : []),
        ...(isApt && !/signed-by\s*[=:]/i.test(text)
            ? ["names no key that packages are signed by (signed-by)"]
            : []),
    ];
}

function others(baseline: RegisteredResource, wanted: boolean): readonly Observation[] {
    const rules = readElements(baseline.properties, ["approvalRules"]);
    const paths: readonly PropertyPath[] = [
        ["approvedPatchesEnableNonSecurity"],
        ...(rules.kind === "known" ? rules.value : []).map((rule) => [
            ...rule,
            "enableNonSecurity",
        ]),
    ];
    return paths.flatMap((path) => {
        const found = readBoolean(baseline.properties, path);
        const value = found.kind === "known" ? found.value : false;
        const isApprovals = path.length === 1 && found.kind === "absent";
        if (found.kind === "open") {
            return [undecided(baseline, path, `${formatPath(path)} ${found.why}`)];
        }
        return value === wanted || isApprovals
            ? []
            : [
                  failed(
                      baseline,
                      path,
                      `${formatPath(path)} is ${String(value)}: updates that are not security updates must be ${wanted ? "installed" : "left out"}`,
                  ),
              ];
    });
}

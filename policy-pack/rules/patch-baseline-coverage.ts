import { coversProduct, requiredCombinations, type PatchDemand } from "../../aws/patch-filters";
import { TypeToken } from "../../aws/type-tokens";
import { operatingSystems } from "../../catalog/operating-systems";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { failed, settle, undecided } from "../reading/observations";
import { readElements, readText, show, type Reading } from "../reading/values";
import type { Observation, Rule } from "./rule";

/** `open`: whether the filters let the patch through is not known. */
type Coverage = "yes" | "no" | "open";

/** A patch as filters see it: filter key → value. */
type Combination = Readonly<Record<string, string>>;

/** The approval rules of a baseline together approve every security patch that matters, for a system that key servers run. */
export const patchBaselineCoverage: Rule = {
    name: "patch-baseline-coverage",
    reads: [TypeToken.PatchBaseline],
    *judge(context) {
        const { graph, scope } = context;
        const demand: PatchDemand = {
            classifications: context.parameter("patchClassifications"),
            severities: context.parameter("patchSeverities"),
            priorities: context.parameter("patchPriorities"),
        };
        for (const baseline of graph.ofType(TypeToken.PatchBaseline)) {
            if (scope.includes(baseline)) {
                yield* settle(baseline, decide(baseline, demand));
            }
        }
    },
};

function decide(baseline: RegisteredResource, demand: PatchDemand): readonly Observation[] {
    const system = readText(baseline.properties, ["operatingSystem"]);
    if (system.kind === "open") {
        return [undecided(baseline, ["operatingSystem"], `operatingSystem ${system.why}`)];
    }
    // The provider takes WINDOWS where nothing is said.
    const name = system.kind === "known" ? system.value : "WINDOWS";
    const combinations = requiredCombinations(name, demand);
    if (combinations === undefined) {
        const message = `operatingSystem is ${show(name)}, whose patches are not known here`;
        return [undecided(baseline, ["operatingSystem"], message)];
    }
    const rules = readElements(baseline.properties, ["approvalRules"]);
    const path = ["approvalRules"];
    if (rules.kind === "open") {
        return [undecided(baseline, path, `approvalRules ${rules.why}`)];
    }
    if (rules.kind === "absent") {
        return [failed(baseline, path, "approvalRules is empty, so no patch is ever approved")];
    }
    const products = operatingSystems
        .filter(({ patchBaselineName }) => patchBaselineName === name)
        .map(({ patchProduct }) => patchProduct);
    const perProduct = (products.length > 0 ? products : [undefined]).map((product) =>
        uncovered(baseline, rules.value, combinations, product),
    );
    const best = perProduct.reduce((a, b) => (rank(b) < rank(a) ? b : a));
    return report(baseline, best);
}

interface Uncovered {
    readonly product: string | undefined;
    readonly missing: readonly Combination[];
    readonly open: readonly Combination[];
}

function rank({ missing, open }: Uncovered): number {
    return missing.length * 1000 + open.length;
}

function uncovered(
    baseline: RegisteredResource,
    rules: readonly PropertyPath[],
    combinations: readonly Combination[],
    product: string | undefined,
): Uncovered {
    const coverage = combinations.map((combination) => {
        const globally = passes(baseline, ["globalFilters"], combination, product);
        const byRules = rules.map((rule) =>
            passes(baseline, [...rule, "patchFilters"], combination, product),
        );
        const approved = byRules.includes("yes") ? "yes" : byRules.includes("open") ? "open" : "no";
        const both = [globally, approved];
        const verdict = both.includes("no") ? "no" : both.includes("open") ? "open" : "yes";
        return { combination, verdict };
    });
    const having = (wanted: Coverage): readonly Combination[] =>
        coverage.filter(({ verdict }) => verdict === wanted).map(({ combination }) => combination);
    return { product, missing: having("no"), open: having("open") };
}

function report(
    baseline: RegisteredResource,
    { product, missing, open }: Uncovered,
): readonly Observation[] {
    const path = ["approvalRules"];
    const of = product === undefined ? "" : ` of ${product}`;
    const list = (combinations: readonly Combination[]): string =>
        combinations.map((combination) => Object.values(combination).join("/")).join(", ");
    if (missing.length > 0) {
        const message = `no approval rule covers the patches ${list(missing)}${of}`;
        return [failed(baseline, path, message, list(missing))];
    }
    return open.length > 0
        ? [
              undecided(
                  baseline,
                  path,
                  `whether an approval rule covers the patches ${list(open)}${of} is not known before deployment`,
                  list(open),
              ),
          ]
        : [];
}

/** Whether a list of filters, all of which must agree, lets a patch through. A filter that asks for anything else does not. */
function passes(
    baseline: RegisteredResource,
    path: PropertyPath,
    combination: Combination,
    product: string | undefined,
): Coverage {
    const filters = readElements(baseline.properties, path);
    if (filters.kind !== "known") {
        return filters.kind === "open" ? "open" : "yes";
    }
    const verdicts = filters.value.map((filter) =>
        passesFilter(baseline, filter, combination, product),
    );
    return verdicts.includes("no") ? "no" : verdicts.includes("open") ? "open" : "yes";
}

function passesFilter(
    baseline: RegisteredResource,
    filter: PropertyPath,
    combination: Combination,
    product: string | undefined,
): Coverage {
    const key = readText(baseline.properties, [...filter, "key"]);
    const values = readElements(baseline.properties, [...filter, "values"]);
    if (key.kind !== "known" || values.kind !== "known") {
        return "open";
    }
    const readings = values.value.map((path) => readText(baseline.properties, path));
    const letsThrough = (value: string): boolean => {
        if (value === "*") {
            return true;
        }
        return key.value === "PRODUCT"
            ? product === undefined || coversProduct(value, product)
            : combination[key.value] === value;
    };
    return anyOf(readings, letsThrough);
}

function anyOf(readings: readonly Reading<string>[], test: (value: string) => boolean): Coverage {
    if (readings.some((reading) => reading.kind === "known" && test(reading.value))) {
        return "yes";
    }
    return readings.some(({ kind }) => kind === "open") ? "open" : "no";
}

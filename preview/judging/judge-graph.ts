import type { Assumption, JudgedStack, Remediation } from "../../catalog/records/judged-stack";
import {
    defaultConfiguration,
    parseConfiguration,
    type PackConfiguration,
} from "../../policy-pack/configuration/read-configuration";
import { parseExemptions } from "../../policy-pack/exemptions/read-exemptions";
import type { RegisteredResource } from "../../policy-pack/graph/resource";
import { judgeStack } from "../../policy-pack/judge";
import { isJudged, readWireResource } from "../../policy-pack/graph/wire-resource";
import type { SavedResource } from "../graph/saved-resource";
import type { PackVerdicts } from "../packs/pack-verdicts";
import { readText } from "../project/yaml-file";
import type { JudgingFiles } from "./judging-files";

/** What is judged. */
export interface JudgedGraph {
    readonly resources: readonly RegisteredResource[];
    readonly project: string;
    readonly stack: string;
    readonly assumptions: readonly Assumption[];
    /** What level `remediate` changed in the resources. */
    readonly remediations?: readonly Remediation[];
}

/** Reads how to judge. Exemptions of both files hold. Throws `InputError` with all problems of the first bad file. */
export function readJudging(files: JudgingFiles): PackConfiguration {
    const configuration =
        files.policyConfig === undefined
            ? defaultConfiguration
            : parseConfiguration(
                  readText(files.policyConfig, "the policy configuration"),
                  files.policyConfig,
              );
    const exemptions =
        files.exemptions === undefined
            ? []
            : parseExemptions(readText(files.exemptions, "the exemptions"), files.exemptions);
    return { ...configuration, exemptions: [...configuration.exemptions, ...exemptions] };
}

/** Judges a graph with Keyward's own pack; what other packs said of it counts as looked at. */
export function judgeGraph(
    graph: JudgedGraph,
    { policies, scope, exemptions }: PackConfiguration,
    asOf: Date,
    others: readonly PackVerdicts[] = [],
): JudgedStack {
    const judgedElsewhere = others.flatMap(({ judged }) => judged);
    return judgeStack({
        ...graph,
        asOf,
        scope,
        configuration: policies,
        exemptions,
        judgedElsewhere,
    });
}

/** Reads what a program registered into what policies judge; what it only reads (`.get()`) is left out, as the engine leaves it out. */
export function readResources(saved: readonly SavedResource[]): readonly RegisteredResource[] {
    return saved.filter(isJudged).map((resource) => readWireResource(resource));
}

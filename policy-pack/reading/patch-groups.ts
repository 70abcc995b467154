import { TypeToken } from "../../aws/type-tokens";
import { operatingSystems } from "../../catalog/operating-systems";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { readText, show } from "./values";

/** What the patch groups of a stack say of one group's name. */
export type PatchGroupMapping =
    | { readonly kind: "baselines"; readonly baselines: readonly RegisteredResource[] }
    | { readonly kind: "unmapped" }
    | { readonly kind: "open"; readonly why: string };

const patchedSystems: readonly string[] = operatingSystems.map(
    ({ patchBaselineName }) => patchBaselineName,
);

/** The baselines that a patch group is mapped to. */
export function mappingOf(graph: GraphIndex, patchGroup: string): PatchGroupMapping {
    const mappings = graph.ofType(TypeToken.PatchGroup).map((resource) => ({
        resource,
        name: readText(resource.properties, ["patchGroup"]),
    }));
    const mapped = mappings.filter(
        ({ name }) => name.kind === "known" && name.value === patchGroup,
    );
    if (mapped.length === 0) {
        const doubt = mappings.find(({ name }) => name.kind === "open");
        return doubt === undefined
            ? { kind: "unmapped" }
            : {
                  kind: "open",
                  why: `the patch group of "${doubt.resource.name}" is not known before deployment`,
              };
    }
    return baselinesOf(
        graph,
        mapped.map(({ resource }) => resource),
    );
}

/** The baselines that this stack makes the account's default. */
export function defaultBaselines(graph: GraphIndex): readonly RegisteredResource[] {
    return graph
        .ofType(TypeToken.DefaultPatchBaseline)
        .flatMap(
            (resource) =>
                graph.reference(resource, ["baselineId"], [TypeToken.PatchBaseline]).resources,
        );
}

/** Whether a baseline is for a system that key servers run; `why` is a clause that says why not. */
export type Suitability =
    { readonly kind: "suits" } | { readonly kind: "wrong" | "open"; readonly why: string };

/** Judges a baseline by its operating system. */
export function suitabilityOf(baseline: RegisteredResource): Suitability {
    const system = readText(baseline.properties, ["operatingSystem"]);
    if (system.kind === "open") {
        return {
            kind: "open",
            why: `the operating system of the baseline "${baseline.name}" ${system.why}`,
        };
    }
    const name = system.kind === "known" ? system.value : "WINDOWS";
    return patchedSystems.includes(name)
        ? { kind: "suits" }
        : {
              kind: "wrong",
              why: `the baseline "${baseline.name}" is for ${name}, which no key server runs`,
          };
}

function baselinesOf(
    graph: GraphIndex,
    mappings: readonly RegisteredResource[],
): PatchGroupMapping {
    const references = mappings.map((resource) => ({
        resource,
        reference: graph.reference(resource, ["baselineId"], [TypeToken.PatchBaseline]),
    }));
    const baselines = references.flatMap(({ reference }) => reference.resources);
    if (baselines.length > 0) {
        return { kind: "baselines", baselines };
    }
    const [first] = references;
    const value = first?.reference.value;
    return {
        kind: "open",
        why: `the baseline of "${first?.resource.name}" is ${value === undefined ? "not known" : show(value)}, not one of this stack`,
    };
}

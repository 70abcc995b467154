import {
    AnalyzeRequest,
    AnalyzerPropertyDependencies,
    AnalyzerProviderResource,
    AnalyzerResource,
    AnalyzerResourceOptions,
    AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { jsonToStruct } from "../../policy-pack/adapter/struct";
import type { WireResource } from "../../policy-pack/graph/wire-resource";
import { wireProperties } from "./wire-properties";

/** A resource with what only some sources of a graph know. */
export type AnalyzedResource = WireResource & {
    readonly additionalSecretOutputs?: readonly string[];
};

/** Resources by URN, to find a resource's provider. */
export type ResourcesByUrn = ReadonlyMap<string, AnalyzedResource>;

/** What the engine asks a pack about one resource: its inputs. */
export function analyzeRequest(resource: AnalyzedResource, graph: ResourcesByUrn): AnalyzeRequest {
    const request = new AnalyzeRequest();
    request.setUrn(resource.urn);
    request.setType(resource.type);
    request.setName(nameOf(resource.urn));
    request.setProperties(jsonToStruct(wireProperties(resource.inputs)));
    request.setOptions(optionsOf(resource));
    request.setProvider(providerOf(resource, graph));
    return request;
}

/** What the engine asks a pack about a whole stack: outputs, which at preview are the inputs as far as they are known. */
export function analyzeStackRequest(
    resources: readonly AnalyzedResource[],
    graph: ResourcesByUrn,
): AnalyzeStackRequest {
    const request = new AnalyzeStackRequest();
    request.setResourcesList(resources.map((resource) => analyzerResource(resource, graph)));
    return request;
}

function analyzerResource(resource: AnalyzedResource, graph: ResourcesByUrn): AnalyzerResource {
    const message = new AnalyzerResource();
    message.setUrn(resource.urn);
    message.setType(resource.type);
    message.setName(nameOf(resource.urn));
    message.setProperties(jsonToStruct(wireProperties(resource.outputs ?? resource.inputs)));
    message.setOptions(optionsOf(resource));
    message.setProvider(providerOf(resource, graph));
    message.setParent(resource.parent ?? "");
    message.setDependenciesList([...(resource.dependencies ?? [])]);
    for (const [property, urns] of Object.entries(resource.propertyDependencies ?? {})) {
        // The engine names only properties that depend on something.
        if (urns.length === 0) {
            continue;
        }
        const dependencies = new AnalyzerPropertyDependencies();
        dependencies.setUrnsList([...urns]);
        message.getPropertydependenciesMap().set(property, dependencies);
    }
    return message;
}

function optionsOf(resource: AnalyzedResource): AnalyzerResourceOptions {
    const options = new AnalyzerResourceOptions();
    options.setProtect(resource.protect ?? false);
    options.setParent(resource.parent ?? "");
    options.setIgnorechangesList([...(resource.ignoreChanges ?? [])]);
    options.setAliasesList([...(resource.aliases ?? [])]);
    options.setAdditionalsecretoutputsList([...(resource.additionalSecretOutputs ?? [])]);
    options.setDeletebeforereplace(resource.deleteBeforeReplace ?? false);
    options.setDeletebeforereplacedefined(resource.deleteBeforeReplace !== undefined);
    return options;
}

/** Components have no provider. A reference to a provider is its URN, `::` and its id. */
function providerOf(
    { provider }: AnalyzedResource,
    graph: ResourcesByUrn,
): AnalyzerProviderResource | undefined {
    if (provider === undefined || provider === "") {
        return undefined;
    }
    const urn = provider.split("::").slice(0, 4).join("::");
    const message = new AnalyzerProviderResource();
    message.setUrn(urn);
    message.setType(urn.split("::")[2]?.split("$").at(-1) ?? "");
    message.setName(urn.split("::")[3] ?? "");
    message.setProperties(jsonToStruct(wireProperties(graph.get(urn)?.inputs)));
    return message;
}

/** A name may itself hold `::`. */
function nameOf(urn: string): string {
    return urn.split("::").slice(3).join("::");
}

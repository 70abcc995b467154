import type {
    AnalyzeRequest,
    AnalyzerResource,
    AnalyzerResourceOptions,
} from "@pulumi/pulumi/proto/analyzer_pb";
import type { WireResource } from "../graph/wire-resource";
import { structToJson } from "./struct";

/** A resource that is about to be created or updated: its inputs, after the provider filled in defaults. */
export function readAnalyzeRequest(request: AnalyzeRequest): WireResource {
    const options = request.getOptions();
    return {
        urn: request.getUrn(),
        type: request.getType(),
        inputs: structToJson(request.getProperties()),
        parent: options?.getParent() ?? "",
        provider: request.getProvider()?.getUrn() ?? "",
        ...readOptions(options),
    };
}

/** A resource at the end of a preview or update: its outputs, with what it depends on. */
export function readAnalyzerResource(resource: AnalyzerResource): WireResource {
    const propertyDependencies: [string, readonly string[]][] = [];
    resource.getPropertydependenciesMap().forEach((dependencies, property) => {
        propertyDependencies.push([property, dependencies.getUrnsList()]);
    });
    return {
        urn: resource.getUrn(),
        type: resource.getType(),
        outputs: structToJson(resource.getProperties()),
        parent: resource.getParent(),
        provider: resource.getProvider()?.getUrn() ?? "",
        dependencies: resource.getDependenciesList(),
        propertyDependencies: Object.fromEntries(propertyDependencies),
        ...readOptions(resource.getOptions()),
    };
}

function readOptions(
    options: AnalyzerResourceOptions | undefined,
): Pick<WireResource, "protect" | "ignoreChanges" | "aliases" | "deleteBeforeReplace"> {
    if (options === undefined) {
        return {};
    }
    return {
        protect: options.getProtect(),
        ignoreChanges: options.getIgnorechangesList(),
        aliases: options.getAliasesList(),
        ...(options.getDeletebeforereplacedefined()
            ? { deleteBeforeReplace: options.getDeletebeforereplace() }
            : {}),
    };
}

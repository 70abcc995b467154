import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import {
    ReadResourceRequest,
    RegisterResourceOutputsRequest,
    RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { compareTexts } from "../../policy-pack/judging/order";
import type { SavedResource } from "../graph/saved-resource";
import { childUrn } from "../protocol/urn";

/** A registration, and what of it no graph keeps but the evaluation needs. */
export interface Registration {
    readonly resource: SavedResource;
    /** Version of the provider that the program asks for; "" for any. */
    readonly version: string;
    /** A component whose children another program makes, so that they are not seen. */
    readonly remote: boolean;
}

/** Reads a registration as the SDK sends it to the engine. */
export function readRegistration(urn: string, message: Uint8Array): Registration {
    const request = RegisterResourceRequest.deserializeBinary(message);
    const ignoreChanges = request.getIgnorechangesList();
    const aliases = aliasUrns(request, urn);
    const secretOutputs = request.getAdditionalsecretoutputsList();
    const replaceOnChanges = request.getReplaceonchangesList();
    const resource: SavedResource = {
        urn,
        custom: request.getCustom(),
        type: request.getType(),
        inputs: properties(request.getObject()),
        ...(request.getParent() === "" ? {} : { parent: request.getParent() }),
        ...(request.getProvider() === "" ? {} : { provider: request.getProvider() }),
        dependencies: request.getDependenciesList().sort(compareTexts),
        propertyDependencies: propertyDependencies(request),
        ...(request.getProtect() === true ? { protect: true } : {}),
        ...(request.getRetainondelete() === true ? { retainOnDelete: true } : {}),
        ...(request.getDeletebeforereplacedefined()
            ? { deleteBeforeReplace: request.getDeletebeforereplace() }
            : {}),
        ...(ignoreChanges.length === 0 ? {} : { ignoreChanges }),
        ...(aliases.length === 0 ? {} : { aliases }),
        ...(request.getImportid() === "" ? {} : { importID: request.getImportid() }),
        ...(secretOutputs.length === 0 ? {} : { additionalSecretOutputs: secretOutputs }),
        ...(replaceOnChanges.length === 0 ? {} : { replaceOnChanges }),
    };
    return { resource, version: request.getVersion(), remote: request.getRemote() };
}

/** Reads the request that `.get()` and stack references make. */
export function readReadRequest(urn: string, message: Uint8Array): Registration {
    const request = ReadResourceRequest.deserializeBinary(message);
    const resource: SavedResource = {
        urn,
        custom: true,
        external: true,
        type: request.getType(),
        id: request.getId(),
        inputs: properties(request.getProperties()),
        ...(request.getParent() === "" ? {} : { parent: request.getParent() }),
        ...(request.getProvider() === "" ? {} : { provider: request.getProvider() }),
        dependencies: request.getDependenciesList().sort(compareTexts),
        propertyDependencies: {},
    };
    return { resource, version: request.getVersion(), remote: false };
}

/** Reads the outputs that a component or the stack registers. */
export function readOutputs(message: Uint8Array): Readonly<Record<string, unknown>> {
    return properties(RegisterResourceOutputsRequest.deserializeBinary(message).getOutputs());
}

/** Plain JSON with the engine's marks for unknown and secret values. */
export function properties(struct: Struct | undefined): Readonly<Record<string, unknown>> {
    return struct?.toJavaScript() ?? {};
}

function propertyDependencies(
    request: RegisterResourceRequest,
): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries(
        request
            .getPropertydependenciesMap()
            .toArray()
            .map(([property]): [string, readonly string[]] => [
                property,
                (request.getPropertydependenciesMap().get(property)?.getUrnsList() ?? []).sort(
                    compareTexts,
                ),
            ]),
    );
}

/** Former URNs of a resource. What an alias leaves out is as it is now. */
function aliasUrns(request: RegisterResourceRequest, urn: string): string[] {
    const [prefix = "", project = ""] = urn.split("::");
    const stack = prefix.replace("urn:pulumi:", "");
    const specified = request.getAliasesList().map((alias) => {
        const spec = alias.getSpec();
        return spec === undefined
            ? alias.getUrn()
            : childUrn(
                  { project: spec.getProject() || project, stack: spec.getStack() || stack },
                  spec.getNoparent() ? "" : spec.getParenturn() || request.getParent(),
                  spec.getType() || request.getType(),
                  spec.getName() || request.getName(),
              );
    });
    return [...request.getAliasurnsList(), ...specified];
}

import type { WireResource } from "../../policy-pack/graph/wire-resource";

/** A resource as a saved graph writes it: a version 3 deployment's, with what only a registration knows. */
export interface SavedResource extends WireResource {
    readonly custom: boolean;
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly importID?: string;
    readonly additionalSecretOutputs?: readonly string[];
    readonly replaceOnChanges?: readonly string[];
}

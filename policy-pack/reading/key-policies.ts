import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { policyAt, type WrittenPolicy } from "./identity-policies";

/** The policy of a key: a KeyPolicy resource of this stack, which replaces the key's own, else that; undefined when neither states one. */
export function keyPolicyOf(graph: GraphIndex, key: RegisteredResource): WrittenPolicy | undefined {
    const attached = graph
        .ofType(TypeToken.KmsKeyPolicy)
        .filter((policy) => graph.reference(policy, ["keyId"], [key.type]).resources.includes(key));
    const [replacing] = attached;
    return replacing === undefined ? policyAt(key, ["policy"]) : policyAt(replacing, ["policy"]);
}

import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import { keyAt } from "./keys";
import { readBoolean } from "./values";

/** Whether this stack makes EBS encrypt every new volume of the account and region. */
export function encryptsByDefault(graph: GraphIndex): boolean {
    return graph.ofType(TypeToken.EncryptionByDefault).some((resource) => {
        const enabled = readBoolean(resource.properties, ["enabled"]);
        return enabled.kind === "absent" || (enabled.kind === "known" && enabled.value);
    });
}

/** Whether this stack makes a customer's key the account's default key of EBS. */
export function hasCustomerDefaultKey(graph: GraphIndex): boolean {
    return graph
        .ofType(TypeToken.DefaultKmsKey)
        .some((resource) =>
            ["resources", "foreign"].includes(keyAt(graph, resource, ["keyArn"]).kind),
        );
}

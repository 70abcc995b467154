import { matchesPattern } from "../../aws/action-pattern";
import { TypeToken } from "../../aws/type-tokens";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { accountOf, homeAccounts } from "./accounts";
import { policyAt, type WrittenPolicy } from "./identity-policies";

/** The policy of a key: a KeyPolicy resource of this stack, which replaces the key's own, else that; undefined when neither states one. */
export function keyPolicyOf(graph: GraphIndex, key: RegisteredResource): WrittenPolicy | undefined {
    const attached = graph
        .ofType(TypeToken.KmsKeyPolicy)
        .filter((policy) => graph.reference(policy, ["keyId"], [key.type]).resources.includes(key));
    const [replacing] = attached;
    return replacing === undefined ? policyAt(key, ["policy"]) : policyAt(replacing, ["policy"]);
}

/**
 * The accounts that a key belongs to. AWS KMS takes no policy that bars its own account, so one account that alone may change the policy is the owner.
 * Empty where nothing shows one.
 */
export function ownersOfKey(graph: GraphIndex, { document }: WrittenPolicy): ReadonlySet<string> {
    const home = homeAccounts(graph);
    if (home.size > 0) {
        return home;
    }
    const administrators = document.statements
        .filter(
            ({ effect, action }) =>
                effect === "Allow" && (action?.values ?? []).some(changesPolicy),
        )
        .flatMap(({ principal }) =>
            (principal ?? []).flatMap(({ values }) =>
                values.flatMap((name) => accountOf(name) ?? []),
            ),
        );
    const accounts = new Set(administrators);
    return accounts.size === 1 ? accounts : new Set();
}

function changesPolicy(pattern: string): boolean {
    return matchesPattern(pattern, "kms:PutKeyPolicy");
}

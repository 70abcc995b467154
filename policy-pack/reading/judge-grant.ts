import { customerKeyTypes } from "../../aws/type-tokens";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { Observation, RuleContext } from "../rules/rule";
import { homeAccounts } from "./accounts";
import { judgeForeign } from "./foreign-accounts";
import { keyPolicyOf, ownersOfKey } from "./key-policies";
import { grantedActions, granteeOf, granteePath } from "./key-grants";
import { chain } from "./labels";
import { undecided } from "./observations";

/** A grant of uses of a key goes to an account of the stack's own, or to a trusted one. */
export function judgeGrant(
    context: RuleContext,
    grant: RegisteredResource,
): readonly Observation[] {
    const { graph } = context;
    const grantee = granteeOf(graph, grant);
    const [key] = graph.reference(grant, ["keyId"], customerKeyTypes).resources;
    const { values, open } = grantedActions(grant);
    const uses = open ? "uses that are not known" : values.join(", ");
    const route = ` (${chain(key, grant)}: ${uses})`;
    const text = formatPath(granteePath);
    const policy = key === undefined ? undefined : keyPolicyOf(graph, key);
    const home = policy === undefined ? homeAccounts(graph) : ownersOfKey(graph, policy);
    switch (grantee.kind) {
        case "known":
            return judgeForeign(context, home, grantee.value, {
                resource: grant,
                path: granteePath,
                text,
                chain: route,
                subject: (account) => account,
            });
        case "open": {
            const message = `${text} ${grantee.why}, so anybody may get the grant${route}`;
            return [undecided(grant, granteePath, message)];
        }
        case "resources":
        case "absent":
            return [];
    }
}

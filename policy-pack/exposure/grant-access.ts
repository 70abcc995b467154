import type { BestDecision } from "../../aws/iam/ways";
import type { PolicyCondition, PolicyStatement } from "../../aws/policy-document";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { homePlace } from "../reading/accounts";
import { holderArn } from "../reading/holder-arns";
import type { WrittenPolicy } from "../reading/identity-policies";
import { granteeOf, granteePath, grantedActions, grantsByKey } from "../reading/key-grants";
import { label } from "../reading/labels";
import { partOf } from "../reading/statements";
import { readElements, readText, valueAt } from "../reading/values";
import { pathOf, type Access } from "./access";
import { askHolder, askNamed } from "./ask";
import { holderByResource } from "./principals";
import type { Target } from "./targets";

/** What the grants of a key let their grantees do, as far as denials leave it. */
export function grantAccess(graph: GraphIndex, target: Target): readonly Access[] {
    return (grantsByKey(graph).get(target.resource) ?? []).flatMap((grant) => {
        const granted = grantedActions(grant);
        return target.actions
            .filter((action) => granted.open || granted.values.includes(action))
            .flatMap((action) => accessBy(graph, grant, target, action));
    });
}

function accessBy(
    graph: GraphIndex,
    grant: RegisteredResource,
    target: Target,
    action: string,
): readonly Access[] {
    const grantee = granteeOf(graph, grant);
    const place = { resource: grant, path: granteePath };
    switch (grantee.kind) {
        case "resources":
            return grantee.resources.flatMap((resource) => {
                const holder = holderByResource(graph).get(resource);
                const arn = holderArn(resource, homePlace(graph));
                if (holder === undefined || arn === undefined) {
                    return [];
                }
                const policy = policyWith(grant, target, arn);
                const decision = askHolder(graph, holder, { ...target, action, policy });
                return pathOf(resource, resource.urn, target, action, decision, [
                    { ...policy, ...place },
                ]);
            });
        case "known": {
            const policy = policyWith(grant, target, grantee.value);
            const decision = askNamed(graph, grantee.value, { ...target, action, policy });
            return pathOf(undefined, grantee.value, target, action, decision, [
                { ...policy, ...place },
            ]);
        }
        case "open": {
            const doubt = `${formatPath(granteePath)} of ${label(grant)} ${grantee.why}`;
            const decision: BestDecision = { allowed: "maybe", doubts: [doubt], ways: [] };
            const policy = policyWith(grant, target, "unknown");
            return pathOf(undefined, "unknown", target, action, decision, [
                { ...policy, ...place },
            ]);
        }
        case "absent":
            return [];
    }
}

/** A grant as a statement of its key's policy, beside that policy's denials. */
function policyWith(grant: RegisteredResource, target: Target, grantee: string): WrittenPolicy {
    const { resource, path, document } = target.policy ?? {
        resource: grant,
        path: granteePath,
        document: { statements: [], doubts: [] },
    };
    const denials = document.statements.filter(({ effect }) => effect === "Deny");
    const statement: PolicyStatement = {
        index: document.statements.length + document.doubts.length,
        sid: `grant ${grant.name}`,
        effect: "Allow",
        action: grantedActions(grant),
        notAction: undefined,
        resource: undefined,
        notResource: undefined,
        principal: [{ kind: "AWS", values: [grantee], open: false }],
        notPrincipal: undefined,
        conditions: constraintsOf(grant),
    };
    return { resource, path, document: partOf(document, [statement, ...denials]) };
}

/** The encryption context that a grant demands. A request with more than a demanded context is left aside: it is the same way. */
function constraintsOf({ properties }: RegisteredResource): readonly PolicyCondition[] {
    const list = readElements(properties, ["constraints"]);
    return (list.kind === "known" ? list.value : []).flatMap((at) =>
        ["encryptionContextEquals", "encryptionContextSubset"].flatMap((field) => {
            const context = valueAt(properties, [...at, field]);
            const names = typeof context === "object" && context !== null ? context : {};
            return Object.keys(names).map((name): PolicyCondition => {
                const value = readText(properties, [...at, field, name]);
                return {
                    operator: "StringEquals",
                    key: `kms:encryptioncontext:${name.toLowerCase()}`,
                    values: value.kind === "known" ? [value.value] : [],
                    open: value.kind === "open",
                };
            });
        }),
    );
}

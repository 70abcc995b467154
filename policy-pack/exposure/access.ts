import type { BestDecision, Way } from "../../aws/iam/ways";
import type { AccessPath } from "../../catalog/records/judged-stack";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { WrittenPolicy } from "../reading/identity-policies";
import { label } from "../reading/labels";
import type { Target } from "./targets";

/** An access path with the resources that it is about. */
export interface Access extends AccessPath {
    /** Undefined for whom only the policy of a key or bucket names. */
    readonly holder: RegisteredResource | undefined;
    readonly target: RegisteredResource;
    readonly ways: readonly Way[];
    /** What kept the rest from being worked out. */
    readonly error?: unknown;
}

/** Access of a holder of which it is not known what it is. */
export function openAccess(
    resource: RegisteredResource,
    action: string,
    condition: string,
    chain: readonly string[],
): Access {
    return {
        principal: resource.urn,
        action,
        resource: resource.urn,
        verdict: "indeterminate",
        condition,
        chain,
        holder: resource,
        target: resource,
        ways: [],
    };
}

/** What a decision gives to a holder, or to whom a policy names: one access, or none. */
export function pathOf(
    holder: RegisteredResource | undefined,
    principal: string,
    { resource }: Target,
    action: string,
    { allowed, doubts, ways }: BestDecision,
    granting: readonly WrittenPolicy[],
): readonly Access[] {
    if (allowed === "no") {
        return [];
    }
    const links = granting.map((policy) => `${label(policy.resource)} ${formatPath(policy.path)}`);
    const demands = ways.filter(({ size }) => size > 0).map(describeWay);
    return [
        {
            principal,
            action,
            resource: resource.urn,
            verdict: allowed === "yes" ? "allowed" : "indeterminate",
            condition: allowed === "yes" ? "" : doubts.join("; "),
            ...(demands.length === 0 ? {} : { requires: demands }),
            chain: [
                ...new Set([
                    holder === undefined ? principal : label(holder),
                    ...links,
                    label(resource),
                ]),
            ],
            holder,
            target: resource,
            ways,
        },
    ];
}

/** `aws:multifactorauthpresent = true and kms:viaservice = …`. */
function describeWay(way: Way): string {
    return [...way].map(([key, value]) => `${key} = ${value}`).join(" and ");
}

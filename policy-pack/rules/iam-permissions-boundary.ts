import { covers } from "../../aws/iam/coverage";
import { managedPolicyDocument } from "../../aws/iam/managed-policies";
import { TypeToken } from "../../aws/type-tokens";
import { judgeBoundary } from "../exposure/boundary-strength";
import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { homePlace } from "../reading/accounts";
import { managedPolicyArn } from "../reading/holder-arns";
import { identityPoliciesOf } from "../reading/identity-policies";
import { label } from "../reading/labels";
import { failed, settle, undecided } from "../reading/observations";
import { awsManagedName, boundaryPath } from "../reading/policy-attachments";
import { readText, show } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

const parameterId = "permissionsBoundaries";

/**
 * Every role has a boundary that holds: one by which the role cannot gain more rights, and so cannot lift the boundary itself. Roles that AWS
 * makes for its services have a type of their own and take no boundary.
 */
export const iamPermissionsBoundary: Rule = {
    name: "iam-permissions-boundary",
    reads: [TypeToken.Role, TypeToken.Policy],
    certainAlone: true,
    *judge(context) {
        const { graph, scope } = context;
        const bound = new Map<RegisteredResource, RegisteredResource[]>();
        const found = new Map<RegisteredResource, readonly Observation[]>();
        for (const role of graph.ofType(TypeToken.Role).filter((each) => scope.includes(each))) {
            const { resources } = graph.reference(role, boundaryPath, [TypeToken.Policy]);
            for (const policy of resources) {
                const others = bound.get(policy) ?? [];
                bound.set(policy, others);
                others.push(role);
            }
            found.set(
                role,
                resources.length === 0
                    ? judgeForeign(context, role)
                    : resources.flatMap((policy) => judgeListed(context, role, policy)),
            );
        }
        const weak = new Map(
            [...bound].map(([policy, roles]) => [policy, judgeOwn(context, policy, roles)]),
        );
        for (const [policy, observations] of weak) {
            yield* settle(policy, observations);
        }
        for (const [role, observations] of found) {
            const { resources } = graph.reference(role, boundaryPath, [TypeToken.Policy]);
            yield* settle(role, [
                ...observations,
                ...resources.flatMap((policy) => weak.get(policy) ?? []),
            ]);
        }
    },
    remediate: (role, context) => {
        const [boundary, ...others] = context.parameter<readonly string[]>(parameterId);
        return role.type === TypeToken.Role &&
            boundary !== undefined &&
            others.length === 0 &&
            readText(role.properties, boundaryPath).kind === "absent"
            ? [{ path: boundaryPath, value: boundary }]
            : [];
    },
};

/** A boundary of this stack, once for all roles that it bounds. */
function judgeOwn(
    context: RuleContext,
    policy: RegisteredResource,
    roles: readonly RegisteredResource[],
): readonly Observation[] {
    const [written] = identityPoliciesOf(policy);
    return written === undefined ? [] : judgeBoundary(context.graph, policy, written, roles);
}

/** A boundary outside this stack, or none. */
function judgeForeign(context: RuleContext, role: RegisteredResource): readonly Observation[] {
    const boundary = readText(role.properties, boundaryPath);
    const place = formatPath(boundaryPath);
    switch (boundary.kind) {
        case "absent":
            return [
                failed(
                    role,
                    boundaryPath,
                    `${place} is not set: whatever a policy of ${label(role)} allows by mistake becomes a right`,
                ),
            ];
        case "open":
            return [undecided(role, boundaryPath, `${place} ${boundary.why}`)];
        case "known": {
            const arn = boundary.value;
            const name = awsManagedName(arn);
            if (
                name !== undefined &&
                context.parameter<readonly string[]>("forbiddenManagedPolicies").includes(name)
            ) {
                return [
                    failed(
                        role,
                        boundaryPath,
                        `${place} is ${show(arn)}, which allows far more than a role of key servers needs (forbiddenManagedPolicies): it bounds nothing`,
                        arn,
                    ),
                ];
            }
            const document = managedPolicyDocument(name ?? "");
            const weak =
                document === undefined
                    ? []
                    : judgeBoundary(
                          context.graph,
                          role,
                          { resource: role, path: boundaryPath, document },
                          [role],
                      );
            const accepted = context.parameter<readonly string[]>(parameterId);
            if (weak.length > 0 || accepted.includes(arn)) {
                return weak;
            }
            if (accepted.length > 0) {
                return [notListed(role, arn)];
            }
            return document !== undefined
                ? []
                : [
                      undecided(
                          role,
                          boundaryPath,
                          `${place} is ${show(arn)}, a policy outside this stack: what it allows is not known, unless ${parameterId} lists its ARN`,
                          arn,
                      ),
                  ];
        }
    }
}

/** Whether a boundary of this stack is among those that are accepted, where only some are. */
function judgeListed(
    context: RuleContext,
    role: RegisteredResource,
    policy: RegisteredResource,
): readonly Observation[] {
    const accepted = context.parameter<readonly string[]>(parameterId);
    const arn = managedPolicyArn(policy, homePlace(context.graph));
    const fits = accepted.map((entry) => covers(arn, entry));
    if (accepted.length === 0 || (fits.includes("yes") && !arn.endsWith("*"))) {
        return [];
    }
    return fits.includes("yes")
        ? [
              undecided(
                  role,
                  boundaryPath,
                  `${formatPath(boundaryPath)} is ${label(policy)}, whose ARN is not known before deployment: ${parameterId} may not list it`,
              ),
          ]
        : [notListed(role, arn)];
}

function notListed(role: RegisteredResource, arn: string): Observation {
    return failed(
        role,
        boundaryPath,
        `${formatPath(boundaryPath)} is ${show(arn)}, which ${parameterId} does not list`,
        arn,
    );
}

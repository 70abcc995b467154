import { formatPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { failed, settle, undecided } from "../reading/observations";
import {
    attachedPolicies,
    attachmentReads,
    awsManagedName,
    type AttachedPolicy,
} from "../reading/policy-attachments";
import { show } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/** Managed policies are of this stack, or listed: what others allow is AWS's or another team's to change. */
export const iamManagedPolicyAllowlist: Rule = {
    name: "iam-managed-policy-allowlist",
    reads: attachmentReads,
    *judge(context) {
        for (const resource of context.graph.ofType(...attachmentReads)) {
            if (context.scope.includes(resource)) {
                const attached = attachedPolicies(context.graph, resource);
                yield* settle(
                    resource,
                    attached.flatMap((policy) => decide(context, resource, policy)),
                );
            }
        }
    },
};

function decide(
    context: RuleContext,
    resource: RegisteredResource,
    policy: AttachedPolicy,
): readonly Observation[] {
    const place = formatPath(policy.path);
    switch (policy.kind) {
        case "resources":
            return [];
        case "open":
            return [undecided(resource, policy.path, `${place} ${policy.why}`)];
        case "arn":
            return judgeArn(context, policy.arn).map(({ verdict, text }) =>
                (verdict === "fail" ? failed : undecided)(
                    resource,
                    policy.path,
                    `${place} ${text}`,
                    policy.arn,
                ),
            );
    }
}

function judgeArn(
    context: RuleContext,
    arn: string,
): readonly { readonly verdict: "fail" | "indeterminate"; readonly text: string }[] {
    const name = awsManagedName(arn);
    const isListed = (parameter: string): boolean =>
        context
            .parameter<readonly string[]>(parameter)
            .some((entry) => entry === arn || entry === name);
    if (isListed("forbiddenManagedPolicies")) {
        return [{ verdict: "fail", text: `attaches ${name ?? arn}, which no role may carry` }];
    }
    if (isListed("allowedManagedPolicies")) {
        return [];
    }
    if (name !== undefined) {
        return [
            {
                verdict: "fail",
                text: `attaches ${name}, which is none of the allowed policies of AWS`,
            },
        ];
    }
    return [
        {
            verdict: "indeterminate",
            text: `attaches ${show(arn)}, a policy outside this stack: what it allows is not known, unless allowedManagedPolicies lists its ARN`,
        },
    ];
}

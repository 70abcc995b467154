import type { Decider } from "../../aws/iam/decision";
import { known, type ContextValue, type Policy } from "../../aws/iam/request";
import { statementsAbout } from "../../aws/iam/statements";
import { decideBest, type BestDecision } from "../../aws/iam/ways";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { accountOf, homePlace } from "../reading/accounts";
import type { WrittenPolicy } from "../reading/identity-policies";
import { holderArn } from "../reading/holder-arns";
import { isHidden } from "../reading/statements";
import { policyFor } from "./open-parts";
import { mayAdmit, mayAllow } from "./possible";
import type { Holder } from "./principals";
import { contextOf, type Caller, type OpenContext } from "./request-context";

/** One action on one resource. */
export interface Question {
    readonly action: string;
    /** ARN, with `*` for what is not known. */
    readonly arn: string;
    /** Whether the ARN stands for many resources, of which the caller may choose one. */
    readonly isOneOfMany: boolean;
    readonly decider: Decider;
    /** Undefined for a resource outside this stack. */
    readonly resource: RegisteredResource | undefined;
    /** The resource's own policy; undefined where it has none. */
    readonly policy: WrittenPolicy | undefined;
    /** Values that the request carries in any case, instead of those that the caller would choose. */
    readonly fixed?: ReadonlyMap<string, ContextValue>;
}

/** Whether a holder of this stack may do something, and how. Policies that are not known at all are left out. */
export function askHolder(graph: GraphIndex, holder: Holder, question: Question): BestDecision {
    const { resource, policies, boundary } = holder;
    const place = homePlace(graph);
    const arn = holderArn(resource, place) ?? unnamed;
    const { action, policy } = question;
    if (
        !mayAllow(holder, action) &&
        (policy === undefined || !mayAdmit(policy.document, action, arn))
    ) {
        return { allowed: "no", doubts: [], ways: [] };
    }
    const caller: Caller = { kind: "holder", resource, arn };
    const written = (own: WrittenPolicy): Policy =>
        policyFor(graph, own, question.resource, resource);
    return decideBest(
        {
            decider: question.decider,
            identity: policies.filter(({ document }) => !isHidden(document)).map(written),
            boundary: boundary && written(boundary),
            resource: policy && written(policy),
        },
        {
            action,
            resource: question.arn,
            isOneOfMany: question.isOneOfMany,
            principal: arn,
            account: place.account === "*" ? undefined : place.account,
            context: withFixed(contextOf(graph, caller, question.resource), question),
        },
    );
}

/** A caller that no policy can name: a member of a group, or whoever will carry a policy. */
const unnamed = "unnamed";

/** Whether the resource's policy lets somebody do something whom it names: what their own policies say is not known here. */
export function askNamed(
    graph: GraphIndex,
    name: string,
    question: Question & { readonly policy: WrittenPolicy },
): BestDecision {
    const { account } = homePlace(graph);
    return decideBest(
        {
            decider: "bucket",
            identity: [],
            boundary: undefined,
            resource: policyFor(graph, question.policy, question.resource, undefined),
        },
        {
            action: question.action,
            resource: question.arn,
            isOneOfMany: question.isOneOfMany,
            // An account's bare id means the same as its root.
            principal: name === accountOf(name) ? `arn:aws:iam::${name}:root` : name,
            account: accountOf(name) ?? (account === "*" ? undefined : account),
            context: withFixed(
                contextOf(graph, { kind: "named", name }, question.resource),
                question,
            ),
        },
    );
}

/** The policies of a holder that may allow an action. */
export function grantingPolicies({ policies }: Holder, action: string): readonly WrittenPolicy[] {
    return policies.filter(({ document }) =>
        statementsAbout(document, action).some(({ effect }) => effect === "Allow"),
    );
}

function withFixed(context: OpenContext, { fixed }: Question): OpenContext {
    return (key) => fixed?.get(key) ?? context(key);
}

/** A question about any resource of a kind, in this stack or not: `arn` is a pattern of them all. */
export function aboutAny(action: string, arn: string): Question {
    return {
        action,
        arn,
        isOneOfMany: true,
        decider: "identity",
        resource: undefined,
        policy: undefined,
    };
}

/** The same question for a request that carries a value, or none, under some keys. */
export function carrying(
    question: Question,
    values: Readonly<Record<string, string | undefined>>,
): Question {
    const fixed = Object.entries(values).map(([key, value]): [string, ContextValue] => [
        key,
        value === undefined ? { kind: "absent" } : known(value),
    ]);
    return { ...question, fixed: new Map(fixed) };
}

import type { PolicyStatement } from "../../aws/policy-document";
import type { PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import type { Observation, RuleContext } from "../rules/rule";
import { accountOf } from "./accounts";
import type { WrittenPolicy } from "./identity-policies";
import { failed, undecided } from "./observations";
import { statementPlace, statementSubject } from "./statements";

/** Where somebody is admitted. */
interface AdmittingPlace {
    readonly resource: RegisteredResource;
    readonly path: PropertyPath;
    /** Begins the sentence `policy: Statement[0] admits the foreign account …`. */
    readonly text: string;
    /** Ends it: the chain of resources, in brackets; empty where there is only one. */
    readonly chain: string;
    /** Tells the account apart from other weaknesses of the place. */
    readonly subject: (account: string) => string;
}

/** Where a statement of a policy admits somebody. */
export function admittingStatement(
    policy: WrittenPolicy,
    statement: PolicyStatement,
): AdmittingPlace {
    return {
        resource: policy.resource,
        path: policy.path,
        text: statementPlace(policy, statement),
        chain: "",
        subject: (account) => statementSubject(statement, account),
    };
}

/** Whether a principal belongs to a foreign account that `trustedAccounts` does not list; `home`: the accounts that are the stack's own. */
export function judgeForeign(
    context: RuleContext,
    home: ReadonlySet<string>,
    principal: string,
    { resource, path, text, chain, subject }: AdmittingPlace,
): readonly Observation[] {
    const account = accountOf(principal);
    const trusted = context.parameter<readonly string[]>("trustedAccounts");
    if (account === undefined || home.has(account) || trusted.includes(account)) {
        return [];
    }
    return home.size === 0
        ? [
              undecided(
                  resource,
                  path,
                  `${text} admits the account ${account}, and nothing tells whether it is this stack's own (allowedAccountIds of the provider would)${chain}`,
                  subject(account),
              ),
          ]
        : [
              failed(
                  resource,
                  path,
                  `${text} admits the foreign account ${account}, which trustedAccounts does not list${chain}`,
                  subject(account),
              ),
          ];
}

import { matchesWholeService } from "../../aws/action-pattern";
import type { PolicyStatement } from "../../aws/policy-document";
import { TypeToken } from "../../aws/type-tokens";
import { accountOf, homeAccounts, serviceName } from "../reading/accounts";
import { callerKeys, demandedValues, sourceKeys } from "../reading/condition-keys";
import { policyAt, type WrittenPolicy } from "../reading/identity-policies";
import { failed, settle, undecided } from "../reading/observations";
import {
    demandCondition,
    isEverybody,
    principalDoubts,
    principalsOf,
    statementPlace,
    statementSubject,
    type NamedPrincipal,
} from "../reading/statements";
import { show } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/**
 * Services that say for whom they assume a role, so that a trust can name it. Source: the user guides of these services, prevention of
 * the confused deputy. EC2, Lambda and EventBridge are not among them.
 */
const sourcefulServices: ReadonlySet<string> = new Set([
    "backup.amazonaws.com",
    "cloudtrail.amazonaws.com",
    "firehose.amazonaws.com",
    "logs.amazonaws.com",
    "s3.amazonaws.com",
    "scheduler.amazonaws.com",
    "ssm.amazonaws.com",
    "vpc-flow-logs.amazonaws.com",
]);

/** Firehose named its account by an external id before it sent a source. Source: Amazon Data Firehose developer guide. */
const isSource = (key: string): boolean => sourceKeys.has(key) || key === "sts:externalid";

/** Roles trust expected services and accounts only, and none of them on behalf of strangers. */
export const iamTrustScoped: Rule = {
    name: "iam-trust-scoped",
    reads: [TypeToken.Role],
    *judge(context) {
        for (const role of context.graph.ofType(TypeToken.Role)) {
            if (context.scope.includes(role)) {
                const path = ["assumeRolePolicy"];
                const trust = policyAt(role, path);
                yield* settle(
                    role,
                    trust === undefined
                        ? [undecided(role, path, "assumeRolePolicy is not set")]
                        : judgeTrust(context, trust),
                );
            }
        }
    },
};

function judgeTrust(context: RuleContext, trust: WrittenPolicy): readonly Observation[] {
    const allowed = trust.document.statements.filter(({ effect }) => effect === "Allow");
    const found = new Map(
        allowed.map((statement) => [
            statement,
            [...judgeStatement(context, trust, statement), ...judgeActions(trust, statement)],
        ]),
    );
    return [...[...found.values()].flat(), ...principalDoubts(trust, found)];
}

/** Taking a role is one action; what else a wildcard holds, such as tagging the session, conditions of others may rest on. */
function judgeActions(trust: WrittenPolicy, statement: PolicyStatement): readonly Observation[] {
    const { action, notAction } = statement;
    return [
        ...(action?.values ?? [])
            .filter(matchesWholeService)
            .map((pattern) =>
                report(trust, statement, `allows "${pattern}" instead of named actions`, pattern),
            ),
        ...(notAction === undefined
            ? []
            : [report(trust, statement, "allows all actions but a list (NotAction)", "NotAction")]),
    ];
}

function judgeStatement(
    context: RuleContext,
    trust: WrittenPolicy,
    statement: PolicyStatement,
): readonly Observation[] {
    if (statement.notPrincipal !== undefined) {
        return [
            report(trust, statement, "trusts everybody but a list (NotPrincipal)", "NotPrincipal"),
        ];
    }
    const principals = principalsOf(statement);
    if (principals.some(isEverybody)) {
        return judgeEverybody(context, trust, statement);
    }
    return principals.flatMap((principal) => {
        switch (principal.kind) {
            case "service":
                return judgeService(context, trust, statement, principal);
            case "federated":
                return judgeProvider(trust, statement, principal);
            default:
                return judgeAccount(context, trust, statement, principal.name);
        }
    });
}

function judgeEverybody(
    context: RuleContext,
    trust: WrittenPolicy,
    statement: PolicyStatement,
): readonly Observation[] {
    const isCaller = (key: string): boolean => callerKeys.has(key);
    const unlimited = demandCondition(trust, statement, isCaller, {
        wide: 'trusts everybody ("*") without a condition on the caller, such as aws:PrincipalArn',
        open: 'trusts everybody ("*") under conditions that are not known before deployment',
        subject: "*",
    });
    if (unlimited.length > 0) {
        return unlimited;
    }
    const named = demandedValues(statement, isCaller);
    const home = homeAccounts(context.graph);
    return named.some((value) => home.has(accountOf(value) ?? ""))
        ? []
        : named
              .filter((value) => accountOf(value) !== undefined)
              .flatMap((value) => judgeAccount(context, trust, statement, value));
}

function judgeService(
    context: RuleContext,
    trust: WrittenPolicy,
    statement: PolicyStatement,
    { name }: NamedPrincipal,
): readonly Observation[] {
    const service = serviceName(name);
    const expected = context.parameter<readonly string[]>("trustedServices").map(serviceName);
    if (!expected.includes(service)) {
        const text = `trusts the service ${service}, which is none of the expected ones`;
        return [report(trust, statement, text, service)];
    }
    return sourcefulServices.has(service)
        ? demandCondition(trust, statement, isSource, {
              wide: `trusts ${service} for whomever it acts: no condition names a source, such as aws:SourceAccount`,
              open: `trusts ${service} for a source that is not known before deployment`,
              subject: service,
          })
        : [];
}

/** A provider of web identities vouches for all its users, of every customer: the subject says whose. */
function judgeProvider(
    trust: WrittenPolicy,
    statement: PolicyStatement,
    { name }: NamedPrincipal,
): readonly Observation[] {
    if (name.includes(":saml-provider/")) {
        return [];
    }
    return demandCondition(trust, statement, namesIdentity, {
        wide: `trusts every identity of ${show(name)}: no condition names a subject`,
        open: `trusts identities of ${show(name)} that are not known before deployment`,
        subject: name,
    });
}

/** For Amazon Cognito the audience is one identity pool; for others it is shared by all who use the provider. */
function namesIdentity(key: string): boolean {
    return key.endsWith(":sub") || key === "cognito-identity.amazonaws.com:aud";
}

function judgeAccount(
    context: RuleContext,
    trust: WrittenPolicy,
    statement: PolicyStatement,
    principal: string,
): readonly Observation[] {
    const account = accountOf(principal);
    const { resource, path } = trust;
    const place = statementPlace(trust, statement);
    if (account === undefined) {
        const message = `${place} trusts ${show(principal)}, which names no account`;
        return [undecided(resource, path, message, statementSubject(statement, principal))];
    }
    const home = homeAccounts(context.graph);
    if (home.has(account)) {
        return [];
    }
    if (context.parameter<readonly string[]>("trustedAccounts").includes(account)) {
        return demandCondition(trust, statement, (key) => key === "sts:externalid", {
            wide: `trusts the foreign account ${account} without an external id`,
            open: `trusts the foreign account ${account} with an external id that is not known before deployment`,
            subject: account,
        });
    }
    return home.size > 0
        ? [
              report(
                  trust,
                  statement,
                  `trusts the foreign account ${account}, which trustedAccounts does not list`,
                  account,
              ),
          ]
        : [
              undecided(
                  resource,
                  path,
                  `${place} trusts the account ${account}, and nothing tells whether it is this stack's own (allowedAccountIds of the provider would)`,
                  statementSubject(statement, account),
              ),
          ];
}

function report(
    trust: WrittenPolicy,
    statement: PolicyStatement,
    text: string,
    subject: string,
): Observation {
    const message = `${statementPlace(trust, statement)} ${text}`;
    return failed(trust.resource, trust.path, message, statementSubject(statement, subject));
}

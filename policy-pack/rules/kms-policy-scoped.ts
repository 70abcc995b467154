import type { PolicyStatement } from "../../aws/policy-document";
import { customerKeyTypes, TypeToken } from "../../aws/type-tokens";
import type { RegisteredResource } from "../graph/resource";
import { accountOf, serviceName } from "../reading/accounts";
import { demandedValues, isBinding, turnsAway } from "../reading/condition-keys";
import { policyAt, type WrittenPolicy } from "../reading/identity-policies";
import { ownersOfKey } from "../reading/key-policies";
import { failed, settle, undecided } from "../reading/observations";
import {
    demandCondition,
    isEverybody,
    principalDoubts,
    principalsOf,
    statementPlace,
    statementSubject,
} from "../reading/statements";
import { readBoolean } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

const bypass = ["bypassPolicyLockoutSafetyCheck"];
const keyPolicyTypes = [...customerKeyTypes, TypeToken.KmsKeyPolicy];

/** Services that send no source with their calls. Source: Amazon SNS developer guide, encrypted topics with EventBridge. */
const sourcelessServices: ReadonlySet<string> = new Set(["events.amazonaws.com"]);

/** What AWS KMS itself says of the caller. Source: AWS KMS developer guide, condition keys. */
const callerAccount = "kms:calleraccount";

/** Key policies name who may use a key, and nobody gave up the right to change them. */
export const kmsPolicyScoped: Rule = {
    name: "kms-policy-scoped",
    reads: keyPolicyTypes,
    *judge(context) {
        for (const resource of context.graph.ofType(...keyPolicyTypes)) {
            if (context.scope.includes(resource)) {
                const policy = policyAt(resource, ["policy"]);
                yield* settle(resource, [
                    ...judgeBypass(resource),
                    ...(policy === undefined ? [] : judgePolicy(context, policy)),
                ]);
            }
        }
    },
};

function judgeBypass(resource: RegisteredResource): readonly Observation[] {
    const setting = readBoolean(resource.properties, bypass);
    const [name] = bypass;
    if (setting.kind === "open") {
        return [undecided(resource, bypass, `${name} ${setting.why}`)];
    }
    return setting.kind === "known" && setting.value
        ? [
              failed(
                  resource,
                  bypass,
                  `${name} is true: AWS KMS then takes a policy that nobody can ever change again`,
              ),
          ]
        : [];
}

function judgePolicy(context: RuleContext, policy: WrittenPolicy): readonly Observation[] {
    const { statements } = policy.document;
    const perimeter = statements.some(isPerimeter);
    const found = new Map(
        statements
            .filter(({ effect }) => effect === "Allow")
            .map((statement) => [statement, judgeStatement(context, policy, statement, perimeter)]),
    );
    return [...[...found.values()].flat(), ...principalDoubts(policy, found)];
}

function judgeStatement(
    context: RuleContext,
    policy: WrittenPolicy,
    statement: PolicyStatement,
    perimeter: boolean,
): readonly Observation[] {
    if (statement.notPrincipal !== undefined) {
        const place = statementPlace(policy, statement);
        const message = `${place} admits everybody but a list (NotPrincipal)`;
        const subject = statementSubject(statement, "NotPrincipal");
        return [failed(policy.resource, policy.path, message, subject)];
    }
    const principals = principalsOf(statement);
    if (principals.some(isEverybody)) {
        return perimeter ? [] : judgeEverybody(context, policy, statement);
    }
    return principals.flatMap(({ kind, name }) =>
        kind === "service"
            ? judgeService(context, policy, statement, name)
            : judgeAccount(context, policy, statement, name),
    );
}

function judgeEverybody(
    context: RuleContext,
    policy: WrittenPolicy,
    statement: PolicyStatement,
): readonly Observation[] {
    const unlimited = demandCondition(policy, statement, isStrong, {
        wide: 'admits everybody ("*") without a condition on the caller, such as kms:CallerAccount or aws:PrincipalArn',
        open: 'admits everybody ("*") under conditions that are not known before deployment',
        subject: "*",
    });
    const named = demandedValues(statement, isStrong);
    const home = ownersOfKey(context.graph, policy);
    const ours = named.some((value) => home.has(accountOf(value) ?? ""));
    return unlimited.length > 0 || ours
        ? unlimited
        : named.flatMap((value) => judgeAccount(context, policy, statement, value));
}

function judgeService(
    context: RuleContext,
    policy: WrittenPolicy,
    statement: PolicyStatement,
    principal: string,
): readonly Observation[] {
    const service = serviceName(principal);
    const admitted = context.parameter<readonly string[]>("trustedServices").map(serviceName);
    return sourcelessServices.has(service) && admitted.includes(service)
        ? []
        : demandCondition(policy, statement, isSource, {
              wide: `admits the service ${service} for whomever it acts: no condition names a source, such as aws:SourceAccount`,
              open: `admits the service ${service} for a source that is not known before deployment`,
              subject: service,
          });
}

function judgeAccount(
    context: RuleContext,
    policy: WrittenPolicy,
    statement: PolicyStatement,
    principal: string,
): readonly Observation[] {
    const account = accountOf(principal);
    const home = ownersOfKey(context.graph, policy);
    if (
        account === undefined ||
        home.has(account) ||
        context.parameter<readonly string[]>("trustedAccounts").includes(account)
    ) {
        return [];
    }
    const place = statementPlace(policy, statement);
    const subject = statementSubject(statement, account);
    return home.size === 0
        ? [
              undecided(
                  policy.resource,
                  policy.path,
                  `${place} admits the account ${account}, and nothing tells whether it is this stack's own (allowedAccountIds of the provider would)`,
                  subject,
              ),
          ]
        : [
              failed(
                  policy.resource,
                  policy.path,
                  `${place} admits the foreign account ${account}, which trustedAccounts does not list`,
                  subject,
              ),
          ];
}

/** A denial of every use to everybody but named callers scopes all other statements. */
function isPerimeter(statement: PolicyStatement): boolean {
    const { effect, principal, action } = statement;
    return (
        effect === "Deny" &&
        (principal ?? []).some(({ values }) => values.includes("*")) &&
        (action?.values ?? []).some((pattern) => ["*", "kms:*"].includes(pattern.toLowerCase())) &&
        turnsAway(statement, isStrong)
    );
}

function isStrong(key: string): boolean {
    return isBinding(key) || key === callerAccount;
}

/** An encryption context names the resource that a service encrypts, and with it the account. */
function isSource(key: string): boolean {
    return isStrong(key) || key.startsWith("kms:encryptioncontext:");
}

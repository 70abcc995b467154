import type { PolicyStatement } from "../../aws/policy-document";
import { customerKeyTypes, TypeToken } from "../../aws/type-tokens";
import type { KeyQuestion } from "../exposure/admission";
import { judgeStrangers, tellsCaller } from "../exposure/key-strangers";
import { targetsOf, type Target } from "../exposure/targets";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { serviceName } from "../reading/accounts";
import { admittingStatement, judgeForeign } from "../reading/foreign-accounts";
import { policyAt, type WrittenPolicy } from "../reading/identity-policies";
import { judgeGrant } from "../reading/judge-grant";
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

/**
 * Key policies and grants name who may use a key, and nobody gave up the right to change them. Each statement is judged by itself, so that a
 * policy without its key is judged as well. Whom a statement for everybody admits is decided as `keyward access` decides it, with the
 * policy's denials: text alone shows neither what a denial leaves nor that one value of a condition names a foreign account.
 */
export const kmsPolicyScoped: Rule = {
    name: "kms-policy-scoped",
    reads: [...keyPolicyTypes, TypeToken.KmsGrant],
    *judge(context) {
        const { graph, scope } = context;
        const targets = new Map(targetsOf(graph, scope).map((found) => [found.resource, found]));
        const written = graph.ofType(...keyPolicyTypes).filter((found) => scope.includes(found));
        for (const resource of written) {
            const policy = policyAt(resource, ["policy"]);
            yield* settle(resource, [
                ...judgeBypass(resource),
                ...(policy === undefined
                    ? []
                    : judgePolicy(context, questionAbout(graph, targets, policy))),
            ]);
        }
        for (const grant of graph.ofType(TypeToken.KmsGrant)) {
            if (scope.includes(grant)) {
                yield* settle(grant, judgeGrant(context, grant));
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

/** The key that a policy is about; one outside this stack is any. */
function questionAbout(
    graph: GraphIndex,
    targets: ReadonlyMap<RegisteredResource, Target>,
    policy: WrittenPolicy,
): KeyQuestion {
    const { resource } = policy;
    const [key] =
        resource.type === TypeToken.KmsKeyPolicy
            ? graph.reference(resource, ["keyId"], customerKeyTypes).resources
            : [resource];
    const target = key === undefined ? undefined : targets.get(key);
    return {
        arn: target?.arn ?? "*",
        isOneOfMany: false,
        decider: "key",
        resource: target?.resource,
        policy,
    };
}

function judgePolicy(context: RuleContext, question: KeyQuestion): readonly Observation[] {
    const { policy } = question;
    const found = new Map(
        policy.document.statements
            .filter(({ effect }) => effect === "Allow")
            .map((statement) => [statement, judgeStatement(context, question, statement)]),
    );
    return [...[...found.values()].flat(), ...principalDoubts(policy, found)];
}

function judgeStatement(
    context: RuleContext,
    question: KeyQuestion,
    statement: PolicyStatement,
): readonly Observation[] {
    const { policy } = question;
    if (statement.notPrincipal !== undefined) {
        const place = statementPlace(policy, statement);
        const message = `${place} admits everybody but a list (NotPrincipal)`;
        const subject = statementSubject(statement, "NotPrincipal");
        return [failed(policy.resource, policy.path, message, subject)];
    }
    const principals = principalsOf(statement);
    const everybody = principals.find(isEverybody);
    if (everybody !== undefined) {
        return judgeStrangers(context, question, statement, everybody.name);
    }
    const home = ownersOfKey(context.graph, policy);
    return principals.flatMap(({ kind, name }) =>
        kind === "service"
            ? judgeService(context, policy, statement, name)
            : judgeForeign(context, home, name, admittingStatement(policy, statement)),
    );
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

/** An encryption context names the resource that a service encrypts, and with it the account. */
function isSource(key: string): boolean {
    return tellsCaller(key) || key.startsWith("kms:encryptioncontext:");
}

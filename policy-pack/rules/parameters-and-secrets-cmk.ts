import { TypeToken } from "../../aws/type-tokens";
import type { RegisteredResource } from "../graph/resource";
import { isBinding } from "../reading/condition-keys";
import { policyAt, type WrittenPolicy } from "../reading/identity-policies";
import { demandCustomerKey, keyReads } from "../reading/keys";
import { failed, passed, settle, undecided } from "../reading/observations";
import { judgePlainParameter } from "../reading/plain-parameters";
import { judgeRotation } from "../reading/secret-rotation";
import { demandCondition, isForEverybody, principalDoubts } from "../reading/statements";
import { readBoolean, readElements, readNumber, readText } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

const defaultRecoveryDays = 30;

/** Secret parameters and secrets lie under a customer's key; secrets are rotated, can be recovered and are closed to everybody. */
export const parametersAndSecretsCmk: Rule = {
    name: "parameters-and-secrets-cmk",
    reads: [
        TypeToken.SsmParameter,
        TypeToken.Secret,
        TypeToken.SecretRotation,
        TypeToken.SecretPolicy,
        ...keyReads,
    ],
    *judge(context) {
        const { graph, scope } = context;
        for (const parameter of graph.ofType(TypeToken.SsmParameter)) {
            if (scope.includes(parameter)) {
                yield* settle(parameter, judgeParameter(context, parameter));
            }
        }
        for (const secret of graph.ofType(TypeToken.Secret)) {
            if (scope.includes(secret)) {
                const found = judgeSecret(context, secret);
                yield* settle(secret, found);
                yield* found.filter(({ resource }) => resource !== secret);
            }
        }
        for (const policy of graph.ofType(TypeToken.SecretPolicy)) {
            if (scope.includes(policy)) {
                const blocks = readBoolean(policy.properties, ["blockPublicPolicy"]);
                const path = ["blockPublicPolicy"];
                yield blocks.kind === "open"
                    ? undecided(policy, path, `blockPublicPolicy ${blocks.why}`)
                    : blocks.kind === "known" && blocks.value
                      ? passed(policy)
                      : failed(
                            policy,
                            path,
                            "blockPublicPolicy is not true, so AWS takes a policy that opens the secret to everybody",
                        );
            }
        }
    },
};

function judgeParameter(
    context: RuleContext,
    parameter: RegisteredResource,
): readonly Observation[] {
    const type = readText(parameter.properties, ["type"]);
    if (type.kind === "open") {
        return [undecided(parameter, ["type"], `type ${type.why}`)];
    }
    if (type.kind === "known" && type.value === "SecureString") {
        return demandCustomerKey(context.graph, parameter, ["keyId"]);
    }
    return judgePlainParameter(context, parameter, type.kind === "known" ? type.value : "String");
}

function judgeSecret(context: RuleContext, secret: RegisteredResource): readonly Observation[] {
    const replicas = readElements(secret.properties, ["replicas"]);
    return [
        ...demandCustomerKey(context.graph, secret, ["kmsKeyId"]),
        ...(replicas.kind === "open"
            ? [undecided(secret, ["replicas"], `replicas ${replicas.why}`)]
            : []),
        ...(replicas.kind === "known" ? replicas.value : []).flatMap((path) =>
            demandCustomerKey(context.graph, secret, [...path, "kmsKeyId"]),
        ),
        ...judgeRecovery(context, secret),
        ...judgeRotation(context, secret),
        ...policiesOf(context, secret).flatMap(judgePolicy),
    ];
}

function judgeRecovery(context: RuleContext, secret: RegisteredResource): readonly Observation[] {
    const path = ["recoveryWindowInDays"];
    const least = context.parameter<number>("secretRecoveryWindowDays");
    const days = readNumber(secret.properties, path);
    if (days.kind === "open") {
        return [undecided(secret, path, `recoveryWindowInDays ${days.why}`)];
    }
    const value = days.kind === "known" ? days.value : defaultRecoveryDays;
    return value >= least
        ? []
        : [
              failed(
                  secret,
                  path,
                  `recoveryWindowInDays is ${value}: a deleted secret must be recoverable for ${least} days`,
              ),
          ];
}

function policiesOf({ graph }: RuleContext, secret: RegisteredResource): readonly WrittenPolicy[] {
    const separate = graph
        .ofType(TypeToken.SecretPolicy)
        .filter((policy) =>
            graph.reference(policy, ["secretArn"], [TypeToken.Secret]).resources.includes(secret),
        );
    return [secret, ...separate].flatMap((resource) => policyAt(resource, ["policy"]) ?? []);
}

function judgePolicy(policy: WrittenPolicy): readonly Observation[] {
    const open = policy.document.statements.map((statement) => {
        const isOpen = statement.effect === "Allow" && isForEverybody(statement);
        const found = isOpen
            ? demandCondition(policy, statement, isBinding, {
                  wide: "admits everybody to the secret",
                  open: "admits everybody to the secret, unless conditions that are not known bind it",
                  subject: "everybody",
              })
            : [];
        return [statement, found] as const;
    });
    return [...open.flatMap(([, found]) => found), ...principalDoubts(policy, new Map(open))];
}

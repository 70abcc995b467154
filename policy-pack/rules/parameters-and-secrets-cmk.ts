import { TypeToken } from "../../aws/type-tokens";
import type { PropertyPath } from "../graph/peek";
import { SecretValue, type RegisteredResource } from "../graph/resource";
import { isBinding } from "../reading/condition-keys";
import { policyAt, type WrittenPolicy } from "../reading/identity-policies";
import { chain } from "../reading/labels";
import { describeKey, keyAt, keyReads } from "../reading/keys";
import { failed, passed, settle, undecided } from "../reading/observations";
import { longestGapHours } from "../reading/schedules";
import { secretSources, secretsIn } from "../reading/secret-text";
import { demandCondition, isForEverybody, principalDoubts } from "../reading/statements";
import { readBoolean, readElements, readNumber, readText, show } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/** Last part of a parameter's name that says what its value is. */
const secretName =
    /(?:^|[/._-])(?:passwords?|passwd|passphrase|secrets?|tokens?|credentials?|(?:private|api|access|unseal|recovery)[_-]?keys?)$/i;
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
        return underCustomerKey(context, parameter, ["keyId"]);
    }
    const name = readText(parameter.properties, ["name"]);
    if (name.kind === "known" && secretName.test(name.value)) {
        return [
            failed(
                parameter,
                ["type"],
                `type is ${show(type.kind === "known" ? type.value : "String")}, but the name ${show(name.value)} says that the value is a secret`,
            ),
        ];
    }
    return ["value", "insecureValue"].flatMap((property) =>
        judgeValue(context, parameter, property),
    );
}

/** A plain value that is a secret; one that comes from resources which hold none is none. */
function judgeValue(
    { graph }: RuleContext,
    parameter: RegisteredResource,
    property: string,
): readonly Observation[] {
    const path = [property];
    const value = readText(parameter.properties, path);
    const sources = (parameter.propertyDependencies[property] ?? [])
        .map((urn) => graph.byUrn(urn))
        .filter((source) => source !== undefined);
    const secret = sources.find((source) => secretSources.includes(source.type));
    if (secret !== undefined) {
        return [
            failed(
                parameter,
                path,
                `${property} is a secret in a parameter that is not encrypted (${chain(parameter, secret)})`,
            ),
        ];
    }
    if (value.kind === "open") {
        // A state holds every value of a parameter encrypted: there the name alone tells.
        const isHidden = parameter.properties[property] instanceof SecretValue;
        return sources.length > 0 || isHidden
            ? []
            : [
                  undecided(
                      parameter,
                      path,
                      `${property} ${value.why}, so whether it is a secret is not either`,
                  ),
              ];
    }
    const found =
        value.kind === "known" ? secretsIn(value.value).find(({ certain }) => certain) : undefined;
    return found === undefined
        ? []
        : [
              failed(
                  parameter,
                  path,
                  `${property} holds ${found.kind} in a parameter that is not encrypted`,
              ),
          ];
}

function judgeSecret(context: RuleContext, secret: RegisteredResource): readonly Observation[] {
    const replicas = readElements(secret.properties, ["replicas"]);
    return [
        ...underCustomerKey(context, secret, ["kmsKeyId"]),
        ...(replicas.kind === "open"
            ? [undecided(secret, ["replicas"], `replicas ${replicas.why}`)]
            : []),
        ...(replicas.kind === "known" ? replicas.value : []).flatMap((path) =>
            underCustomerKey(context, secret, [...path, "kmsKeyId"]),
        ),
        ...judgeRecovery(context, secret),
        ...judgeRotation(context, secret),
        ...policiesOf(context, secret).flatMap(judgePolicy),
    ];
}

function underCustomerKey(
    { graph }: RuleContext,
    resource: RegisteredResource,
    path: PropertyPath,
): readonly Observation[] {
    const key = keyAt(graph, resource, path);
    return key.kind === "open"
        ? [undecided(resource, path, describeKey(path, key))]
        : key.kind === "not-customer"
          ? [failed(resource, path, describeKey(path, key))]
          : [];
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

function judgeRotation(context: RuleContext, secret: RegisteredResource): readonly Observation[] {
    const { graph } = context;
    const rotations = graph.ofType(TypeToken.SecretRotation);
    const own = rotations.filter((rotation) =>
        graph.reference(rotation, ["secretId"], [TypeToken.Secret]).resources.includes(secret),
    );
    const [doubtful] = rotations.filter(
        (rotation) =>
            graph.reference(rotation, ["secretId"], [TypeToken.Secret]).kind === "unknown",
    );
    if (own.length === 0) {
        return [
            doubtful === undefined
                ? failed(secret, [], "no rotation renews the secret", "rotation")
                : undecided(
                      secret,
                      [],
                      "whether a rotation of this stack renews the secret is not known",
                      "rotation",
                  ),
        ];
    }
    return own.flatMap((rotation) => judgeInterval(context, rotation));
}

function judgeInterval(context: RuleContext, rotation: RegisteredResource): readonly Observation[] {
    const most = context.parameter<number>("secretRotationDays");
    const enabled = readBoolean(rotation.properties, ["rotationEnabled"]);
    if (enabled.kind === "open" || (enabled.kind === "known" && !enabled.value)) {
        const path = ["rotationEnabled"];
        return [
            enabled.kind === "open"
                ? undecided(rotation, path, `rotationEnabled ${enabled.why}`)
                : failed(
                      rotation,
                      path,
                      "rotationEnabled is false, so the secret is never renewed",
                  ),
        ];
    }
    const daysPath = ["rotationRules", "automaticallyAfterDays"];
    const schedulePath = ["rotationRules", "scheduleExpression"];
    const days = readNumber(rotation.properties, daysPath);
    const schedule = readText(rotation.properties, schedulePath);
    if (days.kind === "open") {
        return [undecided(rotation, daysPath, `automaticallyAfterDays ${days.why}`)];
    }
    if (days.kind === "known") {
        return days.value <= most
            ? []
            : [
                  failed(
                      rotation,
                      daysPath,
                      `automaticallyAfterDays is ${days.value}, a secret may be ${most} days old`,
                  ),
              ];
    }
    if (schedule.kind !== "known") {
        return schedule.kind === "open"
            ? [undecided(rotation, schedulePath, `scheduleExpression ${schedule.why}`)]
            : [failed(rotation, ["rotationRules"], "rotationRules names no interval")];
    }
    try {
        const gap = longestGapHours(schedule.value, context.asOf, most + 1) / 24;
        return gap <= most
            ? []
            : [
                  failed(
                      rotation,
                      schedulePath,
                      `scheduleExpression ${schedule.value} leaves more than ${most} days between rotations`,
                  ),
              ];
    } catch (error) {
        return [
            failed(
                rotation,
                schedulePath,
                `scheduleExpression cannot be read: ${(error as Error).message}`,
            ),
        ];
    }
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

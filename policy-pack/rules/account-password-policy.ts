import type { RegisteredResource } from "../graph/resource";
import { failed, settle, undecided } from "../reading/observations";
import { readBoolean, readNumber } from "../reading/values";
import type { Observation, PropertyChange, RemediationContext, Rule } from "./rule";

const passwordPolicy = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy";

/** In the order in which a smaller number of classes drops them. */
const classes = [
    "requireLowercaseCharacters",
    "requireUppercaseCharacters",
    "requireNumbers",
    "requireSymbols",
];

const limits = [
    { property: "minimumPasswordLength", parameter: "passwordMinimumLength", least: true },
    { property: "passwordReusePrevention", parameter: "passwordHistory", least: true },
    { property: "maxPasswordAge", parameter: "passwordMaximumDays", least: false },
] as const;

/** The account's password policy, where the stack sets it, is the organisation's. */
export const accountPasswordPolicy: Rule = {
    name: "account-password-policy",
    reads: [passwordPolicy],
    certainAlone: true,
    *judge(context) {
        for (const policy of context.graph.ofType(passwordPolicy)) {
            if (context.scope.includes(policy)) {
                yield* settle(policy, [
                    ...judgeLimits(policy, context),
                    ...judgeClasses(policy, context),
                    ...judgeChange(policy),
                ]);
            }
        }
    },
    remediate: (resource, context) =>
        resource.type === passwordPolicy
            ? [
                  ...judgeLimits(resource, context),
                  ...judgeClasses(resource, context),
                  ...judgeChange(resource),
              ]
                  .filter(({ verdict }) => verdict === "fail")
                  .map(({ path = [] }): PropertyChange => {
                      const limit = limits.find(({ property }) => property === path[0]);
                      const value =
                          limit === undefined || context.parameter<number>(limit.parameter);
                      return { path, value };
                  })
            : [],
};

function judgeLimits(
    policy: RegisteredResource,
    context: RemediationContext,
): readonly Observation[] {
    return limits.flatMap(({ property, parameter, least }) => {
        const wanted = context.parameter<number>(parameter);
        const found = readNumber(policy.properties, [property]);
        if (found.kind === "open") {
            return [undecided(policy, [property], `${property} ${found.why}`)];
        }
        // An age of 0 is IAM's way to say that passwords never expire.
        const value = found.kind === "known" ? found.value : 0;
        const holds = least ? value >= wanted : value > 0 && value <= wanted;
        const shown = found.kind === "known" ? `is ${found.value}` : "is not set";
        const bound = least ? "at least" : "between 1 and";
        return holds
            ? []
            : [failed(policy, [property], `${property} ${shown}: it must be ${bound} ${wanted}`)];
    });
}

function judgeClasses(
    policy: RegisteredResource,
    context: RemediationContext,
): readonly Observation[] {
    const wanted = context.parameter<number>("passwordCharacterClasses");
    const readings = classes.map((property) => ({
        property,
        reading: readBoolean(policy.properties, [property]),
    }));
    const demanded = readings.filter(({ reading }) => reading.kind === "known" && reading.value);
    return readings
        .filter((entry) => !demanded.includes(entry))
        .slice(0, Math.max(0, wanted - demanded.length))
        .map(({ property, reading }) =>
            reading.kind === "open"
                ? undecided(policy, [property], `${property} ${reading.why}`)
                : failed(
                      policy,
                      [property],
                      `${property} is not on: passwords need ${wanted} classes of characters`,
                  ),
        );
}

function judgeChange(policy: RegisteredResource): readonly Observation[] {
    const property = "allowUsersToChangePassword";
    const found = readBoolean(policy.properties, [property]);
    if (found.kind === "open") {
        return [undecided(policy, [property], `${property} ${found.why}`)];
    }
    return found.kind === "known" && found.value
        ? []
        : [
              failed(
                  policy,
                  [property],
                  `${property} is not on: nobody can change a password that may be known to others`,
              ),
          ];
}

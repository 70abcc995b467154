import type { PolicyRecord } from "../../catalog/policy";
import type { Scope } from "../graph/scope";
import type { Observation } from "../rules/rule";
import type { PolicyLevel } from "./levels";

/** Says of every critical policy that was lowered that it was. */
export function* observeLevels(
    policies: readonly PolicyRecord[],
    levelOf: (policy: PolicyRecord) => PolicyLevel,
): Generator<Observation> {
    for (const policy of policies) {
        const level = levelOf(policy);
        if (policy.severity !== "critical") {
            continue;
        }
        yield level === "mandatory" || level === "remediate"
            ? { verdict: "pass" }
            : {
                  verdict: "fail",
                  subject: `level of ${policy.name}`,
                  message: `the critical policy ${policy.name} is configured as "${level}"; it must be "mandatory" or "remediate"`,
              };
    }
}

/** A scope that leaves nothing to judge is no clean stack. */
export function* observeScope(scope: Scope): Generator<Observation> {
    if (scope.mode === "marked" && scope.keyServers.length === 0) {
        yield {
            verdict: "fail",
            subject: "scope marked without marks",
            message:
                'the scope "marked" leaves nothing to judge: no machine belongs to a Keyward component, has the tag keyward:role=key-server or is named in keyServers',
        };
    }
}

import type { ParameterValue } from "../../catalog/parameter";
import type { PolicyRecord } from "../../catalog/policy";
import type { PolicyConfiguration } from "../configuration/policy-configuration";
import type { Pack } from "../pack";
import type { RemediationContext } from "../rules/rule";
import type { PolicyLevel } from "./levels";

/** Level of a policy after configuration. */
export function levelAfter(configuration: PolicyConfiguration, record: PolicyRecord): PolicyLevel {
    return configuration.get(record.name)?.level ?? record.level;
}

/** Gives a rule the values of the parameters that its policy lists, after configuration. */
export function parametersOf(
    pack: Pack,
    record: PolicyRecord,
    configuration: PolicyConfiguration,
): RemediationContext {
    const set = configuration.get(record.name)?.parameters ?? {};
    return {
        parameter: <T extends ParameterValue>(id: string): T => {
            if (!record.parameters.includes(id)) {
                throw new Error(`the policy ${record.name} does not list the parameter "${id}"`);
            }
            const value = Object.hasOwn(set, id) ? set[id] : pack.parameter(id).value;
            return value as T;
        },
    };
}

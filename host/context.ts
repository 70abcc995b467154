import type { OperatingSystem } from "../catalog/operating-systems";
import type { parameter, ParameterId } from "../catalog/parameters";
import type { Workload } from "../catalog/workload";

/** Value of a catalog parameter, with the organisation's choice where it made one. */
type ValueOf = <Id extends ParameterId>(id: Id) => ReturnType<typeof parameter<Id>>["value"];

/** What decides the settings of a host. */
export interface HostContext {
    readonly operatingSystem: OperatingSystem;
    readonly workload: Workload;
    readonly value: ValueOf;
}

/** First user number of people. Source: /etc/login.defs of every supported system. */
export const firstUserNumber = 1000;

export function isDebianFamily(context: HostContext): boolean {
    return context.operatingSystem.family === "debian";
}

/** The value for the family of the operating system. */
export function byFamily<T>(
    context: HostContext,
    values: { readonly debian: T; readonly amazon: T },
): T {
    return isDebianFamily(context) ? values.debian : values.amazon;
}

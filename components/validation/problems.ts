import * as pulumi from "@pulumi/pulumi";

/** What is wrong with one argument: its property path, and a reason that is complete by itself. */
export interface Problem {
    readonly propertyPath: string;
    readonly reason: string;
}

/** A value as error messages show it. */
export function show(value: unknown): string {
    return value === undefined ? "nothing" : JSON.stringify(value);
}

/** An argument that is known now; undefined for one that is absent or comes from a resource. */
export function known<T>(value: pulumi.Input<T> | undefined): T | undefined {
    return pulumi.Output.isInstance(value) || value instanceof Promise ? undefined : value;
}

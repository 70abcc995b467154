import * as pulumi from "@pulumi/pulumi";

/** What is wrong with one argument: its property path, and a reason that is complete by itself. */
export interface Problem {
    readonly propertyPath: string;
    readonly reason: string;
}

/** Throws `InputPropertiesError` with all problems of one call; does nothing when there are none. */
export function refuse(component: string, name: string, problems: readonly Problem[]): void {
    if (problems.length > 0) {
        const count = problems.length === 1 ? "1 argument" : `${problems.length} arguments`;
        throw new pulumi.InputPropertiesError({
            message: `${component} "${name}" refuses ${count}`,
            errors: [...problems],
        });
    }
}

/** A value as error messages show it. */
export function show(value: unknown): string {
    return value === undefined ? "nothing" : JSON.stringify(value);
}

/** An argument that is known now; undefined for one that is absent or comes from a resource. */
export function known<T>(value: pulumi.Input<T> | undefined): T | undefined {
    return pulumi.Output.isInstance(value) || value instanceof Promise ? undefined : value;
}

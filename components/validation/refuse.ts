import * as pulumi from "@pulumi/pulumi";
import { problemsOfFormat } from "./format";
import type { Problem } from "./problems";

/**
 * Throws `InputPropertiesError` with all problems of one call, those of the component's name among them: log groups and parameters of AWS carry it as
 * it is. Does nothing when there are none.
 */
export function refuse(component: string, name: string, others: readonly Problem[]): void {
    const problems = [...problemsOfFormat("name", name, "componentName"), ...others];
    if (problems.length > 0) {
        const count = problems.length === 1 ? "1 argument" : `${problems.length} arguments`;
        throw new pulumi.InputPropertiesError({
            message: `${component} "${name}" refuses ${count}`,
            errors: problems,
        });
    }
}

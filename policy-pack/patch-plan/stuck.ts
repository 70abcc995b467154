import { TypeToken } from "../../aws/type-tokens";
import { formatPath } from "../graph/peek";
import { failed, undecided } from "../reading/observations";
import { patchTaskReads } from "../reading/patch-tasks";
import { serverReads } from "../reading/servers";
import type { Observation } from "../rules/rule";
import type { PlanReading } from "./read-plan";

/** Type tokens that are read to find a stack's plan. */
export const planReads: readonly string[] = [
    ...serverReads,
    ...patchTaskReads,
    TypeToken.PatchBaseline,
    TypeToken.SsmAssociation,
];

/** What to say of a plan that cannot be computed. */
export function stuck(
    reading: Extract<PlanReading, { readonly kind: "open" | "bad" }>,
): Observation {
    const { resource, path, why } = reading;
    const message = `the plan cannot be computed: ${formatPath(path)} of the window "${resource.name}" ${why}`;
    return reading.kind === "open"
        ? undecided(resource, path, message)
        : failed(resource, path, message);
}

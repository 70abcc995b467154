import type { PatchPlan } from "../catalog/records/judged-stack";
import type { GraphIndex } from "./graph/graph-index";
import type { Scope } from "./graph/scope";

/** The patch calendar of a stack with its worst case, or null for a stack without patching. */
export const patchPlanOf: (graph: GraphIndex, scope: Scope, asOf: Date) => PatchPlan | null = () =>
    null;

import type { Exposure } from "../catalog/records/judged-stack";
import type { GraphIndex } from "./graph/graph-index";
import type { Scope } from "./graph/scope";

/** Who can reach each key server of a stack, and who may do what to it. */
export const exposureOf: (graph: GraphIndex, scope: Scope) => Exposure = () => ({
    paths: [],
    access: [],
});

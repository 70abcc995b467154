import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { buildScope } from "../graph/scope";
import type { Pack } from "../pack";
import type { JudgedObservation } from "./judged-observation";
import { runRules, type RunInput } from "./run-rules";
import { distinct } from "./tell-apart";

/** What the rules of a pack fail one resource for, of which nothing else is known but what the graph holds. */
export function failuresAlone(
    resource: RegisteredResource,
    graph: GraphIndex,
    pack: Pack,
    input: Pick<RunInput, "asOf" | "configuration">,
): readonly JudgedObservation[] {
    return distinct(
        runRules(pack, {
            ...input,
            graph,
            scope: buildScope(graph, { mode: "all", keyServers: [] }),
            describeError: () => "it threw an error",
        }),
    ).filter(({ verdict, urn }) => verdict === "fail" && urn === resource.urn);
}

import type { Coverage, TypeCount } from "../../catalog/records/judged-stack";
import type { GraphIndex } from "../graph/graph-index";
import type { Scope } from "../graph/scope";
import type { JudgedObservation } from "./judged-observation";
import { compareBy, compareTexts } from "./order";

/** Counts what was looked at: resources that a policy decided on, those out of scope, and types that nobody reads. */
export function coverageOf(
    graph: GraphIndex,
    scope: Scope,
    observations: readonly JudgedObservation[],
    read: ReadonlySet<string>,
    judgedElsewhere: readonly string[] = [],
): Coverage {
    const decided = new Set(
        [
            ...observations
                .filter(({ verdict }) => verdict !== "not-applicable")
                .map(({ urn }) => urn),
            ...judgedElsewhere,
        ].filter((urn) => urn !== graph.stackUrn),
    );
    const notRead = new Map<string, number>();
    let outOfScope = 0;
    for (const resource of graph.resources) {
        if (!resource.custom) {
            continue;
        }
        if (!scope.includes(resource)) {
            outOfScope++;
        }
        if (!read.has(resource.type)) {
            notRead.set(resource.type, (notRead.get(resource.type) ?? 0) + 1);
        }
    }
    return {
        scope: scope.mode,
        keyServers: scope.keyServers.map(({ urn }) => urn).sort(compareTexts),
        judged: decided.size,
        outOfScope,
        typesNotRead: [...notRead]
            .map(([type, count]): TypeCount => ({ type, count }))
            .sort(compareBy(({ type }) => type)),
    };
}

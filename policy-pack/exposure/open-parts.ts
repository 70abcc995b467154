import type { Match } from "../../aws/iam/match";
import type { Policy } from "../../aws/iam/request";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import { sourceUrns } from "../graph/source-urns";
import type { WrittenPolicy } from "../reading/identity-policies";

/** Types whose outputs hold whatever was put in, so that a value from them may name anything. */
const carriers = /^aws:(ssm\/parameter|secretsmanager\/secretVersion|appconfig\/|dynamodb\/)/;

/** A policy with what its unknown parts may stand for, judged by the resources that the document takes values from. */
export function policyFor(
    graph: GraphIndex,
    written: WrittenPolicy,
    target: RegisteredResource | undefined,
    caller: RegisteredResource | undefined,
): Policy {
    return {
        document: written.document,
        // Where any resource of a kind is asked about, one that is not known is one of them.
        openResource: target === undefined ? "yes" : standsFor(graph, written, target),
        openPrincipal: caller === undefined ? "maybe" : standsFor(graph, written, caller),
    };
}

function standsFor(graph: GraphIndex, written: WrittenPolicy, meant: RegisteredResource): Match {
    const { resource, path, document } = written;
    if (!document.doubts.some(({ reason }) => reason === "unknown")) {
        return "maybe";
    }
    const sources = sourceUrns(resource, String(path[0])).map((urn) => graph.byUrn(urn));
    if (sources.includes(meant)) {
        const rivals = sources.filter((source) => source?.type === meant.type);
        return rivals.length === 1 ? "yes" : "maybe";
    }
    return sources.length > 0 && sources.every(namesItself) ? "no" : "maybe";
}

function namesItself(source: RegisteredResource | undefined): boolean {
    return (
        source !== undefined &&
        source.custom &&
        source.type.startsWith("aws:") &&
        !carriers.test(source.type)
    );
}

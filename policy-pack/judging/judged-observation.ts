import type { HostCheckDescription } from "../../catalog/host-checks";
import type { PolicyRecord } from "../../catalog/policy";
import type { Verdict } from "../../catalog/records/verdict";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath } from "../graph/peek";
import type { Observation } from "../rules/rule";
import { fingerprintOf } from "./fingerprint";
import { elementAt } from "./tell-apart";

/** An observation with everything that tells it from others. */
export interface JudgedObservation {
    readonly policy: PolicyRecord;
    readonly verdict: Exclude<Verdict, "exempt">;
    readonly type: string;
    readonly urn: string;
    readonly path: string;
    /** What the path leads through: the innermost element of a list, without its secrets; "" where it leads through none. */
    readonly element: string;
    readonly message: string;
    /** "" where nothing was found: only findings can be exempted. */
    readonly fingerprint: string;
    /** The host check that it is about, whose severity and controls then count; only where the machine is exempt from it. */
    readonly hostCheck?: HostCheckDescription;
}

/** Places an observation in the graph; one without a resource is about the stack. */
export function placeObservation(
    policy: PolicyRecord,
    observation: Observation,
    graph: GraphIndex,
): JudgedObservation {
    const { resource, path = [], message = "", subject = "", verdict } = observation;
    const urn = resource?.urn ?? graph.stackUrn;
    const isFinding = verdict === "fail" || verdict === "indeterminate";
    return {
        policy,
        verdict,
        type: resource?.type ?? "pulumi:pulumi:Stack",
        urn,
        path: formatPath(path),
        element: isFinding ? elementAt(resource?.properties, path) : "",
        message,
        fingerprint: isFinding ? fingerprintOf(policy.name, urn, path, subject) : "",
    };
}

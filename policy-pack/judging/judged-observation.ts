import type { HostCheckDescription } from "../../catalog/host-checks";
import type { PolicyRecord } from "../../catalog/policy";
import type { Verdict } from "../../catalog/records/verdict";
import type { GraphIndex } from "../graph/graph-index";
import { formatPath } from "../graph/peek";
import type { Observation } from "../rules/rule";
import { fingerprintOf } from "./fingerprint";

/** An observation with everything that tells it from others. */
export interface JudgedObservation {
    readonly policy: PolicyRecord;
    readonly verdict: Exclude<Verdict, "exempt">;
    readonly type: string;
    readonly urn: string;
    readonly path: string;
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
    return {
        policy,
        verdict,
        type: resource?.type ?? "pulumi:pulumi:Stack",
        urn,
        path: formatPath(path),
        message,
        fingerprint:
            verdict === "fail" || verdict === "indeterminate"
                ? fingerprintOf(policy.name, urn, path, subject)
                : "",
    };
}

/** Leaves out what says the same of the same place. */
export function withoutDuplicates(
    observations: readonly JudgedObservation[],
): readonly JudgedObservation[] {
    const seen = new Map<string, JudgedObservation>();
    for (const observation of observations) {
        const { policy, verdict, urn, fingerprint, path, message } = observation;
        const key = [policy.name, verdict, urn, fingerprint, path, message].join("\n");
        if (!seen.has(key)) {
            seen.set(key, observation);
        }
    }
    return [...seen.values()];
}

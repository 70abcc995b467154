import { TypeToken } from "../../aws/type-tokens";
import { controlsOfHostCheck } from "../../catalog/controls";
import { matchesUrn } from "../../catalog/exemptions/urn-pattern";
import { describeHostCheck, exemptionCheck } from "../../catalog/host-checks";
import type { Exemption, JudgedExemption } from "../../catalog/records/exemption";
import type { GraphIndex } from "../graph/graph-index";
import type { RegisteredResource } from "../graph/resource";
import type { JudgedObservation } from "../judging/judged-observation";
import { compareTexts } from "../judging/order";
import type { Observation } from "../rules/rule";
import type { AppliedExemptions, ExemptionInput } from "./apply-exemptions";
import { carriedRecords } from "./carried-records";
import { describeFault, faultOf, type RecordFault } from "./record-fault";

type Place = (observations: readonly Observation[]) => readonly JudgedObservation[];

type CarriedExemptions = Omit<AppliedExemptions, "observations"> & {
    readonly observations: readonly JudgedObservation[];
};

/**
 * Judges the exemptions from host checks that clusters carry to their servers. A live one is an exempt finding of every server that it holds on,
 * with severity and controls of the host check; a wrong one fails, as a wrong record of a file does. `earlier` are the records of the file,
 * whose ids are taken.
 */
export function judgeCarriedExemptions(
    graph: GraphIndex,
    earlier: readonly Exemption[],
    input: Pick<ExemptionInput, "limits" | "asOf">,
    place: Place,
): CarriedExemptions {
    const { records, doubts } = carriedRecords(graph);
    const ids = new Set(earlier.map(({ id }) => id));
    const covers = new Map<JudgedObservation, Exemption>();
    const exempt = new Set<string>();
    const judged: JudgedExemption[] = [];
    const observations = [...place(doubts)];
    for (const { read, path, clusters } of records) {
        const { exemption } = read;
        const servers = clusters
            .flatMap((cluster) => serversOf(cluster, exemption, graph))
            .filter(({ urn }) => !exempt.has(`${exemption.policy} ${urn}`));
        const fault = faultOf(read, exceptedBy(exemption, ids), input) ?? unused(servers);
        ids.add(exemption.id);
        if (fault !== undefined) {
            judged.push({ ...exemption, state: fault.state, findings: [] });
            const wrong = describeFault(exemption, "host check", fault);
            observations.push(...place(clusters.map((resource) => ({ ...wrong, resource, path }))));
            continue;
        }
        const hostCheck = describeHostCheck(exemption.policy);
        const seen = place(servers.map((server) => notHeld(exemption, server))).map((one) => ({
            ...one,
            hostCheck,
        }));
        seen.forEach((one) => covers.set(one, exemption));
        servers.forEach(({ urn }) => exempt.add(`${exemption.policy} ${urn}`));
        observations.push(
            ...seen,
            ...place(clusters.map((resource) => ({ verdict: "pass", resource, path }))),
        );
        judged.push({
            ...exemption,
            state: "active",
            findings: seen.map(({ fingerprint }) => fingerprint).sort(compareTexts),
        });
    }
    return { covers, judged, observations };
}

function exceptedBy(
    { id, policy }: Exemption,
    ids: ReadonlySet<string>,
): Parameters<typeof faultOf>[1] {
    const kind = "host check";
    const known = controlsOfHostCheck(policy).length > 0;
    return {
        kind,
        repeated: ids.has(id),
        subject: known
            ? {
                  kind,
                  severity: describeHostCheck(policy).severity,
                  exemptable: policy !== exemptionCheck,
              }
            : undefined,
    };
}

function serversOf(
    cluster: RegisteredResource,
    { scope }: Exemption,
    graph: GraphIndex,
): readonly RegisteredResource[] {
    return graph
        .ofType(TypeToken.Instance)
        .filter(
            (server) =>
                matchesUrn(scope.urn ?? "", server.urn) &&
                graph.ancestors(server).includes(cluster),
        );
}

function unused(servers: readonly RegisteredResource[]): RecordFault | undefined {
    return servers.length === 0
        ? {
              state: "unused",
              problem:
                  "it holds on no server of its cluster that an earlier record does not exempt",
          }
        : undefined;
}

function notHeld({ policy }: Exemption, resource: RegisteredResource): Observation {
    return {
        verdict: "fail",
        resource,
        subject: JSON.stringify(["host check", policy]),
        message: `the server is not held to the host check ${policy}`,
    };
}

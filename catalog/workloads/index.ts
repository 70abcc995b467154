import type { Workload, WorkloadId } from "../workload";
import { barbican } from "./barbican";
import { cloudHsmClient } from "./cloudhsm-client";
import { cosmianKms } from "./cosmian-kms";
import { custom } from "./custom";
import { ejbca } from "./ejbca";
import { openbao } from "./openbao";
import { pykmip } from "./pykmip";
import { vault } from "./vault";

/** Every workload, refused ones included. */
export const workloads: readonly Workload[] = [
    openbao,
    vault,
    ejbca,
    cosmianKms,
    barbican,
    cloudHsmClient,
    custom,
    pykmip,
];

/** Ids of the workloads that are accepted outside development stacks. */
export const acceptedWorkloadIds: readonly WorkloadId[] = workloads
    .filter((known) => known.refusedOutsideDevelopment === undefined)
    .map((known) => known.id);

/** TCP ports that accepted workloads serve over TLS, in ascending order. */
export const servicePorts: readonly number[] = [
    ...new Set(
        workloads
            .filter((known) => known.refusedOutsideDevelopment === undefined)
            .flatMap((known) => known.ports)
            .filter((port) => port.tls)
            .map((port) => port.port),
    ),
].sort((a, b) => a - b);

export function isWorkloadId(id: string): id is WorkloadId {
    return workloads.some((known) => known.id === id);
}

/** The workload with that id. Throws for an unknown one, naming those that exist. */
export function workload(id: string): Workload {
    const found = workloads.find((known) => known.id === id);
    if (found === undefined) {
        throw new Error(`no workload "${id}"; there are: ${acceptedWorkloadIds.join(", ")}`);
    }
    return found;
}

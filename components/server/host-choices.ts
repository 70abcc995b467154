import type { OperatingSystem } from "../../catalog/operating-systems";
import { parameter } from "../../catalog/parameters";
import type { Workload } from "../../catalog/workload";
import { namedWorkload } from "../../catalog/workloads/named";
import type { HostChoices } from "../../host/choices";
import type { KeyServerArgs } from "../key-server";
import { privateIpv4Ranges } from "../validation/cidr";
import { mirrorPort } from "../network/package-mirror";

/**
 * What the host profile has to know of a server. The packet filter admits private addresses to the service ports and among peers: which of
 * them is the security groups' business, because load balancers and peers get their addresses late.
 */
export function hostChoices(
    system: OperatingSystem,
    software: Workload,
    args: Partial<
        Pick<KeyServerArgs, "packageMirror" | "servicePorts" | "workloadUnit" | "workloadUser">
    >,
): HostChoices {
    const own = software.ports
        .filter(({ from, optional }) => from === "clients" && !optional)
        .map(({ port }) => port);
    const more = (args.servicePorts ?? []).filter((port) => !own.includes(port));
    const web = parameter("hostWebEgressPorts").value;
    const mirror = mirrorPort(args.packageMirror);
    return {
        operatingSystem: system.id,
        workload: software.id,
        parameters: {
            hostClientCidrs: privateIpv4Ranges,
            hostPeerCidrs: privateIpv4Ranges,
            ...(more.length === 0 ? {} : { hostServicePorts: more }),
            ...(mirror === undefined || web.includes(mirror)
                ? {}
                : { hostWebEgressPorts: [...web, mirror] }),
            ...(args.workloadUnit === undefined ? {} : { hostWorkloadUnit: args.workloadUnit }),
            ...(args.workloadUser === undefined ? {} : { hostWorkloadUser: args.workloadUser }),
        },
    };
}

/** The workload that the arguments name, under the names that they give it. */
export function softwareOf(
    known: Workload,
    {
        workloadUnit: unit,
        workloadUser: user,
    }: Pick<KeyServerArgs, "workloadUnit" | "workloadUser">,
): Workload {
    return unit === undefined || user === undefined ? known : namedWorkload(known, { unit, user });
}

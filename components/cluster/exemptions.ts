import * as pulumi from "@pulumi/pulumi";
import { matchesUrn } from "../../catalog/exemptions/urn-pattern";
import { isOperatingSystemId, operatingSystem } from "../../catalog/operating-systems";
import { InputError } from "../../catalog/records/input-error";
import { isWorkloadId, workload } from "../../catalog/workloads";
import type { HostChoices, HostNode } from "../../host/choices";
import { buildHostProfile } from "../../host/profile";
import type { HostExemptionArgs } from "../host-exemption";
import type { KeyServerClusterArgs } from "../key-server-cluster";
import { hostChoices } from "../server/host-choices";
import { defaultOperatingSystem } from "../server/image";
import type { Problem } from "../validation/problems";
import { show } from "../validation/problems";
import { nodeNames } from "./names";
import { defaultSize } from "./size";

/** Private name and URN of each server of a cluster. A URN of a cluster below another component has that one's type before its own, which `*` matches. */
export function clusterNodes(
    name: string,
    { domainName, size = defaultSize }: KeyServerClusterArgs,
): readonly HostNode[] {
    const types = [
        "keyward:index:KeyServerCluster",
        "keyward:index:KeyServer",
        "aws:ec2/instance:Instance",
    ].join("$");
    const stack = `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}`;
    return nodeNames(domainName, size).map((node, index) => ({
        name: node,
        server: `${stack}::${types}::${name}-${index + 1}`,
    }));
}

/** Records that hold on a server. */
export function exemptionsOn(
    { server }: HostNode,
    exemptions: readonly HostExemptionArgs[] = [],
): readonly HostExemptionArgs[] {
    return exemptions.filter(({ scope }) => matchesUrn(scope.urn, server));
}

/** What a profile does not demand, in words for whoever reads the document: check, server, end, record, and what holds the risk down. */
export function describeExemptions(
    nodes: readonly HostNode[],
    exemptions: readonly HostExemptionArgs[] = [],
): readonly string[] {
    return nodes.flatMap((node) =>
        exemptionsOn(node, exemptions).map(
            ({ compensatingControl, expires, id, policy }) =>
                `${policy} on ${node.name} until ${expires} (${[id, compensatingControl].filter(Boolean).join(": ")})`,
        ),
    );
}

/**
 * Problems of the exemptions of a cluster: records that are not sound, that two share an id, that are about no check of the profile, or that hold on
 * none of its servers. Silent where system or workload are refused themselves.
 */
export function problemsOfExemptions(name: string, args: KeyServerClusterArgs): readonly Problem[] {
    const { exemptions = [], operatingSystem: system = defaultOperatingSystem } = args;
    if (exemptions.length === 0 || !isOperatingSystemId(system) || !isWorkloadId(args.workload)) {
        return [];
    }
    const choices = hostChoices(operatingSystem(system), workload(args.workload), args);
    const nodes = clusterNodes(name, args);
    return exemptions.flatMap((record, index) => {
        const propertyPath = `exemptions[${index}]`;
        const repeated = exemptions.slice(0, index).some(({ id }) => id === record.id);
        return [
            ...(repeated
                ? [`${propertyPath}.id must differ from the others, got ${show(record.id)} twice`]
                : []),
            ...reasonsOf(record, choices, nodes).map((reason) => `${propertyPath}: ${reason}`),
        ].map((reason) => ({ propertyPath, reason }));
    });
}

/** Why one record is refused. */
function reasonsOf(
    record: HostExemptionArgs,
    choices: HostChoices,
    nodes: readonly HostNode[],
): readonly string[] {
    try {
        const carried = nodes.flatMap(
            ({ server }) =>
                buildHostProfile({ ...choices, exemptions: [record], server }).exemptions,
        );
        const servers = nodes.map(({ server }) => server).join(", ");
        return carried.length === 0
            ? [
                  `policy and scope.urn must name a host check of the profile and a server of the cluster, ${servers}, got ${show(record.policy)} and ${show(record.scope.urn)}`,
              ]
            : [...new Set(carried.map(({ problem }) => problem))].filter(
                  (problem) => problem !== "",
              );
    } catch (error) {
        if (error instanceof InputError) {
            return error.problems;
        }
        throw error;
    }
}

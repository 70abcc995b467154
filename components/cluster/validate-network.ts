import type { AdoptedNetworkArgs, KeyServerClusterArgs } from "../key-server-cluster";
import { problemsOfZones } from "../network/validate";
import { problemsOfPrivateCidr } from "../validation/cidr";
import { problemsOfClientName } from "../validation/client-name";
import { known, type Problem, show } from "../validation/problems";
import { defaultSize } from "./size";

/** Zones that a cluster needs so that one zone's failure leaves a majority. */
const zonesForQuorum = 3;

/** Problems of the network of a cluster, made or adopted, and of the groups of its clients. */
export function problemsOfClusterNetwork(args: KeyServerClusterArgs): readonly Problem[] {
    return [
        ...(args.network === undefined
            ? problemsOfNewNetwork(args)
            : problemsOfAdoptedNetwork(args, args.network)),
        ...problemsOfNames(args),
    ];
}

function problemsOfNewNetwork(args: KeyServerClusterArgs): readonly Problem[] {
    return [
        ...problemsOfPrivateCidr("cidrBlock", known(args.cidrBlock), 16, 26),
        ...problemsOfZones(args.availabilityZones),
    ];
}

function problemsOfAdoptedNetwork(
    args: KeyServerClusterArgs,
    network: AdoptedNetworkArgs,
): readonly Problem[] {
    const made = (["cidrBlock", "availabilityZones", "clientNames"] as const).filter(
        (property) => args[property] !== undefined,
    );
    const { subnetIds, availabilityZones: zones } = network;
    const names = zones.map((zone) => known(zone)).filter((zone) => zone !== undefined);
    const distinct = new Set(names).size + zones.length - names.length;
    const wanted =
        args.environment === "development" ? 1 : Math.min(args.size ?? defaultSize, zonesForQuorum);
    return [
        ...made.map((property) => ({
            propertyPath: property,
            reason: `${property} must not be given with network: it is about a new one`,
        })),
        ...(subnetIds.length === 0
            ? [
                  {
                      propertyPath: "network.subnetIds",
                      reason: "network.subnetIds must name the private subnets of the VPC, got none",
                  },
              ]
            : []),
        ...(subnetIds.length !== zones.length
            ? [
                  {
                      propertyPath: "network.availabilityZones",
                      reason: `network.availabilityZones must name the zone of each subnet, ${subnetIds.length}, got ${zones.length}`,
                  },
              ]
            : []),
        ...(subnetIds.length > 0 && distinct < wanted
            ? [
                  {
                      propertyPath: "network.availabilityZones",
                      reason: `network.availabilityZones must be ${wanted} different zones, so that a majority of servers survives the failure of one, got ${show(names)}`,
                  },
              ]
            : []),
    ];
}

function problemsOfNames({
    clients = [],
    clientNames = [],
}: KeyServerClusterArgs): readonly Problem[] {
    const named = clients.map((client) => client.name);
    return clientNames.flatMap((name, index) =>
        problemsOfClientName(`clientNames[${index}]`, name, [
            ...named,
            ...clientNames.slice(0, index),
        ]),
    );
}

import type { AdoptedNetworkArgs, KeyServerClusterArgs } from "../key-server-cluster";
import { defaultCidrBlock } from "../network/subnets";
import { problemsOfZones } from "../network/validate";
import { problemsOfPrivateCidr } from "../validation/cidr";
import { problemsOfClientName } from "../validation/client-name";
import { problemsOfForeignRoute, problemsOfMirrorRoute } from "../validation/package-mirror";
import { known, type Problem } from "../validation/problems";
import { problemsOfSubnets } from "../validation/subnets";
import { defaultSize } from "./size";
import { problemsOfFormat } from "../validation/format";

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
        ...problemsOfMirrorRoute(args.packageMirror, known(args.cidrBlock ?? defaultCidrBlock)),
    ];
}

function problemsOfAdoptedNetwork(
    args: KeyServerClusterArgs,
    network: AdoptedNetworkArgs,
): readonly Problem[] {
    const made = (["cidrBlock", "availabilityZones", "clientNames"] as const).filter(
        (property) => args[property] !== undefined,
    );
    const zones =
        args.environment === "development" ? 1 : Math.min(args.size ?? defaultSize, zonesForQuorum);
    return [
        ...made.map((property) => ({
            propertyPath: property,
            reason: `${property} must not be given with network: it is about a new one`,
        })),
        ...problemsOfFormat("network.vpcId", network.vpcId, "vpcId"),
        ...problemsOfSubnets("network", network, zones),
        ...problemsOfFormat(
            "network.endpointClientSecurityGroupId",
            network.endpointClientSecurityGroupId,
            "securityGroupId",
        ),
        ...problemsOfForeignRoute(args.packageMirror),
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

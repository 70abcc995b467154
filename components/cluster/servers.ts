import * as pulumi from "@pulumi/pulumi";
import type { OperatingSystem } from "../../catalog/operating-systems";
import type { Workload } from "../../catalog/workload";
import { KeyServer } from "../key-server";
import type { KeyServerClusterArgs } from "../key-server-cluster";
import type { Location } from "../location";
import { mirrorWithoutRoute } from "../network/package-mirror";
import { readyAfter } from "../readiness";
import { createBundle } from "../storage/bundles";
import type { CommonParts } from "./common-parts";
import { clusterTag } from "./association";
import { setupScript } from "./setup";
import type { NodeSetup } from "./setup-association";
import type { Surroundings } from "./surroundings";

/** Makes the servers of a cluster, one for each private name, over the subnets in turn. */
export function createServers(
    name: string,
    args: KeyServerClusterArgs,
    made: {
        /** Tag value that marks the servers of the cluster. */
        readonly cluster: string;
        readonly around: Surroundings;
        readonly common: CommonParts;
        readonly location: Location;
        /** Private names of the servers. */
        readonly nodes: readonly string[];
        readonly software: Workload;
        readonly system: OperatingSystem;
    },
    parent: pulumi.Resource,
): { readonly servers: readonly KeyServer[]; readonly setups: readonly NodeSetup[] } {
    const { region, tags, disposable = false } = args;
    const { cluster, around, common, location, nodes, software, system } = made;
    const { auditLog, keys, network } = around;
    const setups = nodes.map((node, index) => ({
        node,
        bundle: createBundle(
            `${name}-${index + 1}-setup`,
            setupScript(name, args, { node, nodes, software, system, location, index }),
            common.bucket,
            { region, tags },
            parent,
        ),
    }));
    const servers = setups.map(({ bundle }, index) => {
        const serverName = `${name}-${index + 1}`;
        const underMaintenance = args.serverUnderMaintenance === index + 1;
        return new KeyServer(
            serverName,
            {
                workload: args.workload,
                placement: {
                    vpcId: network.vpcId,
                    subnetId: network.subnetIds[index % network.subnetIds.length] ?? "",
                    endpointClientSecurityGroupId: network.endpointClientSecurityGroupId,
                },
                logGroups: auditLog.logGroups,
                alarmTopicArn: auditLog.alarmTopicArn,
                volumeKeyArn: keys.volumeKeyArn,
                patchGroup: around.patchGroupOf(serverName),
                securityGroupId: readyAfter(common.groups.servers.id, common.groups.rules),
                instanceProfileName: readyAfter(common.role.profile.name, common.role.policies),
                placementGroup: common.placementGroup.name,
                bundles: [...common.profileBundles.slice(index, index + 1), bundle],
                operatingSystem: args.operatingSystem,
                architecture: args.architecture,
                instanceType: args.instanceType,
                imageId: args.imageId,
                imageParameterName: args.imageParameterName,
                imageHeld: !(underMaintenance && args.maintenanceChangesServer === true),
                packageMirror: mirrorWithoutRoute(args.packageMirror),
                workloadUser: args.workloadUser,
                workloadUnit: args.workloadUnit,
                underMaintenance: underMaintenance || disposable,
                development: args.environment === "development",
                region,
                tags: withCluster(tags, cluster),
            },
            { parent },
        );
    });
    return { servers, setups };
}

function withCluster(
    tags: KeyServerClusterArgs["tags"],
    cluster: string,
): pulumi.Output<Record<string, string>> {
    return pulumi
        .output(tags ?? {})
        .apply((given): Record<string, string> => ({ ...given, [clusterTag]: cluster }));
}

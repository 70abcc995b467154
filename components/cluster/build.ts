import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { operatingSystem } from "../../catalog/operating-systems";
import { workload } from "../../catalog/workloads";
import type { KeyServer } from "../key-server";
import type { KeyServerClusterArgs } from "../key-server-cluster";
import { findLocation } from "../location";
import { physicalName } from "../names";
import { permissionsBoundary } from "../permissions-boundary";
import { softwareOf } from "../server/host-choices";
import { defaultOperatingSystem } from "../server/image";
import type { ServerRole } from "../server/role";
import { createBackup } from "./backup";
import { createCommonParts } from "./common-parts";
import { createDataVolume } from "./data-volumes";
import { createEntrance } from "./entrance";
import { createGuard } from "./guard";
import { nodeNames } from "./names";
import { createServers } from "./servers";
import { createSetupAssociation } from "./setup-association";
import { defaultSize } from "./size";
import { createSurroundings, type Surroundings } from "./surroundings";
import { createVerification, defaultVerifyCommand, defaultVerifyMinutes } from "./verification";

const defaultDataVolumeGibibytes = 50;

export interface Cluster extends Surroundings {
    readonly servers: readonly KeyServer[];
    readonly nodes: readonly string[];
    readonly role: ServerRole;
    readonly unsealKey: aws.kms.Key | undefined;
    readonly loadBalancer: aws.lb.LoadBalancer | undefined;
    readonly dataVolumes: readonly aws.ebs.Volume[];
}

/** Makes everything of a cluster: what it stands on, what its servers share, the servers, and what leads to them. */
export function buildCluster(
    name: string,
    args: KeyServerClusterArgs,
    parent: pulumi.ComponentResource,
): Cluster {
    const { region, tags, disposable = false, size = defaultSize } = args;
    const software = softwareOf(workload(args.workload), args);
    const system = operatingSystem(args.operatingSystem ?? defaultOperatingSystem);
    const cluster = physicalName(name, "tagValue");
    const nodes = nodeNames(args.domainName, size);
    const serverNames = nodes.map((_, index) => `${name}-${index + 1}`);
    const permissionsBoundaryArn = permissionsBoundary(name, args, parent);
    const around = createSurroundings(
        name,
        { ...args, permissionsBoundaryArn },
        serverNames,
        parent,
    );
    const { auditLog, keys, network } = around;
    const location = findLocation(parent, region);
    const known = { cluster, around, location, permissionsBoundaryArn, software, system };
    const common = createCommonParts(name, args, known, parent);
    const { servers, setups } = createServers(name, args, { ...known, common, nodes }, parent);
    createSetupAssociation(`${name}-setup`, setups, { cluster, region, tags }, parent);
    const dataVolumes = servers.map((server, index) =>
        createDataVolume(
            `${name}-${index + 1}-data`,
            {
                disposable,
                region,
                tags,
                availabilityZone:
                    network.availabilityZones[index % network.availabilityZones.length] ?? "",
                volumeKeyArn: keys.volumeKeyArn,
                gibibytes: args.dataVolumeGibibytes ?? defaultDataVolumeGibibytes,
                backupGroup: cluster,
            },
            server.instance,
            parent,
        ),
    );
    createBackup(
        `${name}-backup`,
        {
            disposable,
            region,
            tags,
            volumeKeyArn: keys.volumeKeyArn,
            retentionDays: args.backupRetentionDays,
            permissionsBoundaryArn,
            backupGroup: cluster,
        },
        location,
        parent,
    );
    const { groups, profileAssociation, role, unsealKey } = common;
    const loadBalancer = createEntrance(name, args, { around, groups, servers, software }, parent);
    if (args.verifyAfterBoot !== false) {
        createVerification(
            name,
            {
                command: args.verifyCommand ?? defaultVerifyCommand,
                minutes: args.verifyMinutes ?? defaultVerifyMinutes,
                instanceIds: servers.map((server) => server.instanceId),
                images: servers.map((server) => server.instance.ami),
                profileVersion: profileAssociation.documentVersion,
                auditLog,
                software,
            },
            [profileAssociation, ...dataVolumes],
            parent,
        );
    }
    if (!disposable) {
        createGuard(`${name}-guard`, { domainName: args.domainName, region, tags }, parent);
    }
    return { ...around, servers, nodes, role, unsealKey, loadBalancer, dataVolumes };
}

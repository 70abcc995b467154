import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { operatingSystem } from "../../catalog/operating-systems";
import { workload } from "../../catalog/workloads";
import { createKey } from "../encryption/key";
import { KeyServer } from "../key-server";
import type { KeyServerClusterArgs } from "../key-server-cluster";
import { findLocation } from "../location";
import { physicalName } from "../names";
import { readyAfter } from "../readiness";
import { defaultOperatingSystem } from "../server/image";
import { createServerRole, type ServerRole } from "../server/role";
import { createBundle, createBundleBucket } from "../storage/bundles";
import { withName } from "../tags";
import { createBackup } from "./backup";
import { createDataVolume } from "./data-volumes";
import { clusterTag, createHostProfile, hostScript } from "./host-profile";
import { createLoadBalancer } from "./load-balancer";
import { createNames, nodeNames } from "./names";
import { createClusterSecurityGroups } from "./security-group";
import { setupScript } from "./setup";
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
    const software = workload(args.workload);
    const system = operatingSystem(args.operatingSystem ?? defaultOperatingSystem);
    const cluster = physicalName(name, "tagValue");
    const nodes = nodeNames(args.domainName, size);
    const common = { disposable, region, tags };
    const serverNames = nodes.map((_, index) => `${name}-${index + 1}`);
    const around = createSurroundings(name, args, serverNames, parent);
    const { auditLog, keys, network } = around;
    const location = findLocation(parent, region);

    const groups = createClusterSecurityGroups(
        name,
        software,
        {
            vpcId: network.vpcId,
            clients: [
                ...(args.clients ?? []),
                ...(args.clientNames ?? []).map((client, index) => ({
                    name: client,
                    securityGroupId: network.clientSecurityGroupIds[index],
                })),
            ],
            servicePorts: args.servicePorts,
            region,
            tags,
        },
        parent,
    );
    const bucket = createBundleBucket(
        `${name}-bundles`,
        { ...common, secretKeyArn: keys.secretKeyArn },
        location,
        parent,
    );
    const { artifactBucket, artifactKey } = args.software ?? {};
    const role = createServerRole(
        name,
        {
            logGroups: auditLog.logGroups,
            objects: [
                pulumi.interpolate`${bucket.name}/bundles/*`,
                ...(artifactBucket === undefined || artifactKey === undefined
                    ? []
                    : [pulumi.interpolate`${artifactBucket}/${artifactKey}`]),
            ],
            secretArns: args.certificateSecretArns ?? [],
            permissionsBoundaryArn: args.permissionsBoundaryArn,
            tags,
        },
        parent,
    );
    const unsealKey = software.autoUnseal
        ? createKey(
              `${name}-unseal`,
              {
                  ...common,
                  purpose: "unseal",
                  description: `Unseals ${software.title}`,
                  administratorArns: args.keyAdministratorArns,
                  unsealRoleArns: [role.arn],
              },
              location,
              parent,
          )
        : undefined;
    const profile = hostScript(system.id, software.id);
    const profileBundle = createBundle(
        `${name}-profile`,
        profile,
        bucket,
        { region, tags },
        parent,
    );
    const association = createHostProfile(
        `${name}-profile`,
        profile,
        { cluster, region, tags },
        parent,
    );
    const placement = new aws.ec2.PlacementGroup(
        name,
        {
            name: physicalName(name, "placementGroup"),
            strategy: "spread",
            region,
            tags: withName(tags, name),
        },
        { parent },
    );
    const servers = nodes.map((node, index) => {
        const serverName = `${name}-${index + 1}`;
        const setup = createBundle(
            `${serverName}-setup`,
            setupScript(name, args, { node, nodes, software, system, location, index }),
            bucket,
            { region, tags },
            parent,
        );
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
                securityGroupId: readyAfter(groups.servers.id, groups.rules),
                instanceProfileName: readyAfter(role.profile.name, role.policies),
                placementGroup: placement.name,
                bundles: [profileBundle, setup],
                operatingSystem: args.operatingSystem,
                architecture: args.architecture,
                instanceType: args.instanceType,
                imageId: args.imageId,
                imageHeld: !(
                    args.serverUnderMaintenance === index + 1 &&
                    args.maintenanceChangesServer === true
                ),
                packageMirrorUrl: args.packageMirrorUrl,
                underMaintenance: args.serverUnderMaintenance === index + 1 || disposable,
                development: args.environment === "development",
                region,
                tags: withCluster(tags, cluster),
            },
            { parent },
        );
    });
    const dataVolumes = servers.map((server, index) =>
        createDataVolume(
            `${name}-${index + 1}-data`,
            {
                ...common,
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
            ...common,
            volumeKeyArn: keys.volumeKeyArn,
            retentionDays: args.backupRetentionDays,
            backupGroup: cluster,
        },
        location,
        parent,
    );
    const loadBalancer = lead(name, args, { around, groups, servers, software }, parent);
    if (args.verifyAfterBoot !== false) {
        createVerification(
            name,
            {
                command: args.verifyCommand ?? defaultVerifyCommand,
                minutes: args.verifyMinutes ?? defaultVerifyMinutes,
                instanceIds: servers.map((server) => server.instanceId),
                images: servers.map((server) => server.instance.ami),
                profileVersion: association.documentVersion,
                logGroupArns: [
                    auditLog.logGroups.systemLogGroupArn,
                    auditLog.logGroups.securityLogGroupArn,
                ],
            },
            [association, ...dataVolumes],
            parent,
        );
    }
    return { ...around, servers, nodes, role, unsealKey, loadBalancer, dataVolumes };
}

/** What leads to the servers: load balancer and names; nothing for software that listens to nobody. */
function lead(
    name: string,
    args: KeyServerClusterArgs,
    made: Pick<Cluster, "servers"> & {
        readonly around: Surroundings;
        readonly groups: ReturnType<typeof createClusterSecurityGroups>;
        readonly software: ReturnType<typeof workload>;
    },
    parent: pulumi.Resource,
): aws.lb.LoadBalancer | undefined {
    const { disposable = false, region, tags } = args;
    const { network } = made.around;
    if (made.software.ports.length === 0 && args.servicePorts === undefined) {
        return undefined;
    }
    const balancer = createLoadBalancer(
        name,
        made.software,
        {
            vpcId: network.vpcId,
            subnetIds: [...network.subnetIds],
            securityGroupId: made.groups.balancer.id,
            instanceIds: made.servers.map((server) => server.instanceId),
            servicePorts: args.servicePorts,
            disposable,
            region,
            tags,
        },
        made.groups.rules,
        parent,
    );
    createNames(
        name,
        {
            domainName: args.domainName,
            hostedZoneId: args.hostedZoneId,
            vpcId: network.vpcId,
            disposable,
            region,
            tags,
        },
        balancer,
        made.servers.map((server) => server.privateIp),
        parent,
    );
    return balancer;
}

function withCluster(
    tags: KeyServerClusterArgs["tags"],
    cluster: string,
): pulumi.Output<Record<string, string>> {
    return pulumi
        .output(tags ?? {})
        .apply((given): Record<string, string> => ({ ...given, [clusterTag]: cluster }));
}

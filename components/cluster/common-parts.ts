import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { OperatingSystem } from "../../catalog/operating-systems";
import type { Workload } from "../../catalog/workload";
import { createKey } from "../encryption/key";
import type { KeyServerBundleArgs } from "../key-server";
import type { KeyServerClusterArgs } from "../key-server-cluster";
import type { Location } from "../location";
import { physicalName } from "../names";
import { createMirrorEgress } from "../network/package-mirror";
import { hostChoices } from "../server/host-choices";
import { createServerRole, type ServerRole } from "../server/role";
import type { Bucket } from "../storage/bucket";
import { createBundle, createBundleBucket } from "../storage/bundles";
import { withName } from "../tags";
import { clusterNodes, describeExemptions, exemptionsOn } from "./exemptions";
import { createHostProfile, hostScript } from "./host-profile";
import { type ClusterSecurityGroups, createClusterSecurityGroups } from "./security-group";
import type { Surroundings } from "./surroundings";

/** What the servers of a cluster share. */
export interface CommonParts {
    readonly groups: ClusterSecurityGroups;
    /** Where servers fetch their scripts from. */
    readonly bucket: Bucket;
    readonly role: ServerRole;
    readonly unsealKey: aws.kms.Key | undefined;
    /** Host profile for the first boot, in the order of the servers: one for all but those with exemptions. */
    readonly profileBundles: readonly KeyServerBundleArgs[];
    readonly profileAssociation: aws.ssm.Association;
    readonly placementGroup: aws.ec2.PlacementGroup;
}

/** Makes security groups, bucket of bundles, role, unseal key, host profile and placement of a cluster. */
export function createCommonParts(
    name: string,
    args: KeyServerClusterArgs,
    made: {
        /** Tag value that marks the servers of the cluster. */
        readonly cluster: string;
        readonly around: Surroundings;
        readonly location: Location;
        readonly permissionsBoundaryArn: pulumi.Input<string>;
        readonly software: Workload;
        readonly system: OperatingSystem;
    },
    parent: pulumi.Resource,
): CommonParts {
    const { region, tags, disposable = false } = args;
    const { cluster, around, location, permissionsBoundaryArn, software, system } = made;
    const groups = createClusterSecurityGroups(
        name,
        software,
        {
            vpcId: around.network.vpcId,
            clients: [
                ...(args.clients ?? []),
                ...(args.clientNames ?? []).map((client, index) => ({
                    name: client,
                    securityGroupId: around.network.clientSecurityGroupIds[index],
                })),
            ],
            servicePorts: args.servicePorts,
            region,
            tags,
        },
        parent,
    );
    if (args.packageMirror !== undefined && args.network !== undefined) {
        // A network of one's own lets its servers out to the mirror itself.
        const egress = { securityGroupId: groups.servers.id, region, tags };
        groups.rules.push(
            createMirrorEgress(`${name}-to-mirror`, args.packageMirror, egress, parent),
        );
    }
    const bucket = createBundleBucket(
        `${name}-bundles`,
        { disposable, region, tags, secretKeyArn: around.keys.secretKeyArn },
        location,
        parent,
    );
    const role = createServerRole(
        name,
        {
            logGroups: around.auditLog.logGroups,
            objects: [pulumi.interpolate`${bucket.name}/bundles/*`, ...artifactsOf(args)],
            secretArns: args.certificateSecretArns ?? [],
            certificateAuthorityArn: args.certificateAuthorityArn,
            permissionsBoundaryArn,
            tags,
        },
        parent,
    );
    const unsealKey = software.autoUnseal
        ? createKey(
              `${name}-unseal`,
              {
                  disposable,
                  region,
                  tags,
                  purpose: "unseal",
                  description: `Unseals ${software.title}`,
                  administratorArns: args.keyAdministratorArns,
                  unsealRoleArns: [role.arn],
              },
              location,
              parent,
          )
        : undefined;
    const choices = hostChoices(system, software, args);
    const nodes = clusterNodes(name, args);
    const { exemptions = [] } = args;
    const bundle = (profile: string, script: string): KeyServerBundleArgs =>
        createBundle(`${profile}-profile`, script, bucket, { region, tags }, parent);
    const profileBundle = bundle(name, hostScript(choices));
    const profileBundles = nodes.map((node, index) => {
        const own = exemptionsOn(node, exemptions);
        // At its first boot a server does not know its private name yet.
        return own.length === 0
            ? profileBundle
            : bundle(
                  `${name}-${index + 1}`,
                  hostScript({ ...choices, exemptions: own, server: node.server }),
              );
    });
    const profileAssociation = createHostProfile(
        `${name}-profile`,
        {
            script: hostScript(
                exemptions.length === 0 ? choices : { ...choices, exemptions, nodes },
            ),
            exempt: describeExemptions(nodes, exemptions),
        },
        { cluster, region, tags },
        parent,
    );
    const placementGroup = new aws.ec2.PlacementGroup(
        name,
        {
            name: physicalName(name, "placementGroup"),
            strategy: "spread",
            region,
            tags: withName(tags, name),
        },
        { parent },
    );
    return { groups, bucket, role, unsealKey, profileBundles, profileAssociation, placementGroup };
}

/** The program that servers fetch, as `bucket/key`; none where a package or the image brings it. */
function artifactsOf({ software }: KeyServerClusterArgs): readonly pulumi.Input<string>[] {
    const { artifactBucket, artifactKey } = software ?? {};
    return artifactBucket === undefined || artifactKey === undefined
        ? []
        : [pulumi.interpolate`${artifactBucket}/${artifactKey}`];
}

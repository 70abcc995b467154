import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { operatingSystem } from "../../catalog/operating-systems";
import { parameter } from "../../catalog/parameters";
import type { Workload } from "../../catalog/workload";
import type { KeyServerArgs } from "../key-server";
import { logGroupNameOf } from "../log-group-arn";
import { withName } from "../tags";
import { buildAgentConfiguration } from "./cloudwatch-agent";
import { defaultArchitecture, defaultOperatingSystem, type Image } from "./image";
import { buildUserData } from "./user-data";

/** Instance types of servers that name none, by architecture. */
export const defaultInstanceType: Readonly<Record<string, string>> = {
    x86_64: "m7i.large",
    arm64: "m7g.large",
};
const defaultRootVolumeGibibytes = 20;

/** The hardened instance. */
export function createInstance(
    name: string,
    software: Workload,
    args: KeyServerArgs,
    made: {
        readonly image: Image;
        readonly securityGroupId: pulumi.Input<string>;
        readonly instanceProfileName: pulumi.Input<string> | undefined;
        /** What must stand before the server starts, besides what its arguments name. */
        readonly ready: readonly pulumi.Resource[];
    },
    parent: pulumi.Resource,
): aws.ec2.Instance {
    const { placement, region, tags, underMaintenance = false } = args;
    const architecture = args.architecture ?? defaultArchitecture;
    return new aws.ec2.Instance(
        name,
        {
            ami: made.image.id,
            instanceType: args.instanceType ?? defaultInstanceType[architecture],
            subnetId: placement.subnetId,
            vpcSecurityGroupIds: [made.securityGroupId, placement.endpointClientSecurityGroupId],
            associatePublicIpAddress: false,
            iamInstanceProfile: made.instanceProfileName,
            placementGroup: args.placementGroup,
            metadataOptions: {
                httpEndpoint: "enabled",
                httpTokens: "required",
                httpPutResponseHopLimit: parameter("imdsHopLimit").value,
                httpProtocolIpv6: "disabled",
                // Tags would be readable by every process; `PatchGroup` does not need them there.
                instanceMetadataTags: "disabled",
            },
            rootBlockDevice: {
                encrypted: true,
                kmsKeyId: args.volumeKeyArn,
                volumeType: "gp3",
                volumeSize: args.rootVolumeGibibytes ?? defaultRootVolumeGibibytes,
                deleteOnTermination: true,
                tags: withName(tags, `${name}-root`),
            },
            disableApiTermination: !underMaintenance,
            disableApiStop: !underMaintenance,
            instanceInitiatedShutdownBehavior: "stop",
            monitoring: true,
            ebsOptimized: true,
            sourceDestCheck: true,
            userData: userData(software, args),
            region,
            tags: withName(tags, name, {
                "keyward:role": "key-server",
                "keyward:workload": software.id,
                PatchGroup: args.patchGroup,
            }),
        },
        {
            parent,
            dependsOn: [...made.ready],
            ignoreChanges: ignoredChanges(args),
        },
    );
}

/**
 * What a running server keeps whatever the program says. New user data would stop and start the server without running; a newer public
 * image would replace every server at once; a new instance type would stop every server at once.
 */
function ignoredChanges({
    imageId,
    imageHeld = false,
    underMaintenance = false,
}: Pick<KeyServerArgs, "imageId" | "imageHeld" | "underMaintenance">): string[] {
    return [
        ...(imageId === undefined || imageHeld ? ["ami"] : []),
        ...(underMaintenance && !imageHeld ? [] : ["instanceType"]),
        "userData",
        "userDataBase64",
    ];
}

function userData(software: Workload, args: KeyServerArgs): pulumi.Output<string> {
    const system = operatingSystem(args.operatingSystem ?? defaultOperatingSystem);
    return pulumi
        .output({
            groups: {
                system: logGroupNameOf(args.logGroups.systemLogGroupArn),
                security: logGroupNameOf(args.logGroups.securityLogGroupArn),
                application: logGroupNameOf(args.logGroups.applicationLogGroupArn),
            },
            bundles: args.bundles ?? [],
        })
        .apply(({ groups, bundles }) =>
            buildUserData(system, buildAgentConfiguration(software, groups), {
                bundles,
                packageMirrorUrl: args.packageMirror?.url,
            }),
        );
}

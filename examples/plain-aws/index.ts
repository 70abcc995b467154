import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import "./account";
import { heartbeat } from "./alarms";
import { trail } from "./archive";
import { volumeKey } from "./keys";
import { tags } from "./location";
import { ready, serverGroup, subnet } from "./network";
import { patchGroup } from "./patching";
import { server, serverProfile } from "./roles";
import "./sessions";

// EC2 looks the parameter up when a server starts, so the image is always the newest.
const image = "/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-x86_64";

const template = new aws.ec2.LaunchTemplate("key-server", {
    imageId: `resolve:ssm:${image}`,
    instanceType: "m7i.large",
    vpcSecurityGroupIds: [serverGroup.id],
    iamInstanceProfile: { name: serverProfile.name },
    metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
        httpProtocolIpv6: "disabled",
        instanceMetadataTags: "disabled",
    },
    blockDeviceMappings: [
        {
            deviceName: "/dev/xvda",
            ebs: { encrypted: "true", kmsKeyId: volumeKey.arn, volumeType: "gp3" },
        },
    ],
    disableApiTermination: true,
    disableApiStop: true,
    monitoring: { enabled: true },
    tags,
});

const instance = new aws.ec2.Instance(
    "key-server",
    {
        launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` },
        subnetId: subnet.id,
        associatePublicIpAddress: false,
        tags: { ...tags, Name: "key-server", PatchGroup: patchGroup.patchGroup },
    },
    { dependsOn: [...ready, server.policy] },
);

heartbeat(instance);

export const trailArn = trail.arn;
export const instanceId = instance.id;

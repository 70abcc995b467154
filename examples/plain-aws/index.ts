import * as aws from "@pulumi/aws";
import "./account";
import { heartbeat } from "./alarms";
import { trail } from "./archive";
import { volumeKey } from "./keys";
import { tags } from "./location";
import { ready, serverGroup, subnet } from "./network";
import { patchGroup } from "./patching";
import { server, serverProfile } from "./roles";
import "./sessions";

const image = aws.ssm.getParameterOutput({
    name: "/aws/service/ami-amazon-linux-latest/al2023-ami-minimal-kernel-default-x86_64",
});

const instance = new aws.ec2.Instance(
    "key-server",
    {
        ami: image.value,
        instanceType: "m7i.large",
        subnetId: subnet.id,
        vpcSecurityGroupIds: [serverGroup.id],
        associatePublicIpAddress: false,
        iamInstanceProfile: serverProfile.name,
        metadataOptions: {
            httpEndpoint: "enabled",
            httpTokens: "required",
            httpPutResponseHopLimit: 1,
            httpProtocolIpv6: "disabled",
            instanceMetadataTags: "disabled",
        },
        rootBlockDevice: { encrypted: true, kmsKeyId: volumeKey.arn, volumeType: "gp3" },
        disableApiTermination: true,
        disableApiStop: true,
        monitoring: true,
        tags: { ...tags, Name: "key-server", PatchGroup: patchGroup.patchGroup },
    },
    { dependsOn: [...ready, server.policy], ignoreChanges: ["ami"] },
);

heartbeat(instance);

export const trailArn = trail.arn;
export const instanceId = instance.id;

import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Tags, withName } from "../tags";

/** Tag that the backup plan selects volumes by. */
export const backupTag = "keyward:backup";

/** A data volume for one server, which outlives it: encrypted, protected, kept when the program no longer names it. */
export function createDataVolume(
    name: string,
    args: {
        readonly availabilityZone: pulumi.Input<string>;
        readonly volumeKeyArn: pulumi.Input<string>;
        readonly gibibytes: number;
        readonly disposable: boolean;
        readonly backupGroup: string;
        readonly region?: pulumi.Input<string>;
        readonly tags?: Tags;
    },
    instance: aws.ec2.Instance,
    parent: pulumi.Resource,
): aws.ebs.Volume {
    const { region, tags } = args;
    const kept = !args.disposable;
    const volume = new aws.ebs.Volume(
        name,
        {
            availabilityZone: args.availabilityZone,
            encrypted: true,
            kmsKeyId: args.volumeKeyArn,
            size: args.gibibytes,
            type: "gp3",
            finalSnapshot: kept,
            region,
            tags: withName(tags, name, { [backupTag]: args.backupGroup }),
        },
        { parent, protect: kept, retainOnDelete: kept },
    );
    new aws.ec2.VolumeAttachment(
        name,
        {
            volumeId: volume.id,
            instanceId: instance.id,
            deviceName: "/dev/sdf",
            // A volume that is still mounted is not torn off; the server is stopped first.
            stopInstanceBeforeDetaching: true,
            region,
        },
        { parent, deleteBeforeReplace: true },
    );
    return volume;
}

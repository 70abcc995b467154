import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { stackPath } from "../names";
import { type Tags, withName } from "../tags";

/**
 * A note that is made last and protected, so that `pulumi destroy` asks for it first and is refused before it touches anything: what protects a
 * server comes to be asked only when its alarms, names and volumes are gone. To be called after everything else of the cluster was made.
 */
export function createGuard(
    name: string,
    args: {
        readonly domainName: string;
        readonly region?: pulumi.Input<string>;
        readonly tags?: Tags;
    },
    parent: pulumi.ComponentResource,
): void {
    const { domainName, region, tags } = args;
    new aws.ssm.Parameter(
        name,
        {
            name: `${stackPath()}${name}/guard`,
            description: "Guards a cluster of key servers from being destroyed",
            type: "String",
            value: domainName,
            region,
            tags: withName(tags, name),
        },
        // The component stands for all that it made before.
        { parent, dependsOn: [parent], protect: true },
    );
}

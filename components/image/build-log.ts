import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { parameter } from "../../catalog/parameters";
import type { KeyServerImageArgs } from "../key-server-image";
import { withName } from "../tags";

/** The log group that Image Builder writes to, made first so that it is encrypted and kept. */
export function createBuildLog(
    name: string,
    physical: string,
    args: KeyServerImageArgs,
    parent: pulumi.Resource,
): aws.cloudwatch.LogGroup {
    const kept = args.disposable !== true;
    return new aws.cloudwatch.LogGroup(
        `${name}-build`,
        {
            // Image Builder names it after the recipe; there is no choice.
            name: `/aws/imagebuilder/${physical}`,
            kmsKeyId: args.logKeyArn,
            retentionInDays: parameter("logRetentionDays").value,
            deletionProtectionEnabled: kept,
            skipDestroy: kept,
            region: args.region,
            tags: withName(args.tags, `${name}-build`),
        },
        { parent, protect: kept },
    );
}

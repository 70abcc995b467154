import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { parameter } from "../../catalog/parameters";
import { logGroupName } from "../names";
import { type Tags, withName } from "../tags";

/**
 * A log group under the stack's path: encrypted with a customer-managed key, kept as long as the catalog demands, and safe from deletion by
 * AWS, by the engine and by a program that no longer names it.
 */
export function createLogGroup(
    resourceName: string,
    path: string,
    args: {
        readonly logKeyArn: pulumi.Input<string>;
        readonly retentionDays?: number;
        readonly disposable?: boolean;
        readonly region?: pulumi.Input<string>;
        readonly tags?: Tags;
    },
    parent: pulumi.Resource,
): aws.cloudwatch.LogGroup {
    const kept = args.disposable !== true;
    return new aws.cloudwatch.LogGroup(
        resourceName,
        {
            name: logGroupName(path),
            kmsKeyId: args.logKeyArn,
            retentionInDays: args.retentionDays ?? parameter("logRetentionDays").value,
            deletionProtectionEnabled: kept,
            skipDestroy: kept,
            region: args.region,
            tags: withName(args.tags, resourceName),
        },
        { parent, protect: kept },
    );
}

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/**
 * Where a component's resources live. Known at preview already, so that policies which name resources by computed ARNs can be judged
 * before anything exists.
 */
export interface Location {
    /** Twelve digits. */
    readonly account: pulumi.Output<string>;
    /** Such as `eu-central-1`. */
    readonly region: pulumi.Output<string>;
    /** `aws`, `aws-us-gov` … */
    readonly partition: pulumi.Output<string>;
}

/** Asks the provider of `parent` where it deploys to. */
export function findLocation(
    parent: pulumi.Resource,
    region: pulumi.Input<string> | undefined,
): Location {
    const opts = { parent };
    return {
        account: aws.getCallerIdentityOutput({}, opts).accountId,
        region: region === undefined ? aws.getRegionOutput({}, opts).region : pulumi.output(region),
        partition: aws.getPartitionOutput({}, opts).partition,
    };
}

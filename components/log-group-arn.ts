import * as pulumi from "@pulumi/pulumi";

/** Name of the log group with that ARN, `arn:partition:logs:region:account:log-group:name`, with or without `:*` at its end. */
export function logGroupNameOf(arn: pulumi.Input<string>): pulumi.Output<string> {
    return pulumi.output(arn).apply((text) => text.split(":")[6] ?? "");
}

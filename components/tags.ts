import * as pulumi from "@pulumi/pulumi";

/** Tags as arguments take them. */
export type Tags = pulumi.Input<Record<string, pulumi.Input<string>>>;

/** The caller's tags with a `Name`, and with ours where ours carry meaning. */
export function withName(
    tags: Tags | undefined,
    name: string,
    meaningful: Record<string, pulumi.Input<string>> = {},
): pulumi.Output<Record<string, string>> {
    return pulumi
        .all([pulumi.output(tags ?? {}), pulumi.output(meaningful)])
        .apply(([given, ours]): Record<string, string> => ({ ...given, Name: name, ...ours }));
}

import * as pulumi from "@pulumi/pulumi";

/**
 * The same value, but whoever uses it is created after `resources` as well. The engine starts an instance without waiting for rules,
 * endpoints or routes that it never names; user data runs once and would find a network that is not there yet.
 */
export function readyAfter(
    value: pulumi.Input<string>,
    resources: readonly pulumi.Resource[],
): pulumi.Output<string> {
    return pulumi
        .output({ value, after: resources.map((resource) => resource.urn) })
        .apply((waited) => waited.value);
}

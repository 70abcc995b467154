import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { regionsWithPatchBuckets } from "../../aws/service-buckets";
import { known, type Problem, show } from "./problems";

/**
 * The region that a component is made in, where it is known before anything is registered: its argument, or the configured one of the default
 * provider. Undefined for a component that takes its provider from its options or its parent.
 */
export function regionOf(
    region: pulumi.Input<string> | undefined,
    opts: pulumi.ComponentResourceOptions = {},
): string | undefined {
    const { parent, provider, providers } = opts;
    return region === undefined &&
        [parent, provider, providers].every((origin) => origin === undefined)
        ? aws.config.region
        : known(region);
}

/**
 * Problems of a region for what names the buckets of Patch Manager: endpoint policies and roles, which would otherwise be refused only when they are
 * made. None for a region that is not known yet.
 */
export function problemsOfRegion(region: string | undefined): readonly Problem[] {
    return region === undefined || regionsWithPatchBuckets.includes(region)
        ? []
        : [
              {
                  propertyPath: "region",
                  reason: `region must be one whose Patch Manager buckets AWS documents, because endpoint policies and roles name each bucket that servers read, got ${show(region)}: choose one of ${regionsWithPatchBuckets.join(", ")} (docs/support.md)`,
              },
          ];
}

/**
 * A region that only a provider or a resource tells, for documents that name the buckets: refused as soon as it is known, which is in the preview.
 */
export function checkedRegion(
    region: pulumi.Output<string>,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    return region.apply((name) => {
        const [problem] = problemsOfRegion(name);
        if (problem !== undefined) {
            throw new pulumi.ResourceError(problem.reason, parent, true);
        }
        return name;
    });
}

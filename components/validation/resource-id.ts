import type * as pulumi from "@pulumi/pulumi";
import { known, type Problem, show } from "./problems";

/** What ids of AWS resources are called, by their prefix. */
const kinds = {
    ami: "an image",
    pcx: "a VPC peering connection",
    rtb: "a route table",
    sg: "a security group",
    subnet: "a subnet",
    tgw: "a transit gateway",
    vpc: "a VPC",
} as const;

/** Problems of the id of an AWS resource; none for one that is absent or not known yet. */
export function problemsOfId(
    propertyPath: string,
    id: pulumi.Input<string> | undefined,
    prefix: keyof typeof kinds,
): readonly Problem[] {
    const value = known(id);
    return value === undefined || new RegExp(`^${prefix}-[0-9a-z-]+$`).test(value)
        ? []
        : [
              {
                  propertyPath,
                  reason: `${propertyPath} must be the id of ${kinds[prefix]} such as "${prefix}-0123456789abcdef0", got ${show(value)}`,
              },
          ];
}

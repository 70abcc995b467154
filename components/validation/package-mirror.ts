import { isOperatingSystemId, operatingSystem } from "../../catalog/operating-systems";
import { parameter } from "../../catalog/parameters";
import type { PackageMirrorArgs } from "../key-server";
import { problemsOfPrivateCidr, within } from "./cidr";
import { known, type Problem, show } from "./problems";
import { problemsOfFormat } from "./format";

const propertyPath = "packageMirror";

/** Problems of a mirror that the operating system needs and does not get. */
export function problemsOfMissingMirror(
    mirror: PackageMirrorArgs | undefined,
    id: string,
): readonly Problem[] {
    if (mirror !== undefined || !isOperatingSystemId(id) || operatingSystem(id).repositoryInS3) {
        return [];
    }
    return [
        {
            propertyPath,
            reason: `${propertyPath} must name a package mirror, because those of ${operatingSystem(id).title} are not in Amazon S3 and a closed network has no other way out (docs/support.md)`,
        },
    ];
}

/** Problems of where a mirror is: its URL, and exactly one of the range and the security group that lead to it. */
export function problemsOfMirror(mirror: PackageMirrorArgs | undefined): readonly Problem[] {
    if (mirror === undefined) {
        return [];
    }
    const { cidrBlock, securityGroupId, url } = mirror;
    const ends = [cidrBlock, securityGroupId].filter((end) => end !== undefined).length;
    return [
        ...problemsOfFormat(`${propertyPath}.url`, url, "packageMirrorUrl"),
        ...(ends === 1
            ? []
            : [
                  {
                      propertyPath,
                      reason: `${propertyPath} must have exactly one of cidrBlock and securityGroupId, because security groups take no host names, got ${ends === 0 ? "neither" : "both"}`,
                  },
              ]),
        ...problemsOfPrivateCidr(
            `${propertyPath}.cidrBlock`,
            known(cidrBlock),
            parameter("allowedCidrMinimumPrefixLength").value,
            32,
        ),
        ...problemsOfFormat(`${propertyPath}.securityGroupId`, securityGroupId, "securityGroupId"),
    ];
}

/** Problems of the way to a mirror from a VPC with the range `vpcCidr`: a range outside it needs exactly one route, one inside needs none. */
export function problemsOfMirrorRoute(
    mirror: PackageMirrorArgs | undefined,
    vpcCidr: string | undefined,
): readonly Problem[] {
    if (mirror === undefined) {
        return [];
    }
    const { securityGroupId, transitGatewayId, vpcPeeringConnectionId } = mirror;
    const routes = [transitGatewayId, vpcPeeringConnectionId].filter(
        (route) => route !== undefined,
    ).length;
    const cidr = known(mirror.cidrBlock);
    const inside =
        securityGroupId !== undefined ||
        (cidr !== undefined && vpcCidr !== undefined && within(cidr, vpcCidr));
    const decided = securityGroupId !== undefined || (cidr !== undefined && vpcCidr !== undefined);
    const wrong = routes > 1 || (decided && routes !== (inside ? 0 : 1));
    return [
        ...(wrong
            ? [
                  {
                      propertyPath,
                      reason: inside
                          ? `${propertyPath} must have no transitGatewayId and no vpcPeeringConnectionId: it lies in the VPC itself`
                          : `${propertyPath} must have exactly one of transitGatewayId and vpcPeeringConnectionId, because ${show(cidr)} lies outside the VPC's ${show(vpcCidr)} and nothing else leads there`,
                  },
              ]
            : []),
        ...problemsOfFormat(
            `${propertyPath}.transitGatewayId`,
            transitGatewayId,
            "transitGatewayId",
        ),
        ...problemsOfFormat(
            `${propertyPath}.vpcPeeringConnectionId`,
            vpcPeeringConnectionId,
            "vpcPeeringConnectionId",
        ),
    ];
}

/** Problems of a route in the arguments of something that makes no routes. */
export function problemsOfForeignRoute(mirror: PackageMirrorArgs | undefined): readonly Problem[] {
    return (["transitGatewayId", "vpcPeeringConnectionId"] as const)
        .filter((property) => mirror?.[property] !== undefined)
        .map((property) => ({
            propertyPath: `${propertyPath}.${property}`,
            reason: `${propertyPath}.${property} must not be given here: the network's owner routes to the mirror`,
        }));
}

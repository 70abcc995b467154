import type * as pulumi from "@pulumi/pulumi";
import { valueSources } from "../../catalog/value-sources";
import { known, type Problem, show } from "./problems";
import { problemsOfFormat } from "./format";

/** Subnets that exist already, with the zone of each. */
export interface SubnetsInZones {
    readonly subnetIds: readonly pulumi.Input<string>[];
    readonly availabilityZones: readonly pulumi.Input<string>[];
}

/** Problems of adopted subnets below `propertyPath`, which must lie in at least `zoneCount` zones. A zone that is not known yet counts as one of its own. */
export function problemsOfSubnets(
    propertyPath: string,
    { availabilityZones: zones, subnetIds }: SubnetsInZones,
    zoneCount: number,
): readonly Problem[] {
    if (subnetIds.length === 0) {
        return [
            {
                propertyPath: `${propertyPath}.subnetIds`,
                reason: `${propertyPath}.subnetIds must name the private subnets of the VPC, got none`,
            },
        ];
    }
    const zonesPath = `${propertyPath}.availabilityZones`;
    const names = zones.map((zone) => known(zone)).filter((zone) => zone !== undefined);
    const distinct = new Set(names).size + zones.length - names.length;
    return [
        ...subnetIds.flatMap((id, index) =>
            problemsOfFormat(`${propertyPath}.subnetIds[${index}]`, id, "subnetId"),
        ),
        ...(subnetIds.length === zones.length
            ? []
            : [
                  {
                      propertyPath: zonesPath,
                      reason: `${zonesPath} must name the zone of each subnet, ${subnetIds.length}, got ${zones.length} (${valueSources.zones})`,
                  },
              ]),
        ...(distinct >= zoneCount
            ? []
            : [
                  {
                      propertyPath: zonesPath,
                      reason: `${zonesPath} must be ${zoneCount} different zones, so that a majority of servers survives the failure of one, got ${show(names)} (${valueSources.zones})`,
                  },
              ]),
    ];
}

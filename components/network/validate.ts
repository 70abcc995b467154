import { hasEc2Messages } from "../../aws/service-buckets";
import { valueSources } from "../../catalog/value-sources";
import type { KeyServerNetworkArgs } from "../key-server-network";
import { problemsOfChildren, problemsOfFormat } from "../validation/format";
import { problemsOfClientName } from "../validation/client-name";
import { problemsOfPrivateCidr } from "../validation/cidr";
import { problemsOfMirror, problemsOfMirrorRoute } from "../validation/package-mirror";
import { known, type Problem, show } from "../validation/problems";
import { problemsOfRetention } from "../validation/retention";
import { problemsOfAdoptedVpc } from "./validate-adopted-vpc";
import { defaultCidrBlock } from "./subnets";

/** Widest and narrowest range of a VPC. Source: Amazon VPC user guide allows /16 to /28; /26 leaves each of four subnets its five reserved addresses. */
const widestVpc = 16;
const narrowestVpc = 26;

/** Problems of the arguments of a `KeyServerNetwork`. */
export function validateKeyServerNetworkArgs(args: KeyServerNetworkArgs): readonly Problem[] {
    return [
        ...problemsOfChildren(args),
        ...problemsOfPrivateCidr("cidrBlock", known(args.cidrBlock), widestVpc, narrowestVpc),
        ...problemsOfZones(args.availabilityZones),
        ...(args.adopted === undefined
            ? problemsOfMirrorRoute(args.packageMirror, known(args.cidrBlock ?? defaultCidrBlock))
            : problemsOfAdoptedVpc(args, args.adopted)),
        ...problemsOfMirror(args.packageMirror),
        ...problemsOfEndpoints(args.interfaceEndpoints, known(args.region)),
        ...problemsOfFormat("organizationId", args.organizationId, "organizationId"),
        ...problemsOfFormat(
            "certificateAuthorityArn",
            args.certificateAuthorityArn,
            "certificateAuthorityArn",
        ),
        ...problemsOfFormat("logKeyArn", args.logKeyArn, "keyArn"),
        ...problemsOfFormat("permissionsBoundaryArn", args.permissionsBoundaryArn, "iamArn"),
        ...(args.clientNames ?? []).flatMap((name, index, names) =>
            problemsOfClientName(`clientNames[${index}]`, name, names.slice(0, index)),
        ),
        ...problemsOfRetention("flowLogRetentionDays", args.flowLogRetentionDays),
    ];
}

/** Problems of the zones of a new network. */
export function problemsOfZones(
    zones: KeyServerNetworkArgs["availabilityZones"],
): readonly Problem[] {
    if (zones === undefined) {
        return [];
    }
    const propertyPath = "availabilityZones";
    const names = zones.map((zone) => known(zone)).filter((zone) => zone !== undefined);
    if (new Set(names).size < names.length) {
        return [
            {
                propertyPath,
                reason: `${propertyPath} must differ from each other, got ${show(names)} (${valueSources.zones})`,
            },
        ];
    }
    return zones.length >= 2 && zones.length <= 6
        ? []
        : [
              {
                  propertyPath,
                  reason: `${propertyPath} must name two to six zones so that one zone's failure is survived, got ${zones.length} (${valueSources.zones})`,
              },
          ];
}

function problemsOfEndpoints(
    services: readonly string[] | undefined,
    region: string | undefined,
): readonly Problem[] {
    return (services ?? []).flatMap((service, index): Problem[] => {
        const propertyPath = `interfaceEndpoints[${index}]`;
        const misspelt = problemsOfFormat(propertyPath, service, "interfaceEndpointService");
        if (misspelt.length > 0) {
            return [...misspelt];
        }
        if (service === "s3") {
            return [
                {
                    propertyPath,
                    reason: `${propertyPath} must not be "s3": Amazon S3 is reached through its gateway endpoint, which is always made`,
                },
            ];
        }
        return service === "ec2messages" && region !== undefined && !hasEc2Messages(region)
            ? [
                  {
                      propertyPath,
                      reason: `${propertyPath} must not be "ec2messages" in ${region}: that region does not have it`,
                  },
              ]
            : [];
    });
}

import type { AdoptedVpcArgs, KeyServerNetworkArgs } from "../key-server-network";
import { problemsOfPrivateCidr } from "../validation/cidr";
import { problemsOfForeignRoute } from "../validation/package-mirror";
import { known, type Problem, show } from "../validation/problems";
import { problemsOfSubnets } from "../validation/subnets";
import { problemsOfFormat } from "../validation/format";

/** Zones that a network needs so that one zone's failure is survived. */
const fewestZones = 2;

/** Widest and narrowest range of any VPC. Source: Amazon VPC user guide. */
const widestVpc = 16;
const narrowestVpc = 28;

/** Problems of a VPC that is adopted, and of arguments about a new one beside it. */
export function problemsOfAdoptedVpc(
    args: KeyServerNetworkArgs,
    adopted: AdoptedVpcArgs,
): readonly Problem[] {
    const made = (["cidrBlock", "availabilityZones"] as const).filter(
        (property) => args[property] !== undefined,
    );
    return [
        ...made.map((property) => ({
            propertyPath: property,
            reason: `${property} must not be given with adopted: it is about a new VPC`,
        })),
        ...problemsOfFormat("adopted.vpcId", adopted.vpcId, "vpcId"),
        ...problemsOfPrivateCidr(
            "adopted.cidrBlock",
            known(adopted.cidrBlock),
            widestVpc,
            narrowestVpc,
        ),
        ...problemsOfSubnets("adopted", adopted, fewestZones),
        ...(adopted.routeTableIds ?? []).flatMap((id, index) =>
            problemsOfFormat(`adopted.routeTableIds[${index}]`, id, "routeTableId"),
        ),
        ...problemsOfExistingEndpoints(adopted.endpoints ?? []),
        ...problemsOfForeignRoute(args.packageMirror),
    ];
}

function problemsOfExistingEndpoints(
    endpoints: NonNullable<AdoptedVpcArgs["endpoints"]>,
): readonly Problem[] {
    return endpoints.flatMap(({ securityGroupId, service }, index) => {
        const propertyPath = `adopted.endpoints[${index}]`;
        const first = endpoints.findIndex((other) => other.service === service);
        return [
            ...problemsOfFormat(`${propertyPath}.service`, service, "interfaceEndpointService"),
            ...(first === index
                ? []
                : [
                      {
                          propertyPath: `${propertyPath}.service`,
                          reason: `${propertyPath}.service must differ from the others, got ${show(service)} twice`,
                      },
                  ]),
            ...problemsOfFormat(
                `${propertyPath}.securityGroupId`,
                securityGroupId,
                "securityGroupId",
            ),
        ];
    });
}

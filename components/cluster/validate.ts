import { isOperatingSystemId, operatingSystem } from "../../catalog/operating-systems";
import type { AdoptedNetworkArgs, KeyServerClusterArgs } from "../key-server-cluster";
import { problemsOfZones } from "../network/validate";
import { validateKeyServerArgs } from "../server/validate";
import { problemsOfArn } from "../validation/arn";
import { problemsOfPrivateCidr } from "../validation/cidr";
import { problemsOfClientName } from "../validation/client-name";
import { problemsOfParameter, problemsOfWholeNumber } from "../validation/numbers";
import { known, type Problem, show } from "../validation/problems";
import { defaultSize } from "./size";

/** Sizes that keep a quorum: an even number survives no more failures than the odd one below it. */
const productionSizes = [3, 5, 7];

/** Zones that a cluster needs so that one zone's failure leaves a majority. */
const zonesForQuorum = 3;

/** Problems of the arguments of a `KeyServerCluster`. */
export function validateKeyServerClusterArgs(args: KeyServerClusterArgs): readonly Problem[] {
    const development = args.environment === "development";
    return [
        ...problemsOfServer(args),
        ...problemsOfSize(args.size ?? defaultSize, development),
        ...problemsOfEnvironment(args),
        ...problemsOfDomain(args.domainName),
        ...problemsOfCertificates(args),
        ...(args.network === undefined
            ? problemsOfNewNetwork(args)
            : problemsOfAdoptedNetwork(args, args.network, development)),
        ...problemsOfNames(args),
        ...problemsOfMaintenance(args),
        ...problemsOfSoftware(args),
        ...problemsOfWholeNumber("dataVolumeGibibytes", args.dataVolumeGibibytes, 10, 16_384),
        ...problemsOfParameter(
            "backupRetentionDays",
            "backupRetentionDays",
            args.backupRetentionDays,
        ),
        ...problemsOfWholeNumber("verifyMinutes", args.verifyMinutes, 5, 240),
        ...problemsOfPatching(args),
    ];
}

/** What a cluster's servers would refuse, under the names that the cluster gives it. */
function problemsOfServer(args: KeyServerClusterArgs): readonly Problem[] {
    const nothing = "";
    return validateKeyServerArgs({
        workload: args.workload,
        clients: args.clients,
        servicePorts: args.servicePorts,
        operatingSystem: args.operatingSystem,
        architecture: args.architecture,
        instanceType: args.instanceType,
        imageId: args.imageId,
        packageMirrorUrl: args.packageMirrorUrl,
        development: args.environment === "development",
        placement: { vpcId: nothing, subnetId: nothing, endpointClientSecurityGroupId: nothing },
        logGroups: {
            systemLogGroupArn: nothing,
            securityLogGroupArn: nothing,
            applicationLogGroupArn: nothing,
            sessionLogGroupArn: nothing,
            patchLogGroupArn: nothing,
        },
        alarmTopicArn: nothing,
        volumeKeyArn: nothing,
        patchGroup: nothing,
    });
}

function problemsOfSize(size: number, development: boolean): readonly Problem[] {
    const sizes = development ? [1, ...productionSizes] : productionSizes;
    return sizes.includes(size)
        ? []
        : [
              {
                  propertyPath: "size",
                  reason: `size must be ${sizes.join(", ")}, because an even number of servers survives no more failures than one less, got ${show(size)}`,
              },
          ];
}

function problemsOfEnvironment({
    environment = "production",
    disposable = false,
}: KeyServerClusterArgs): readonly Problem[] {
    if (environment !== "production" && environment !== "development") {
        return [
            {
                propertyPath: "environment",
                reason: `environment must be "production" or "development", got ${show(environment)}`,
            },
        ];
    }
    return disposable && environment !== "development"
        ? [
              {
                  propertyPath: "disposable",
                  reason: 'disposable must be false unless environment is "development": it takes every protection away',
              },
          ]
        : [];
}

function problemsOfDomain(domain: string): readonly Problem[] {
    const label = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    return domain.length <= 200 && new RegExp(`^${label}(\\.${label})+$`).test(domain)
        ? []
        : [
              {
                  propertyPath: "domainName",
                  reason: `domainName must be a domain in lower case such as "vault.internal", got ${show(domain)}`,
              },
          ];
}

function problemsOfCertificates({
    certificateSecretArns: arns,
    size = defaultSize,
}: KeyServerClusterArgs): readonly Problem[] {
    const propertyPath = "certificateSecretArns";
    if (arns === undefined) {
        return [];
    }
    return arns.length === size
        ? arns.flatMap((arn, index) =>
              problemsOfArn(`${propertyPath}[${index}]`, known(arn), "secretsmanager"),
          )
        : [
              {
                  propertyPath,
                  reason: `${propertyPath} must name one secret per server, ${size}, got ${arns.length}`,
              },
          ];
}

function problemsOfNewNetwork(args: KeyServerClusterArgs): readonly Problem[] {
    return [
        ...problemsOfPrivateCidr("cidrBlock", known(args.cidrBlock), 16, 26),
        ...problemsOfZones(args.availabilityZones),
    ];
}

function problemsOfAdoptedNetwork(
    args: KeyServerClusterArgs,
    network: AdoptedNetworkArgs,
    development: boolean,
): readonly Problem[] {
    const made = (["cidrBlock", "availabilityZones", "clientNames"] as const).filter(
        (property) => args[property] !== undefined,
    );
    const { subnetIds, availabilityZones: zones } = network;
    const names = zones.map((zone) => known(zone)).filter((zone) => zone !== undefined);
    const distinct = new Set(names).size + zones.length - names.length;
    const wanted = development ? 1 : Math.min(args.size ?? defaultSize, zonesForQuorum);
    return [
        ...made.map((property) => ({
            propertyPath: property,
            reason: `${property} must not be given with network: it is about a new one`,
        })),
        ...(subnetIds.length === 0
            ? [
                  {
                      propertyPath: "network.subnetIds",
                      reason: "network.subnetIds must name the private subnets of the VPC, got none",
                  },
              ]
            : []),
        ...(subnetIds.length !== zones.length
            ? [
                  {
                      propertyPath: "network.availabilityZones",
                      reason: `network.availabilityZones must name the zone of each subnet, ${subnetIds.length}, got ${zones.length}`,
                  },
              ]
            : []),
        ...(subnetIds.length > 0 && distinct < wanted
            ? [
                  {
                      propertyPath: "network.availabilityZones",
                      reason: `network.availabilityZones must be ${wanted} different zones, so that a majority of servers survives the failure of one, got ${show(names)}`,
                  },
              ]
            : []),
    ];
}

function problemsOfNames({
    clients = [],
    clientNames = [],
}: KeyServerClusterArgs): readonly Problem[] {
    const named = clients.map((client) => client.name);
    return clientNames.flatMap((name, index) =>
        problemsOfClientName(`clientNames[${index}]`, name, [
            ...named,
            ...clientNames.slice(0, index),
        ]),
    );
}

function problemsOfMaintenance({
    maintenanceChangesServer = false,
    serverUnderMaintenance,
    size = defaultSize,
}: KeyServerClusterArgs): readonly Problem[] {
    return [
        ...problemsOfWholeNumber("serverUnderMaintenance", serverUnderMaintenance, 1, size),
        ...(maintenanceChangesServer && serverUnderMaintenance === undefined
            ? [
                  {
                      propertyPath: "maintenanceChangesServer",
                      reason: "maintenanceChangesServer must be false unless serverUnderMaintenance names the server, in an update before",
                  },
              ]
            : []),
    ];
}

function problemsOfSoftware({ software }: KeyServerClusterArgs): readonly Problem[] {
    if (software === undefined) {
        return [];
    }
    const { artifactBucket, artifactKey, artifactSha256, packageName } = software;
    const given = [artifactBucket, artifactKey, artifactSha256].filter(
        (value) => value !== undefined,
    ).length;
    return [
        ...(given === 0 || given === 3
            ? []
            : [
                  {
                      propertyPath: "software",
                      reason: "software must have all of artifactBucket, artifactKey and artifactSha256, or none of them",
                  },
              ]),
        ...(artifactSha256 === undefined || /^[0-9a-f]{64}$/.test(artifactSha256)
            ? []
            : [
                  {
                      propertyPath: "software.artifactSha256",
                      reason: `software.artifactSha256 must be 64 hexadecimal digits in lower case, got ${show(artifactSha256)}`,
                  },
              ]),
        ...(packageName === undefined || /^[a-z0-9][a-z0-9+.-]*$/.test(packageName)
            ? []
            : [
                  {
                      propertyPath: "software.packageName",
                      reason: `software.packageName must be the name of a package such as "openbao", got ${show(packageName)}`,
                  },
              ]),
    ];
}

/** A new patch group needs Patch Manager; systems without it are patched by new images, or by a group that exists. */
function problemsOfPatching({
    operatingSystem: id,
    patchGroup,
}: KeyServerClusterArgs): readonly Problem[] {
    return id === undefined ||
        patchGroup !== undefined ||
        !isOperatingSystemId(id) ||
        operatingSystem(id).supportedBy.patchManager
        ? []
        : [
              {
                  propertyPath: "patchGroup",
                  reason: `patchGroup must be given, because AWS's Patch Manager does not support ${operatingSystem(id).title} (docs/support.md)`,
              },
          ];
}

import type { KeyServerClusterArgs } from "../key-server-cluster";
import { mirrorWithoutRoute } from "../network/package-mirror";
import { problemsOfServerChoices } from "../server/validate";
import { problemsOfChildren } from "../validation/format";
import { problemsOfParameter, problemsOfWholeNumber } from "../validation/numbers";
import { type Problem, show } from "../validation/problems";
import { defaultSize } from "./size";
import { problemsOfAdoptedParts } from "./validate-adopted-parts";
import { problemsOfClusterNetwork } from "./validate-network";
import { problemsOfCertificates, problemsOfSoftware } from "./validate-software";

/** Sizes that keep a quorum: an even number survives no more failures than the odd one below it. */
const productionSizes = [3, 5, 7];

/** Problems of the arguments of a `KeyServerCluster`. */
export function validateKeyServerClusterArgs(args: KeyServerClusterArgs): readonly Problem[] {
    const development = args.environment === "development";
    return [
        ...problemsOfChildren(args),
        ...problemsOfServerChoices({
            ...args,
            packageMirror: mirrorWithoutRoute(args.packageMirror),
            development,
        }),
        ...problemsOfSize(args.size ?? defaultSize, development),
        ...problemsOfEnvironment(args),
        ...problemsOfDomain(args.domainName),
        ...problemsOfCertificates(args),
        ...problemsOfClusterNetwork(args),
        ...problemsOfAdoptedParts(args),
        ...problemsOfMaintenance(args),
        ...problemsOfSoftware(args),
        ...problemsOfWholeNumber("dataVolumeGibibytes", args.dataVolumeGibibytes, 10, 16_384),
        ...problemsOfParameter(
            "backupRetentionDays",
            "backupRetentionDays",
            args.backupRetentionDays,
        ),
        ...problemsOfWholeNumber("verifyMinutes", args.verifyMinutes, 5, 240),
    ];
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

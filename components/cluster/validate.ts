import { valueSources } from "../../catalog/value-sources";
import type { KeyServerClusterArgs } from "../key-server-cluster";
import { mirrorWithoutRoute } from "../network/package-mirror";
import { problemsOfServerChoices } from "../server/validate";
import { problemsOfChoice } from "../validation/choice";
import { problemsOfChildren, problemsOfFormat } from "../validation/format";
import { problemsOfParameter, problemsOfRange } from "../validation/numbers";
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
        ...problemsOfFormat("domainName", args.domainName, "domainName"),
        ...problemsOfCertificates(args),
        ...problemsOfClusterNetwork(args),
        ...problemsOfAdoptedParts(args),
        ...problemsOfMaintenance(args),
        ...problemsOfSoftware(args),
        ...problemsOfRange("dataVolumeGibibytes", args.dataVolumeGibibytes, "dataVolumeGibibytes"),
        ...problemsOfParameter(
            "backupRetentionDays",
            "backupRetentionDays",
            args.backupRetentionDays,
        ),
        ...problemsOfRange("verifyMinutes", args.verifyMinutes, "verifyMinutes"),
    ];
}

function problemsOfSize(size: number, development: boolean): readonly Problem[] {
    const sizes = development ? [1, ...productionSizes] : productionSizes;
    return sizes.includes(size)
        ? []
        : [
              {
                  propertyPath: "size",
                  reason: `size must be ${sizes.join(", ")}, because an even number of servers survives no more failures than one less, got ${show(size)} (${valueSources.clusterSize})`,
              },
          ];
}

function problemsOfEnvironment({
    environment = "production",
    disposable = false,
}: KeyServerClusterArgs): readonly Problem[] {
    const misspelt = problemsOfChoice("environment", environment, "environment");
    if (misspelt.length > 0) {
        return misspelt;
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

function problemsOfMaintenance({
    maintenanceChangesServer = false,
    serverUnderMaintenance,
    size = defaultSize,
}: KeyServerClusterArgs): readonly Problem[] {
    return [
        ...problemsOfRange("serverUnderMaintenance", serverUnderMaintenance, "serverNumber", {
            to: size,
        }),
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

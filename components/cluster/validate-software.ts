import type { KeyServerClusterArgs } from "../key-server-cluster";
import { problemsOfArn } from "../validation/arn";
import { known, type Problem, show } from "../validation/problems";
import { defaultSize } from "./size";

/** Problems of the certificates of a cluster's servers. */
export function problemsOfCertificates({
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

/** Problems of where a cluster's software comes from. */
export function problemsOfSoftware({ software }: KeyServerClusterArgs): readonly Problem[] {
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

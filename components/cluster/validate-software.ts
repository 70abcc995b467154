import { isWorkloadId, workload } from "../../catalog/workloads";
import type { KeyServerClusterArgs } from "../key-server-cluster";
import { problemsOfFormat } from "../validation/format";
import { problemsOfParameter } from "../validation/numbers";
import type { Problem } from "../validation/problems";
import { defaultSize } from "./size";

/** Problems of the certificates of a cluster's servers: from one source, one per server, and missing only where the cluster is thrown away. */
export function problemsOfCertificates(args: KeyServerClusterArgs): readonly Problem[] {
    const { certificateAuthorityArn: authority, certificateSecretArns: arns } = args;
    const propertyPath = "certificateSecretArns";
    const size = args.size ?? defaultSize;
    return [
        ...(arns === undefined && authority === undefined && needsCertificates(args)
            ? [
                  {
                      propertyPath,
                      reason: `${propertyPath} must name one secret per server, ${size}, or certificateAuthorityArn a private certificate authority, because ${workload(args.workload).title} serves TLS and waits without a certificate; only a disposable development cluster may be given none`,
                  },
              ]
            : []),
        ...(arns === undefined || arns.length === size
            ? []
            : [
                  {
                      propertyPath,
                      reason: `${propertyPath} must name one secret per server, ${size}, got ${arns.length}`,
                  },
              ]),
        ...(arns ?? []).flatMap((arn, index) =>
            problemsOfFormat(`${propertyPath}[${index}]`, arn, "secretArn"),
        ),
        ...(arns === undefined || authority === undefined
            ? []
            : [
                  {
                      propertyPath: "certificateAuthorityArn",
                      reason: `certificateAuthorityArn must not be given with ${propertyPath}: certificates come from one of them`,
                  },
              ]),
        ...problemsOfFormat("certificateAuthorityArn", authority, "certificateAuthorityArn"),
        ...problemsOfParameter("certificateDays", "nodeCertificateDays", args.certificateDays),
        ...(args.certificateDays === undefined || authority !== undefined
            ? []
            : [
                  {
                      propertyPath: "certificateDays",
                      reason: "certificateDays must not be given without certificateAuthorityArn: a secret's certificate has its own end",
                  },
              ]),
    ];
}

/** Whether clients connect over TLS, so that servers are of no use without certificates. */
function needsCertificates({
    disposable = false,
    servicePorts,
    workload: id,
}: KeyServerClusterArgs): boolean {
    return (
        !disposable &&
        isWorkloadId(id) &&
        (servicePorts !== undefined || workload(id).ports.some(({ tls }) => tls))
    );
}

/** Problems of where a cluster's software comes from. */
export function problemsOfSoftware({
    software,
    workload: id,
}: KeyServerClusterArgs): readonly Problem[] {
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
        ...(given === 0 || !isWorkloadId(id) || workload(id).program !== null
            ? []
            : [
                  {
                      propertyPath: "software.artifactKey",
                      reason: `software.artifactKey must not be given for ${workload(id).title}, which is more than one program: bring it by packageName or in the image`,
                  },
              ]),
        ...(given === 0 || packageName === undefined
            ? []
            : [
                  {
                      propertyPath: "software.packageName",
                      reason: "software.packageName must not be given with an artifact: the program comes from one of them",
                  },
              ]),
        ...problemsOfFormat("software.artifactBucket", artifactBucket, "bucketName"),
        ...problemsOfFormat("software.artifactKey", artifactKey, "objectKey"),
        ...problemsOfFormat("software.artifactSha256", artifactSha256, "sha256"),
        ...problemsOfFormat("software.packageName", packageName, "packageName"),
    ];
}

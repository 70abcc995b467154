import * as pulumi from "@pulumi/pulumi";
import type { OperatingSystem } from "../../catalog/operating-systems";
import { parameter } from "../../catalog/parameters";
import type { Workload } from "../../catalog/workload";
import type { KeyServerClusterArgs } from "../key-server-cluster";
import type { Location } from "../location";
import { physicalName } from "../names";
import type { CertificateSource } from "../workload/certificate-steps";
import { buildConfiguration } from "../workload/configuration";
import { buildSetupScript } from "../workload/setup-script";

/** The setup script of one server. Everything in it is known before anything exists, so its hash is as well. */
export function setupScript(
    name: string,
    args: KeyServerClusterArgs,
    server: {
        readonly node: string;
        readonly nodes: readonly string[];
        readonly index: number;
        readonly software: Workload;
        readonly system: OperatingSystem;
        readonly location: Location;
    },
): pulumi.Output<string> {
    const { software } = server;
    const { artifactBucket, artifactKey, artifactSha256, packageName } = args.software ?? {};
    return pulumi
        .output({
            region: server.location.region,
            artifactBucket,
            artifactKey,
            certificateSecret: args.certificateSecretArns?.[server.index],
            certificateAuthority: args.certificateAuthorityArn,
        })
        .apply((known) =>
            buildSetupScript({
                software,
                configuration: buildConfiguration(software, {
                    node: server.node,
                    nodes: server.nodes,
                    region: known.region,
                    // By alias, which is known before the key is.
                    unsealKey: `alias/${physicalName(`${name}-unseal`, "keyAlias")}`,
                }),
                node: server.node,
                domain: args.domainName,
                certificate: certificateSource(known, args.certificateDays),
                artifact:
                    known.artifactBucket === undefined ||
                    known.artifactKey === undefined ||
                    artifactSha256 === undefined
                        ? undefined
                        : {
                              bucket: known.artifactBucket,
                              key: known.artifactKey,
                              sha256: artifactSha256,
                          },
                packageName,
                packageManager: server.system.packageManager,
                dataVolume: true,
            }),
        );
}

function certificateSource(
    known: { readonly certificateSecret?: string; readonly certificateAuthority?: string },
    validityDays: number = parameter("nodeCertificateDays").value,
): CertificateSource | undefined {
    if (known.certificateAuthority !== undefined) {
        return { kind: "authority", arn: known.certificateAuthority, validityDays };
    }
    return known.certificateSecret === undefined
        ? undefined
        : { kind: "secret", secret: known.certificateSecret };
}

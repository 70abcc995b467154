import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { nodeNamePath } from "../../host/delivery";
import type { KeyServerBundleArgs } from "../key-server";
import { fetchPath } from "../server/fetch-script";
import { createClusterAssociation, type ClusterAssociationArgs } from "./association";

/** The setup script of one server. */
export interface NodeSetup {
    /** Private name of the server. */
    readonly node: string;
    readonly bundle: KeyServerBundleArgs;
}

/** Every hour: renewed certificates and changed configurations reach a server within it. */
const schedule = "cron(10 * ? * * *)";
const timeoutSeconds = 1800;

/**
 * Repeats the setup of every server of a cluster: a new certificate in the secret, one that ends soon, another configuration or program. Each
 * server waits until it serves before the next has its turn, so that a majority stays up.
 */
export function createSetupAssociation(
    name: string,
    setups: readonly NodeSetup[],
    args: Pick<ClusterAssociationArgs, "cluster" | "region" | "tags">,
    parent: pulumi.Resource,
): aws.ssm.Association {
    return createClusterAssociation(
        name,
        {
            ...args,
            namePrefix: "keyward-setup",
            content: pulumi
                .output(setups.map(({ bundle, node }) => ({ ...bundle, node })))
                .apply(buildSetupDocument),
            schedule,
            complianceSeverity: "HIGH",
        },
        parent,
    );
}

/** Command document that runs the setup of the server that it finds itself on. A server knows its name from its first setup. */
function buildSetupDocument(
    setups: readonly {
        readonly node: string;
        readonly bucket: string;
        readonly key: string;
        readonly sha256: string;
    }[],
): string {
    return JSON.stringify({
        schemaVersion: "2.2",
        description: "Keyward setup: software, configuration and certificate of a key server",
        mainSteps: [
            {
                action: "aws:runShellScript",
                name: "keywardSetup",
                precondition: { StringEquals: ["platformType", "Linux"] },
                inputs: {
                    timeoutSeconds: String(timeoutSeconds),
                    runCommand: [
                        "set -eu",
                        `case $(cat ${nodeNamePath}) in`,
                        ...setups.map(
                            ({ bucket, key, node, sha256 }) =>
                                `'${node}') exec ${fetchPath} ${sha256} '${bucket}' '${key}' apply ;;`,
                        ),
                        `*) echo "this server is none of the cluster's" >&2; exit 1 ;;`,
                        "esac",
                    ],
                },
            },
        ],
    });
}

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { KeyServerBundleArgs } from "../key-server";
import { physicalName } from "../names";
import { fetchPath } from "../server/fetch-script";
import { type Tags, withName } from "../tags";
import { nodeNamePath } from "../workload/setup-script";
import { clusterTag } from "./host-profile";

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
 * Repeats the setup of every server by State Manager: a new certificate in the secret, one that ends soon, another configuration or program.
 * Servers take their turn, each waits until it serves, and the first that fails stops the others, so that a majority stays up.
 */
export function createSetupAssociation(
    name: string,
    setups: readonly NodeSetup[],
    args: {
        readonly cluster: string;
        readonly region?: pulumi.Input<string>;
        readonly tags?: Tags;
    },
    parent: pulumi.Resource,
): aws.ssm.Association {
    const { region, tags } = args;
    const document = new aws.ssm.Document(
        name,
        {
            name: physicalName(name, "document"),
            documentType: "Command",
            documentFormat: "JSON",
            targetType: "/AWS::EC2::Instance",
            content: pulumi
                .output(setups.map(({ bundle, node }) => ({ ...bundle, node })))
                .apply(buildSetupDocument),
            region,
            tags: withName(tags, name),
        },
        { parent },
    );
    return new aws.ssm.Association(
        name,
        {
            associationName: `keyward-setup-${physicalName(name, "backupVault")}`,
            name: document.name,
            documentVersion: document.latestVersion,
            targets: [{ key: `tag:${clusterTag}`, values: [args.cluster] }],
            scheduleExpression: schedule,
            applyOnlyAtCronInterval: true,
            complianceSeverity: "HIGH",
            maxConcurrency: "1",
            maxErrors: "0",
            region,
            tags: withName(tags, name),
        },
        { parent },
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

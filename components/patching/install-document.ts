import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { workloads } from "../../catalog/workloads";
import { unpackLines } from "../../host/delivery";
import type { PatchSource } from "../../patching/gate/promotion-request";
import {
    installerPath,
    installerScript,
    restartMarkPath,
} from "../../patching/installer/installer-script";
import { drainScript, healthScript } from "./health-script";
import type { KeyServerPatchingArgs } from "../key-server-patching";
import { physicalName } from "../names";
import { fetchPath } from "../server/fetch-script";
import { withName } from "../tags";
import type { PatchRing } from "./rings";
import { shellStep, type CommandDocument } from "./command-document";

/** Where the verified list lies until the next boot, and where the number of the last installed one is kept. */
const listPath = "/run/keyward-patches.yaml";
const sequencePath = "/var/lib/keyward/patch-list-sequence";

/** Text of the pointer before the first promotion. */
const nothingPromoted = "none";

/** Keys of promoted lists, as `patching/gate/install-override-list.ts` writes them. */
const listPattern = "s3://[a-z0-9.-]+/lists/[0-9]{8}-[0-9a-f]{64}[.]yaml";

/** Longest run of the installer itself. */
const installSeconds = "3600";

/** Exit status at which the agent restarts the server and runs the step again. Source: Systems Manager, "Rebooting managed nodes from scripts". */
const restartStatus = 194;

/**
 * The document that a ring's window runs on one server after the other: production checks the promoted list first; then the workload is
 * drained, patches are installed, and the workload must become healthy again. AWS's own document with hooks takes no list.
 */
export function buildInstallDocument(
    role: PatchRing["role"],
    workloadId: string | undefined,
    source: PatchSource,
): CommandDocument {
    const workload = workloads.find(({ id }) => id === workloadId);
    const promoted = role === "production";
    return {
        schemaVersion: "2.2",
        description: promoted
            ? "Installs exactly the promoted list of patches on a key server"
            : "Installs the approved patches on a key server",
        parameters: promoted
            ? {
                  List: {
                      type: "String",
                      description: "The promoted list, s3://bucket/key, whose key is its SHA-256",
                      allowedPattern: `^(${nothingPromoted}|${listPattern})$`,
                  },
              }
            : {},
        mainSteps: [
            ...(promoted ? [shellStep("verifyList", verifyLines, { onFailure: "exit" })] : []),
            ...(workload?.unit === undefined || workload.unit === null
                ? []
                : [shellStep("drain", drainScript(workload.unit), { onFailure: "exit" })]),
            source === "keyward-patch"
                ? shellStep("install", installerLines(promoted), { timeoutSeconds: installSeconds })
                : patchManagerStep(promoted),
            // Runs after a failed installation too: the workload must not stay down.
            ...(workload === undefined ? [] : [shellStep("health", healthScript(workload))]),
            // Our own installer remembers by itself.
            ...(promoted && source === "patch-manager"
                ? [shellStep("remember", rememberLines)]
                : []),
        ],
    };
}

function patchManagerStep(promoted: boolean): unknown {
    return {
        action: "aws:runDocument",
        name: "install",
        inputs: {
            documentType: "SSMDocument",
            documentPath: "AWS-RunPatchBaseline",
            documentParameters: {
                Operation: "Install",
                RebootOption: "RebootIfNeeded",
                ...(promoted ? { InstallOverrideList: "{{ List }}" } : {}),
            },
        },
    };
}

const readPointerLines: readonly string[] = [
    "list='{{ List }}'",
    `[ "$list" != ${nothingPromoted} ] || { echo 'nothing was promoted yet: production is held' >&2; exit 1; }`,
    "rest=${list#s3://}; bucket=${rest%%/*}; key=${rest#*/}; file=${key##*/}",
    "sequence=${file%%-*}; sha256=${file#*-}; sha256=${sha256%.yaml}",
];

const fetchLine = `KEYWARD_SAVE_AS=${listPath} ${fetchPath} "$sha256" "$bucket" "$key"`;

/** Fetches the list under the hash in its key and refuses one that is empty, truncated or older than the last installed. */
const verifyLines: readonly string[] = [
    "set -eu",
    ...readPointerLines,
    fetchLine,
    `stated=$(sed -n 's/^count: //p' ${listPath}); held=$(grep -c '^  - id: ' ${listPath} || true)`,
    '[ "${stated:-0}" -gt 0 ] && [ "$stated" = "$held" ] || { echo "the list says ${stated:-nothing} and holds $held patches" >&2; exit 1; }',
    `last=$(cat ${sequencePath} 2>/dev/null || echo 0)`,
    '[ "$(echo "$sequence" | sed "s/^0*//")" -ge "$last" ] || { echo "list $sequence is older than $last, which was installed" >&2; exit 1; }',
];

const rememberLines: readonly string[] = [
    "set -eu",
    `sequence=$(sed -n 's/^sequence: //p' ${listPath} 2>/dev/null || true)`,
    // The list lies in memory and is gone after a restart; the number is then taken from the parameter.
    "list='{{ List }}'; file=${list##*/}; [ -n \"$sequence\" ] || sequence=$(echo \"${file%%-*}\" | sed 's/^0*//')",
    "install -d -m 0755 /var/lib/keyward",
    `echo "$sequence" >${sequencePath}`,
];

/**
 * Runs our own installer, and again after the restart that a change needs: then it changes nothing and ends. The list lies in memory, so
 * it is fetched again.
 */
function installerLines(promoted: boolean): readonly string[] {
    return [
        "set -eu",
        ...unpackLines(installerPath, installerScript()),
        ...(promoted
            ? [...readPointerLines, fetchLine, `${installerPath} install ${listPath} "$key"`]
            : [`${installerPath} upgrade`]),
        `[ ! -e ${restartMarkPath} ] || exit ${restartStatus}`,
    ];
}

/** The install document of one ring. */
export function createInstallDocument(
    resourceName: string,
    role: PatchRing["role"],
    source: PatchSource,
    { workload, region, tags }: KeyServerPatchingArgs,
    parent: pulumi.Resource,
): aws.ssm.Document {
    return new aws.ssm.Document(
        resourceName,
        {
            name: physicalName(resourceName, "document"),
            documentType: "Command",
            documentFormat: "JSON",
            targetType: "/AWS::EC2::Instance",
            content: JSON.stringify(buildInstallDocument(role, workload, source)),
            region,
            tags: withName(tags, resourceName),
        },
        { parent },
    );
}

import { renderPublishScript, unpackLines } from "../../host/delivery";
import { patchComplianceType } from "../../patching/gate/patch-items";
import { installerPath, installerScript } from "../../patching/installer/installer-script";
import { shellStep, type CommandDocument } from "./command-document";

/** Where the script lies that publishes a scan. */
const publishPath = "/usr/local/sbin/keyward-publish-patches";
const resultPath = "/run/keyward-patch-scan.jsonl";

/**
 * The document that scans a server with our own installer and publishes what it found as compliance items. A scan that fails publishes
 * nothing: the last one grows old, and production is held.
 */
export function buildScanDocument(): CommandDocument {
    return {
        schemaVersion: "2.2",
        description: "Scans a key server for missing patches and publishes what it found",
        parameters: {},
        mainSteps: [
            shellStep("scan", [
                "set -eu",
                ...unpackLines(installerPath, installerScript()),
                ...unpackLines(publishPath, renderPublishScript(patchComplianceType)),
                `${installerPath} scan >${resultPath}`,
                `${publishPath} <${resultPath}`,
                `grep -v '"state":"Installed"' ${resultPath}`,
            ]),
        ],
    };
}

import assert from "node:assert/strict";
import type { RegisteredResource } from "../../../policy-pack/graph/resource";
import { maintenanceWindowPatchesServers } from "../../../policy-pack/rules/maintenance-window-patches-servers";
import { patchGroupCoverage } from "../../../policy-pack/rules/patch-group-coverage";
import { patchPromotionGated } from "../../../policy-pack/rules/patch-promotion-gated";
import { patchScanDailyAndReported } from "../../../policy-pack/rules/patch-scan-daily-and-reported";
import { from, messages, resource, verdicts } from "../../support/graph";
import { patchedCluster, type PatchingChanges } from "../../support/patching-graph";

const shell = (...runCommand: readonly string[]): unknown => ({
    action: "aws:runShellScript",
    name: "install",
    inputs: { runCommand },
});

function document(name: string, ...steps: readonly unknown[]): RegisteredResource {
    return resource("aws:ssm/document:Document", name, {
        documentType: "Command",
        content: JSON.stringify({ schemaVersion: "2.2", mainSteps: steps }),
    });
}

/** The small cluster, patched by these shell lines instead of Patch Manager, without a baseline. */
function patchedByShell(
    canary: string,
    production: string,
    changes: PatchingChanges = {},
): readonly RegisteredResource[] {
    const canaryDocument = document("canary-document", shell(canary, "exit 194"));
    const scanDocument = document("scan-document", shell("keyward-patch scan >result"));
    return [
        canaryDocument,
        scanDocument,
        ...patchedCluster({
            productionSteps: [shell(production, "exit 194")],
            canaryTask: {
                taskArn: from(canaryDocument),
                serviceRoleArn: "role",
                taskInvocationParameters: {
                    runCommandParameters: {
                        cloudwatchConfig: { cloudwatchOutputEnabled: true },
                    },
                },
            },
            scan: { name: from(scanDocument), parameters: undefined },
            without: ["baseline"],
            ...changes,
        }),
    ];
}

const upgrade = "/usr/local/sbin/keyward-patch upgrade";
const install = '/usr/local/sbin/keyward-patch install /run/list "$key"';

describe("patching by shell lines", () => {
    it("is gated when production installs the promoted list only", () => {
        assert.deepEqual(verdicts(patchPromotionGated, patchedByShell(upgrade, install)), [
            "pass production-window",
        ]);
    });

    for (const [title, lines] of [
        ["Keyward's installer", upgrade],
        ["apt-get", "apt-get --yes -o Dpkg::Options::=--force-confold dist-upgrade"],
        ["apt", "DEBIAN_FRONTEND=noninteractive apt full-upgrade -y"],
        ["dnf", "dnf --assumeyes --refresh upgrade"],
        ["yum", "yum -y update --security"],
        ["unattended-upgrade", "unattended-upgrade -v"],
    ] as const) {
        it(`is not gated when production brings itself up to date with ${title}`, () => {
            assert.deepEqual(messages(patchPromotionGated, patchedByShell(upgrade, lines)), [
                'the window "production-window" installs whatever is approved by then: its task passes no InstallOverrideList',
            ]);
        });
    }

    for (const lines of ["apt-get update", "dnf makecache", "apt-get install --yes curl"]) {
        it(`is not taken for patching where the lines are ${lines}`, () => {
            const found = verdicts(maintenanceWindowPatchesServers, patchedByShell(upgrade, lines));
            assert.ok(found.includes("fail vault-2"), found.join(", "));
        });
    }

    it("needs no baseline, unless Patch Manager patches the server too", () => {
        const passes = ["pass vault-1", "pass vault-2", "pass vault-3"];
        assert.deepEqual(verdicts(patchGroupCoverage, patchedByShell(upgrade, install)), passes);
        const both = patchedByShell(upgrade, install, {
            canaryTask: { taskArn: "AWS-RunPatchBaseline" },
        });
        assert.deepEqual(verdicts(patchGroupCoverage, both), [
            "fail vault-1 tags.PatchGroup",
            "pass vault-2",
            "pass vault-3",
        ]);
    });

    it("must restart its servers, as Patch Manager does", () => {
        const running = patchedByShell(upgrade, install);
        const canary = (found: readonly string[]): readonly string[] =>
            found.filter((line) => line.includes("canary-task"));
        assert.deepEqual(canary(verdicts(maintenanceWindowPatchesServers, running)), [
            "pass canary-task",
        ]);
        const lazy = [
            ...running.filter(({ name }) => name !== "canary-document"),
            document("canary-document", shell(upgrade)),
        ];
        assert.match(
            messages(maintenanceWindowPatchesServers, lazy).join("\n"),
            /does not set RebootOption to RebootIfNeeded|RebootOption/,
        );
    });

    it("is scanned by a document of the stack", () => {
        assert.deepEqual(verdicts(patchScanDailyAndReported, patchedByShell(upgrade, install)), [
            "pass scan",
            "pass stack",
            "pass vault-1",
            "pass vault-2",
            "pass vault-3",
        ]);
    });
});

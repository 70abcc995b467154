import assert from "node:assert/strict";
import * as keyward from "../../components";
import { operatingSystems } from "../../catalog/operating-systems";
import { acceptedWorkloadIds, workload as software } from "../../catalog/workloads";
import { judgeStack } from "../../policy-pack/judge";
import { record } from "../support/monitor";
import { clusterArgs } from "./programs";

/** What the pack says of a program's resources at preview and would block. */
async function blocking(program: () => unknown): Promise<readonly string[]> {
    const { graph } = await record(program, { preview: true });
    const judged = judgeStack({
        resources: graph,
        project: "kms",
        stack: "test",
        asOf: new Date("2026-11-24T00:00:00Z"),
    });
    return judged.findings
        .filter(({ level }) => level === "mandatory")
        .map(
            ({ policy, urn, path, message }) =>
                `${policy} ${urn.split("::").at(-1) ?? ""} ${path}: ${message}`,
        );
}

/** A cluster, and the settings of its account. */
function clusterInAccount(changes: Partial<keyward.KeyServerClusterArgs>): void {
    const { logKeyArn } = new keyward.KeyServerCluster("kms", { ...clusterArgs, ...changes });
    new keyward.KeyServerAccount("account", { logKeyArn });
}

describe("the policy pack blocks nothing in a cluster", function () {
    // Each records and judges some two hundred resources.
    this.timeout(60_000);

    for (const workload of acceptedWorkloadIds) {
        it(`of ${workload} on Amazon Linux 2023`, async () => {
            const custom = workload === "custom" ? { servicePorts: [8443] } : {};
            const named =
                software(workload).user === null
                    ? { workloadUser: "kms", workloadUnit: "kms.service" }
                    : {};
            const silent = workload === "cloudhsm-client" ? { clientNames: undefined } : {};
            assert.deepEqual(
                await blocking(() => clusterInAccount({ ...custom, ...named, ...silent, workload })),
                [],
            );
        });
    }

    for (const { id, supportedBy, repositoryInS3 } of operatingSystems) {
        if (supportedBy.patchManager) {
            it(`of vault on ${id}`, async () => {
                assert.deepEqual(
                    await blocking(() =>
                        clusterInAccount({
                            operatingSystem: id,
                            packageMirror: repositoryInS3
                                ? undefined
                                : {
                                      url: "https://mirror.example.internal/debian",
                                      securityGroupId: "sg-mirror",
                                  },
                        }),
                    ),
                    [],
                );
            });
        }
    }
});

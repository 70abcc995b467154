import assert from "node:assert/strict";
import * as keyward from "../../components";
import { operatingSystems } from "../../catalog/operating-systems";
import { acceptedWorkloadIds, workload } from "../../catalog/workloads";
import { judgeStack } from "../../policy-pack/judge";
import { record } from "../support/monitor";
import { clusterArgs, logKeyArn, programs } from "./programs";

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

const packageMirror = {
    url: "https://mirror.example.internal/debian",
    securityGroupId: "sg-mirror",
};

/** Arguments that a workload on an operating system asks for. */
function choices(
    system: (typeof operatingSystems)[number],
    id: string,
): Pick<
    keyward.KeyServerArgs,
    | "operatingSystem"
    | "packageMirror"
    | "servicePorts"
    | "workload"
    | "workloadUnit"
    | "workloadUser"
> {
    return {
        workload: id,
        operatingSystem: system.id,
        ...(system.repositoryInS3 ? {} : { packageMirror }),
        ...(workload(id).user === null ? { workloadUser: "kms", workloadUnit: "kms.service" } : {}),
        ...(id === "custom" ? { servicePorts: [8443] } : {}),
    };
}

describe("the policy pack blocks nothing in a cluster", function () {
    // Each records and judges some two hundred resources.
    this.timeout(60_000);

    for (const system of operatingSystems) {
        for (const id of acceptedWorkloadIds) {
            it(`of ${id} on ${system.id}`, async () => {
                const silent = id === "cloudhsm-client" ? { clientNames: undefined } : {};
                assert.deepEqual(
                    await blocking(() => clusterInAccount({ ...choices(system, id), ...silent })),
                    [],
                );
            });
        }
    }
});

/** Policies about the account or about log groups, which a stack that has only one of the components leaves to another stack. */
const leftToOthers: readonly string[] = [
    "cloudtrail-hardened",
    "session-preferences-hardened",
    "snapshots-ami-private",
];

describe("the policy pack blocks nothing in a component by itself", function () {
    this.timeout(60_000);

    async function besidesOtherStacks(program: () => unknown): Promise<readonly string[]> {
        const found = await blocking(program);
        return found.filter((finding) => !leftToOthers.includes(finding.split(" ")[0] ?? ""));
    }

    // Those with servers are judged together with what they stand on.
    const alone = Object.entries(programs).filter(
        ([component]) => !["KeyServer", "KeyServerCluster"].includes(component),
    );

    for (const [component, program] of alone) {
        it(component, async () => {
            assert.deepEqual(await besidesOtherStacks(program), []);
        });
    }

    for (const system of operatingSystems.filter(({ supportedBy }) => supportedBy.imageBuilder)) {
        for (const id of acceptedWorkloadIds) {
            it(`KeyServerImage of ${id} on ${system.id}`, async () => {
                const image = { ...choices(system, id), packageMirror: undefined };
                assert.deepEqual(
                    await besidesOtherStacks(
                        () =>
                            new keyward.KeyServerImage("kms", {
                                ...image,
                                subnetId: "subnet-1",
                                endpointClientSecurityGroupId: "sg-1",
                                volumeKeyArn: logKeyArn,
                                logKeyArn,
                                secretKeyArn: logKeyArn,
                            }),
                    ),
                    [],
                );
            });
        }
    }

    for (const system of operatingSystems) {
        it(`KeyServer on ${system.id}, in a stack of single components`, async () => {
            assert.deepEqual(await blocking(() => singleServer(choices(system, "vault"))), []);
        });
    }
});

describe("the policy pack approves an image", () => {
    it("that a pipeline of KeyServerImage built, by its parameter", async () => {
        assert.deepEqual(
            await blocking(() => {
                clusterInAccount({ imageParameterName: "/imagebuilder/kms-test-vault" });
            }),
            [],
        );
        const found = await blocking(() => {
            clusterInAccount({ imageParameterName: "/somebody/elses/image" });
        });
        assert.deepEqual(
            found.map((finding) => finding.split(" ")[0]),
            ["approved-ami", "approved-ami", "approved-ami"],
        );
    });
});

/** One server on a network, keys, an audit log and patching that are made beside it. */
function singleServer(chosen: ReturnType<typeof choices>): void {
    const keys = new keyward.KeyServerEncryption("kms", {});
    const { logKeyArn: ownLogKeyArn, secretKeyArn, volumeKeyArn } = keys;
    const auditLog = new keyward.KeyServerAuditLog("kms", { logKeyArn: ownLogKeyArn });
    const network = new keyward.KeyServerNetwork("kms", {
        logKeyArn: ownLogKeyArn,
        clientNames: ["payment service"],
        packageMirror: chosen.packageMirror,
    });
    const patching = new keyward.KeyServerPatching("kms", {
        workload: chosen.workload,
        operatingSystems: [chosen.operatingSystem ?? ""],
        listKeyArn: secretKeyArn,
        logKeyArn: ownLogKeyArn,
        patchLogGroupArn: auditLog.patchLogGroupArn,
        notificationTopicArn: auditLog.alarmTopicArn,
    });
    new keyward.KeyServerAccount("account", { logKeyArn: ownLogKeyArn });
    new keyward.KeyServerAccess("kms", {
        sessionLogGroupArn: auditLog.sessionLogGroupArn,
        sessionKeyArn: keys.logKeyAliasArn,
    });
    new keyward.KeyServer("kms-1", {
        ...chosen,
        placement: {
            vpcId: network.vpcId,
            subnetId: network.subnetIds[0] ?? "",
            endpointClientSecurityGroupId: network.endpointClientSecurityGroupId,
        },
        logGroups: auditLog,
        alarmTopicArn: auditLog.alarmTopicArn,
        volumeKeyArn,
        patchGroup: patching.patchGroup,
        clients: [
            { name: "payment service", securityGroupId: network.clientSecurityGroupIds[0] ?? "" },
        ],
    });
}

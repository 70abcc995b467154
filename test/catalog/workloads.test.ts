import assert from "node:assert/strict";
import { parameter } from "../../catalog/parameters";
import {
    acceptedWorkloadIds,
    isWorkloadId,
    servicePorts,
    workload,
    workloads,
} from "../../catalog/workloads";

describe("workloads", () => {
    it("are those of the design, with PyKMIP refused outside development", () => {
        assert.deepEqual(acceptedWorkloadIds, [
            "openbao",
            "vault",
            "ejbca",
            "cosmian-kms",
            "barbican",
            "cloudhsm-client",
            "custom",
        ]);
        assert.deepEqual(
            workloads
                .filter(({ refusedOutsideDevelopment }) => refusedOutsideDevelopment !== undefined)
                .map(({ id }) => id),
            ["pykmip"],
        );
    });

    it("are found by id, and an unknown one is an error that names those that exist", () => {
        assert.equal(workload("vault").title, "HashiCorp Vault");
        assert.equal(isWorkloadId("vault"), true);
        assert.equal(isWorkloadId("constructor"), false);
        assert.throws(() => workload("valt"), {
            message:
                'no workload "valt"; there are: openbao, vault, ejbca, cosmian-kms, barbican, cloudhsm-client, custom',
        });
    });

    it("never run as root", () => {
        assert.deepEqual(
            workloads.filter(({ user, group }) => user === "root" || group === "root"),
            [],
        );
    });

    it("keep swap and core dumps off, in the host's flags and in the sandbox alike", () => {
        for (const { id, swapAllowed, coreDumpsAllowed, sandbox } of workloads) {
            const value = (name: string): string | undefined =>
                sandbox.find((directive) => directive.name === name)?.value;
            assert.deepEqual(
                [swapAllowed, value("MemorySwapMax"), coreDumpsAllowed, value("LimitCORE")],
                [false, "0", false, "0"],
                id,
            );
        }
    });

    it("give no directory to everybody, and no service its own configuration to write but WildFly's", () => {
        const open = workloads.flatMap(({ id, directories }) =>
            directories
                .filter(({ mode }) => !/^0[0-7][05]0$/.test(mode))
                .map(({ path }) => `${id} ${path}`),
        );
        assert.deepEqual(open, [
            "cloudhsm-client /opt/cloudhsm/etc",
            "cloudhsm-client /opt/cloudhsm/run",
        ]);
        const writable = workloads.filter(({ directories }) =>
            directories.some(({ purpose, writable: may }) => purpose === "configuration" && may),
        );
        assert.deepEqual(
            writable.map(({ id }) => id),
            ["ejbca"],
        );
    });

    it("write the audit log where the service may write", () => {
        for (const { id, auditLogPath, directories } of workloads) {
            const inside = directories.some(
                ({ path, writable }) => writable && auditLogPath?.startsWith(`${path}/`),
            );
            assert.ok(auditLogPath === null || inside, id);
        }
    });

    it("check health on a port that they serve", () => {
        for (const { id, healthCheck, ports } of workloads) {
            assert.ok(
                healthCheck === null || ports.some(({ port }) => port === healthCheck.port),
                id,
            );
        }
    });

    it("open a cluster port exactly where servers form a cluster", () => {
        for (const { id, ports, peers, quorum } of workloads) {
            const toPeers = ports.some(({ from }) => from === "peers");
            assert.deepEqual([toPeers, quorum], [peers, peers], id);
        }
    });

    it("give the approved service ports: those with TLS, in order", () => {
        assert.deepEqual(servicePorts, [5696, 8200, 8201, 8442, 8443, 9311, 9998]);
        assert.deepEqual(parameter("approvedServicePorts").value, servicePorts);
    });

    it("name Barbican's sample key in the form that its configuration has it", () => {
        const text = Buffer.from("abcdefghijklmnopqrstuvwxyz123456").toString("base64");
        assert.deepEqual(
            workload("barbican").defaultSecrets.map((secret) => secret.text),
            [text],
        );
    });

    it("have sandboxes whose values are replaced, not repeated", () => {
        for (const { id, sandbox } of workloads) {
            const names = sandbox
                .map(({ name }) => name)
                .filter((name) => name !== "SystemCallFilter");
            assert.equal(new Set(names).size, names.length, id);
        }
        const ejbca = workload("ejbca").sandbox.filter(
            ({ name }) => name === "MemoryDenyWriteExecute",
        );
        assert.deepEqual(ejbca, [{ name: "MemoryDenyWriteExecute", value: "no" }]);
    });
});

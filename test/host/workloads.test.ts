import assert from "node:assert/strict";
import { acceptedWorkloadIds, workload } from "../../catalog/workloads";
import { namedWorkload } from "../../catalog/workloads/named";
import type { WorkloadId } from "../../catalog/workload";
import { buildAgentConfiguration } from "../../components/server/cloudwatch-agent";
import { hostContext } from "../../host/choices";
import { buildHostProfile } from "../../host/profile";
import { renderFirewall } from "../../host/settings/firewall";
import { renderUnitDropIn } from "../../host/workloads/unit-drop-in";

interface Rendered {
    readonly unit: string;
    readonly account: string;
    /** Ports that the packet filter lets clients and peers reach. */
    readonly ports: readonly number[];
    readonly peerPorts: readonly number[];
    /** `MODE OWNER:GROUP PATH`, in the order in which they are made. */
    readonly directories: readonly string[];
    readonly writable: string;
    readonly readOnly: string;
    /** Directives of the sandbox that differ from the strictest. */
    readonly looser: readonly string[];
    readonly auditLog: string | undefined;
}

const names = { user: "kms", unit: "kms.service" };
const conventional = [
    "750 root:kms /etc/kms",
    "750 root:kms /etc/kms/tls",
    "700 kms:kms /var/lib/kms",
    "750 kms:kms /var/log/kms",
];

const expected: Readonly<Partial<Record<WorkloadId, Rendered>>> = {
    openbao: {
        unit: "openbao.service",
        account: "openbao",
        ports: [8200],
        peerPorts: [8201],
        directories: [
            "750 root:openbao /etc/openbao",
            "750 root:openbao /etc/openbao/tls",
            "700 openbao:openbao /var/lib/openbao",
            "750 openbao:openbao /var/log/openbao",
        ],
        writable: "-/var/lib/openbao -/var/log/openbao",
        readOnly: "-/etc/openbao -/etc/openbao/tls",
        looser: [],
        auditLog: "/var/log/openbao/audit.log",
    },
    vault: {
        unit: "vault.service",
        account: "vault",
        ports: [8200],
        peerPorts: [8201],
        directories: [
            "750 root:vault /etc/vault.d",
            "750 root:vault /etc/vault.d/tls",
            "700 vault:vault /opt/vault/data",
            "750 vault:vault /var/log/vault",
        ],
        writable: "-/opt/vault/data -/var/log/vault",
        readOnly: "-/etc/vault.d -/etc/vault.d/tls",
        looser: ["LimitMEMLOCK=infinity"],
        auditLog: "/var/log/vault/audit.log",
    },
    ejbca: {
        unit: "wildfly.service",
        account: "wildfly",
        ports: [8442, 8443],
        peerPorts: [],
        directories: [
            "750 wildfly:wildfly /opt/wildfly/standalone/configuration",
            "750 root:wildfly /opt/wildfly/standalone/configuration/tls",
            "700 wildfly:wildfly /opt/wildfly/standalone/data",
            "750 wildfly:wildfly /opt/wildfly/standalone/log",
        ],
        writable:
            "-/opt/wildfly/standalone/configuration -/opt/wildfly/standalone/data -/opt/wildfly/standalone/log",
        readOnly: "-/opt/wildfly/standalone/configuration/tls",
        looser: ["ProcSubset=all", "MemoryDenyWriteExecute=no"],
        auditLog: "/opt/wildfly/standalone/log/server.log",
    },
    "cosmian-kms": {
        unit: "cosmian_kms.service",
        account: "cosmian-kms",
        ports: [9998],
        peerPorts: [],
        directories: [
            "750 root:cosmian-kms /etc/cosmian",
            "750 root:cosmian-kms /etc/cosmian/tls",
            "700 cosmian-kms:cosmian-kms /var/lib/cosmian",
        ],
        writable: "-/var/lib/cosmian",
        readOnly: "-/etc/cosmian -/etc/cosmian/tls",
        looser: [],
        auditLog: undefined,
    },
    barbican: {
        unit: "barbican-api.service",
        account: "barbican",
        ports: [9311],
        peerPorts: [],
        directories: [
            "750 root:barbican /etc/barbican",
            "750 root:barbican /etc/barbican/tls",
            "700 barbican:barbican /var/lib/barbican",
            "750 barbican:barbican /var/log/barbican",
        ],
        writable: "-/var/lib/barbican -/var/log/barbican",
        readOnly: "-/etc/barbican -/etc/barbican/tls",
        looser: ["ProcSubset=all"],
        auditLog: "/var/log/barbican/barbican-api.log",
    },
    "cloudhsm-client": {
        unit: "kms.service",
        account: "kms",
        ports: [],
        peerPorts: [],
        directories: [
            "755 root:root /opt/cloudhsm/etc",
            "750 kms:kms /opt/cloudhsm/run",
            ...conventional,
        ],
        writable: "-/opt/cloudhsm/run -/var/lib/kms -/var/log/kms",
        readOnly: "-/opt/cloudhsm/etc -/etc/kms -/etc/kms/tls",
        looser: ["ProcSubset=all"],
        auditLog: "/opt/cloudhsm/run/cloudhsm-pkcs11.log",
    },
    custom: {
        unit: "kms.service",
        account: "kms",
        ports: [8443],
        peerPorts: [],
        directories: conventional,
        writable: "-/var/lib/kms -/var/log/kms",
        readOnly: "-/etc/kms -/etc/kms/tls",
        looser: [],
        auditLog: "/var/log/kms/audit.log",
    },
};

/** What keeps key material out of swap and core dumps, and the process from everything that it does not need. */
const always = [
    "NoNewPrivileges=yes",
    "CapabilityBoundingSet=",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    "PrivateTmp=yes",
    "PrivateDevices=yes",
    "RestrictSUIDSGID=yes",
    "LimitCORE=0",
    "MemorySwapMax=0",
    "UMask=0077",
    "SystemCallFilter=@system-service",
    "SystemCallFilter=~@privileged @resources",
];

describe("the renderings of a workload", () => {
    it("are looked at for every accepted workload", () => {
        assert.deepEqual(Object.keys(expected).sort(), [...acceptedWorkloadIds].sort());
    });

    for (const [id, of] of Object.entries(expected) as [WorkloadId, Rendered][]) {
        const choices = {
            operatingSystem: "amazon-linux-2023",
            workload: id,
            parameters: {
                hostClientCidrs: ["10.0.1.0/24"],
                hostPeerCidrs: ["10.0.2.0/24"],
                hostWorkloadUnit: names.unit,
                hostWorkloadUser: names.user,
                ...(id === "custom" ? { hostServicePorts: [8443] } : {}),
            },
        } as const;
        const context = hostContext(choices);

        it(`confine the unit of ${id} to its account, its folders and a sandbox without swap and core dumps`, () => {
            const lines = renderUnitDropIn(context).split("\n");
            assert.deepEqual(lines.slice(0, 3), [
                "[Service]",
                `User=${of.account}`,
                `Group=${of.account}`,
            ]);
            assert.deepEqual(
                [...always, ...of.looser].filter((line) => !lines.includes(line)),
                [],
            );
            const strictest = renderUnitDropIn(
                hostContext({ ...choices, workload: "openbao" }),
            ).split("\n");
            assert.deepEqual(
                lines.filter(
                    (line) =>
                        !strictest.includes(line) &&
                        !/^(User|Group|ReadWritePaths|ReadOnlyPaths)=/.test(line),
                ),
                of.looser,
            );
            assert.ok(lines.includes(`ReadWritePaths=${of.writable}`));
            assert.ok(lines.includes(`ReadOnlyPaths=${of.readOnly}`));
        });

        it(`make the account, the folders and the drop-in of ${id} on the host`, () => {
            const items = buildHostProfile(choices)
                .checks.filter(({ id: check }) => check.startsWith("workload-"))
                .flatMap((check) => check.items);
            const account = items.find(({ kind }) => kind === "account");
            assert.deepEqual(account?.args.slice(0, 2), [of.account, "/usr/sbin/nologin"]);
            assert.deepEqual(
                items
                    .filter(({ kind }) => kind === "directory")
                    .map(({ args: [path, mode, owner] }) => `${mode} ${owner} ${path}`),
                of.directories,
            );
            assert.equal(
                items.find(({ kind }) => kind === "file")?.args[0],
                `/etc/systemd/system/${of.unit}.d/keyward.conf`,
            );
        });

        it(`open the ports of ${id} and no others, to clients and peers`, () => {
            const rules = renderFirewall(context).split("\n");
            const open = (source: RegExp): readonly number[] => [
                ...new Set(
                    rules
                        .filter((rule) => source.test(rule) && rule.includes("ct state new accept"))
                        .flatMap((rule) =>
                            (/tcp dport \{ ([^}]*) \}/.exec(rule)?.[1] ?? "").split(", "),
                        )
                        .filter((port) => port !== "")
                        .map(Number),
                ),
            ];
            assert.deepEqual(open(/saddr .*10\.0\.1\.0\/24/), of.ports);
            assert.deepEqual(open(/saddr \{ 10\.0\.2\.0\/24 \}/), of.peerPorts);
        });

        it(`ship the audit log of ${id} to the group of applications`, () => {
            const software = namedWorkload(workload(id), names);
            const { logs } = buildAgentConfiguration(software, {
                system: "system",
                security: "security",
                application: "application",
            }) as {
                readonly logs: {
                    readonly logs_collected: Readonly<
                        Record<
                            "files" | "journald",
                            { readonly collect_list: readonly Readonly<Record<string, unknown>>[] }
                        >
                    >;
                };
            };
            const { files, journald } = logs.logs_collected;
            const ours = (entry: Readonly<Record<string, unknown>>): boolean =>
                entry.log_group_name === "application";
            assert.deepEqual(
                files.collect_list.filter(ours).map(({ file_path }) => file_path),
                of.auditLog === undefined ? [] : [of.auditLog],
            );
            assert.deepEqual(
                journald.collect_list.filter(ours).map(({ units }) => units),
                [[of.unit]],
            );
        });
    }

    it("lock memory nowhere, because swap is off wherever keys are in memory", () => {
        for (const id of acceptedWorkloadIds) {
            const { memoryLock, swapAllowed } = workload(id);
            assert.deepEqual([memoryLock === "required", swapAllowed], [false, false], id);
        }
        assert.equal(workload("vault").memoryLock, "disabled");
    });

    it("refuse the sample key of Barbican wherever its configuration has it", () => {
        const { checks } = buildHostProfile({
            operatingSystem: "debian-12",
            workload: "barbican",
        });
        const items = checks.flatMap((check) => check.items);
        const refused = items.filter(({ args }) =>
            args.includes("YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXoxMjM0NTY="),
        );
        assert.deepEqual(
            refused.map(({ kind, args }) => [kind, args.includes("/etc/barbican/barbican.conf")]),
            [["no_default_secrets", true]],
        );
    });
});

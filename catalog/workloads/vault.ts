import type { Workload } from "../workload";
import { raftDirectories, raftHealthCheck, raftPorts } from "./raft";
import { strictSandbox } from "./sandbox";

export const vault: Workload = {
    id: "vault",
    title: "HashiCorp Vault",
    source: "hashicorp/vault: shipped unit and production hardening guide (Raft storage wants disable_mlock with swap off)",
    ports: raftPorts,
    egress: [],
    user: "vault",
    group: "vault",
    unit: "vault.service",
    program: {
        path: "/usr/local/bin/vault",
        arguments: "server -config=/etc/vault.d/vault.hcl",
        type: "notify",
    },
    directories: raftDirectories("vault", {
        configuration: "/etc/vault.d",
        state: "/opt/vault/data",
        log: "/var/log/vault",
    }),
    configPath: "/etc/vault.d/vault.hcl",
    auditLogPath: "/var/log/vault/audit.log",
    sandbox: strictSandbox({ LimitMEMLOCK: "infinity" }),
    swapAllowed: false,
    coreDumpsAllowed: false,
    memoryLock: "disabled",
    peers: true,
    quorum: true,
    healthCheck: raftHealthCheck,
    autoUnseal: true,
    defaultSecrets: [],
};

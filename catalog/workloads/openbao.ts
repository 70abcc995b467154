import type { Workload } from "../workload";
import { raftDirectories, raftHealthCheck, raftPorts } from "./raft";
import { strictSandbox } from "./sandbox";

export const openbao: Workload = {
    id: "openbao",
    title: "OpenBao",
    source: "openbao/openbao: shipped unit and documentation (mlock removed in 2.0.0; the unit lacks LimitCORE)",
    ports: raftPorts,
    egress: [],
    user: "openbao",
    group: "openbao",
    unit: "openbao.service",
    program: {
        path: "/usr/local/bin/bao",
        arguments: "server -config=/etc/openbao/openbao.hcl",
        type: "notify",
    },
    directories: raftDirectories("openbao", {
        configuration: "/etc/openbao",
        state: "/var/lib/openbao",
        log: "/var/log/openbao",
    }),
    configPath: "/etc/openbao/openbao.hcl",
    auditLogPath: "/var/log/openbao/audit.log",
    sandbox: strictSandbox(),
    swapAllowed: false,
    coreDumpsAllowed: false,
    memoryLock: "absent",
    peers: true,
    quorum: true,
    healthCheck: raftHealthCheck,
    autoUnseal: true,
    defaultSecrets: [],
};

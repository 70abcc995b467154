import type { Workload } from "../workload";
import { strictSandbox } from "./sandbox";

export const pykmip: Workload = {
    id: "pykmip",
    title: "PyKMIP server",
    source: "OpenKMIP/PyKMIP: documentation (for testing and demonstration only)",
    refusedOutsideDevelopment:
        "its authors made it for testing: keys lie in clear in a database under /tmp, the sample configuration logs at debug level and offers weak cipher suites",
    ports: [
        {
            name: "kmip",
            port: 5696,
            protocol: "tcp",
            purpose: "KMIP with client certificates",
            from: "clients",
            tls: true,
            mutualTls: true,
            optional: false,
        },
    ],
    egress: [],
    user: "pykmip",
    group: "pykmip",
    unit: "pykmip.service",
    program: null,
    directories: [
        {
            path: "/etc/pykmip",
            mode: "0750",
            owner: "root",
            group: "pykmip",
            purpose: "configuration",
            writable: false,
        },
        {
            path: "/var/log/pykmip",
            mode: "0750",
            owner: "pykmip",
            group: "pykmip",
            purpose: "log",
            writable: true,
        },
    ],
    configPath: "/etc/pykmip/server.conf",
    auditLogPath: "/var/log/pykmip/server.log",
    sandbox: strictSandbox({ ProcSubset: "all" }),
    swapAllowed: false,
    coreDumpsAllowed: false,
    memoryLock: "absent",
    peers: false,
    quorum: false,
    healthCheck: { protocol: "tcp", port: 5696, path: "", healthy: [], uninitialised: [] },
    autoUnseal: false,
    defaultSecrets: [],
};

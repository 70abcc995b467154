import type { Workload } from "../workload";
import { strictSandbox } from "./sandbox";

export const barbican: Workload = {
    id: "barbican",
    title: "OpenStack Barbican",
    source: "openstack/barbican: configuration reference (the simple_crypto plug-in ships a sample key)",
    ports: [
        {
            name: "api",
            port: 9311,
            protocol: "tcp",
            purpose: "API",
            from: "clients",
            tls: true,
            mutualTls: false,
            optional: false,
        },
    ],
    egress: [],
    user: "barbican",
    group: "barbican",
    unit: "barbican-api.service",
    directories: [
        {
            path: "/etc/barbican",
            mode: "0750",
            owner: "root",
            group: "barbican",
            purpose: "configuration",
            writable: false,
        },
        {
            path: "/var/lib/barbican",
            mode: "0700",
            owner: "barbican",
            group: "barbican",
            purpose: "state",
            writable: true,
        },
        {
            path: "/var/log/barbican",
            mode: "0750",
            owner: "barbican",
            group: "barbican",
            purpose: "log",
            writable: true,
        },
    ],
    configPath: "/etc/barbican/barbican.conf",
    auditLogPath: "/var/log/barbican/barbican-api.log",
    sandbox: strictSandbox({ ProcSubset: "all" }),
    swapAllowed: false,
    coreDumpsAllowed: false,
    memoryLock: "absent",
    peers: false,
    quorum: false,
    healthCheck: { protocol: "tcp", port: 9311, path: "", healthy: [], uninitialised: [] },
    autoUnseal: false,
    defaultSecrets: [
        {
            path: "/etc/barbican/barbican.conf",
            text: "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXoxMjM0NTY=",
            what: "Barbican's sample key-encryption key (the alphabet and 123456)",
        },
    ],
};

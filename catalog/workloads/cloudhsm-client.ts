import type { Workload } from "../workload";
import { strictSandbox } from "./sandbox";

export const cloudHsmClient: Workload = {
    id: "cloudhsm-client",
    title: "Application with an AWS CloudHSM client",
    source: "AWS CloudHSM user guide, client SDK 5",
    ports: [],
    egress: [
        {
            fromPort: 2223,
            toPort: 2225,
            protocol: "tcp",
            purpose: "The cluster's hardware security modules",
        },
    ],
    user: null,
    group: null,
    unit: null,
    program: null,
    directories: [
        {
            path: "/opt/cloudhsm/etc",
            mode: "0755",
            owner: "root",
            group: "root",
            purpose: "configuration",
            writable: false,
        },
        {
            path: "/opt/cloudhsm/run",
            mode: "0755",
            owner: "root",
            group: "root",
            purpose: "log",
            writable: true,
        },
    ],
    configPath: "/opt/cloudhsm/etc/cloudhsm-pkcs11.cfg",
    auditLogPath: "/opt/cloudhsm/run/cloudhsm-pkcs11.log",
    sandbox: strictSandbox({ ProcSubset: "all" }),
    swapAllowed: false,
    coreDumpsAllowed: false,
    memoryLock: "absent",
    peers: false,
    quorum: false,
    healthCheck: null,
    autoUnseal: false,
    defaultSecrets: [],
};

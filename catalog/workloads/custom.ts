import type { Workload } from "../workload";
import { strictSandbox } from "./sandbox";

/** Software that Keyward does not know: its user names ports, account and unit. */
export const custom: Workload = {
    id: "custom",
    title: "Other key-management software",
    source: "Named by its user",
    ports: [],
    egress: [],
    user: null,
    group: null,
    unit: null,
    program: null,
    directories: [],
    configPath: null,
    auditLogPath: null,
    sandbox: strictSandbox(),
    swapAllowed: false,
    coreDumpsAllowed: false,
    memoryLock: "absent",
    peers: false,
    quorum: false,
    healthCheck: null,
    autoUnseal: false,
    defaultSecrets: [],
};

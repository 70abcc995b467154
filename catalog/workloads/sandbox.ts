import type { SandboxDirective } from "../workload";

/** Limits of resources that keep key material out of swap and core dumps. */
const limits: Readonly<Record<string, string>> = {
    LimitCORE: "0",
    LimitNOFILE: "65536",
    MemorySwapMax: "0",
};

const isolation: Readonly<Record<string, string>> = {
    NoNewPrivileges: "yes",
    CapabilityBoundingSet: "",
    AmbientCapabilities: "",
    ProtectSystem: "strict",
    ProtectHome: "yes",
    ProtectKernelTunables: "yes",
    ProtectKernelModules: "yes",
    ProtectKernelLogs: "yes",
    ProtectControlGroups: "yes",
    ProtectClock: "yes",
    ProtectHostname: "yes",
    ProtectProc: "invisible",
    ProcSubset: "pid",
    PrivateTmp: "yes",
    PrivateDevices: "yes",
    PrivateUsers: "yes",
    DevicePolicy: "closed",
    RestrictAddressFamilies: "AF_INET AF_INET6 AF_NETLINK AF_UNIX",
    RestrictNamespaces: "yes",
    RestrictRealtime: "yes",
    RestrictSUIDSGID: "yes",
    LockPersonality: "yes",
    MemoryDenyWriteExecute: "yes",
    RemoveIPC: "yes",
    KeyringMode: "private",
    UMask: "0077",
    SystemCallArchitectures: "native",
    SystemCallErrorNumber: "EPERM",
};

const systemCalls: readonly SandboxDirective[] = [
    { name: "SystemCallFilter", value: "@system-service" },
    { name: "SystemCallFilter", value: "~@privileged @resources" },
];

/**
 * The strictest sandbox that a network server without capabilities runs in. `changes` replaces values; "no" for
 * a runtime that cannot live with one. Source: systemd.exec(5), systemd.resource-control(5).
 */
export function strictSandbox(
    changes: Readonly<Record<string, string>> = {},
): readonly SandboxDirective[] {
    const values = Object.entries({ ...isolation, ...limits, ...changes });
    return [...values.map(([name, value]) => ({ name, value })), ...systemCalls];
}

/** Changes for runtimes that translate code while they run (Java) and read more of /proc. */
export const justInTimeCompiler: Readonly<Record<string, string>> = {
    MemoryDenyWriteExecute: "no",
    ProcSubset: "all",
};

import type { HealthCheck, WorkloadDirectory, WorkloadPort } from "../workload";

/** What OpenBao and Vault have in common: one API port, one cluster port, Raft storage. */
export const raftPorts: readonly WorkloadPort[] = [
    {
        name: "api",
        port: 8200,
        protocol: "tcp",
        purpose: "API",
        from: "clients",
        tls: true,
        mutualTls: false,
        optional: false,
    },
    {
        name: "cluster",
        port: 8201,
        protocol: "tcp",
        purpose: "Raft and request forwarding between servers",
        from: "peers",
        tls: true,
        mutualTls: true,
        optional: false,
    },
];

export const raftHealthCheck: HealthCheck = {
    protocol: "https",
    port: 8200,
    path: "/v1/sys/health?standbyok=true",
    healthy: [200],
    uninitialised: [501],
};

export function raftDirectories(
    account: string,
    paths: { readonly configuration: string; readonly state: string; readonly log: string },
): readonly WorkloadDirectory[] {
    return [
        {
            path: paths.configuration,
            mode: "0750",
            owner: "root",
            group: account,
            purpose: "configuration",
            writable: false,
        },
        {
            path: `${paths.configuration}/tls`,
            mode: "0750",
            owner: "root",
            group: account,
            purpose: "certificates",
            writable: false,
        },
        {
            path: paths.state,
            mode: "0700",
            owner: account,
            group: account,
            purpose: "state",
            writable: true,
        },
        {
            path: paths.log,
            mode: "0750",
            owner: account,
            group: account,
            purpose: "log",
            writable: true,
        },
    ];
}

import type { HostContext } from "../context";

/**
 * systemd drop-in that confines a workload's unit: account, sandbox of the catalog, writable folders. Addresses are the
 * firewall's business: those of AWS endpoints change, and the workload unseals with the instance's role.
 */
export function renderUnitDropIn({ workload }: HostContext): string {
    const writable = workload.directories
        .filter((directory) => directory.writable)
        .map(({ path }) => path);
    const readable = workload.directories
        .filter((directory) => !directory.writable)
        .map(({ path }) => path);
    const account =
        workload.user === null
            ? []
            : [`User=${workload.user}`, `Group=${workload.group ?? workload.user}`];
    return [
        "[Service]",
        ...account,
        ...workload.sandbox.map(({ name, value: setting }) => `${name}=${setting}`),
        ...(writable.length === 0
            ? []
            : [`ReadWritePaths=${writable.map((path) => `-${path}`).join(" ")}`]),
        ...(readable.length === 0
            ? []
            : [`ReadOnlyPaths=${readable.map((path) => `-${path}`).join(" ")}`]),
        "InaccessiblePaths=-/root -/home -/var/lib/amazon -/var/lib/aide -/var/lib/keyward -/var/log/audit",
    ].join("\n");
}

import type { Workload, WorkloadDirectory } from "../workload";

/** What the user of Keyward calls software that the catalog leaves open. */
export interface WorkloadNames {
    /** Account that the software runs as, never root. */
    readonly user: string;
    /** systemd unit, such as `kms.service`. */
    readonly unit: string;
}

/**
 * The workload under the names that its user gives: account, unit, and folders by convention below `/etc`, `/var/lib` and `/var/log`, with the
 * audit log in the last. Folders of the software's own that it writes to become the account's. Software with an account in the catalog stays
 * as it is.
 */
export function namedWorkload(known: Workload, { user, unit }: WorkloadNames): Workload {
    if (known.user !== null) {
        return known;
    }
    return {
        ...known,
        user,
        group: user,
        unit,
        directories: [
            ...known.directories.map((directory) =>
                directory.writable
                    ? { ...directory, owner: user, group: user, mode: "0750" }
                    : directory,
            ),
            ...conventionalDirectories(user),
        ],
        auditLogPath: known.auditLogPath ?? `/var/log/${user}/audit.log`,
    };
}

function conventionalDirectories(user: string): readonly WorkloadDirectory[] {
    const configuration = { mode: "0750", owner: "root", group: user, writable: false };
    const owned = { owner: user, group: user, writable: true };
    return [
        { ...configuration, path: `/etc/${user}`, purpose: "configuration" },
        { ...configuration, path: `/etc/${user}/tls`, purpose: "certificates" },
        { ...owned, path: `/var/lib/${user}`, mode: "0700", purpose: "state" },
        { ...owned, path: `/var/log/${user}`, mode: "0750", purpose: "log" },
    ];
}

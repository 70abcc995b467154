/** Key-management software that a key server runs. The id is what users write. */
export const WorkloadId = {
    OpenBao: "openbao",
    Vault: "vault",
    Ejbca: "ejbca",
    CosmianKms: "cosmian-kms",
    Barbican: "barbican",
    CloudHsmClient: "cloudhsm-client",
    PyKmip: "pykmip",
    Custom: "custom",
} as const;
export type WorkloadId = (typeof WorkloadId)[keyof typeof WorkloadId];

/** What key-management software asks of its host and of the network around it. */
export interface Workload {
    readonly id: WorkloadId;
    readonly title: string;
    /** Where the facts come from. */
    readonly source: string;
    /** Why it is refused outside development stacks; absent for accepted software. */
    readonly refusedOutsideDevelopment?: string;
    /** Ports that it serves; empty for software without a listener, and for `custom` until its user names some. */
    readonly ports: readonly WorkloadPort[];
    /** What it must reach besides AWS endpoints, its peers and its log. */
    readonly egress: readonly WorkloadEgress[];
    /** Operating-system account, never root; `null` where the user of Keyward names it. */
    readonly user: string | null;
    readonly group: string | null;
    /** systemd unit, such as `openbao.service`; `null` where the user of Keyward names it. */
    readonly unit: string | null;
    /** How the program is started where no package brings a unit; `null` for software that is more than one program. */
    readonly program: WorkloadProgram | null;
    readonly directories: readonly WorkloadDirectory[];
    /** Main configuration file, or `null`. */
    readonly configPath: string | null;
    /** File that the audit log goes to; `null` for the journal or a database. */
    readonly auditLogPath: string | null;
    /** systemd directives of the drop-in, in order; a directive may repeat. Writable paths come from `directories`. */
    readonly sandbox: readonly SandboxDirective[];
    /** Whether memory may be swapped out; false switches swap off on the host. */
    readonly swapAllowed: boolean;
    readonly coreDumpsAllowed: boolean;
    /** `disabled`: the software can, but swap is off and its store maps files; `absent`: the software has none. */
    readonly memoryLock: "required" | "disabled" | "absent";
    /** Whether its servers form a cluster that talks among itself. */
    readonly peers: boolean;
    /** Whether more than half of the servers must be up. */
    readonly quorum: boolean;
    readonly healthCheck: HealthCheck | null;
    /** Whether it can be unsealed by a key of AWS KMS. */
    readonly autoUnseal: boolean;
    /** Sample keys and passwords that the software ships and that must be gone. */
    readonly defaultSecrets: readonly DefaultSecret[];
}

export interface WorkloadPort {
    /** Such as `api`. */
    readonly name: string;
    readonly port: number;
    readonly protocol: "tcp";
    readonly purpose: string;
    /** Who connects. */
    readonly from: "clients" | "peers";
    readonly tls: boolean;
    readonly mutualTls: boolean;
    /** Whether the port is open unless its user asks for it. */
    readonly optional: boolean;
}

interface WorkloadEgress {
    readonly fromPort: number;
    readonly toPort: number;
    readonly protocol: "tcp";
    readonly purpose: string;
}

/** A program that is one file. */
export interface WorkloadProgram {
    /** Absolute path that the file gets. */
    readonly path: string;
    readonly arguments: string;
    /** Value of systemd's `Type=`. */
    readonly type: "notify" | "simple";
}

export interface WorkloadDirectory {
    readonly path: string;
    /** Octal text, such as `0750`. */
    readonly mode: string;
    readonly owner: string;
    readonly group: string;
    readonly purpose: "configuration" | "certificates" | "state" | "log";
    /** Whether the service may write to it. */
    readonly writable: boolean;
}

export interface SandboxDirective {
    readonly name: string;
    readonly value: string;
}

export interface HealthCheck {
    readonly protocol: "https" | "tcp";
    readonly port: number;
    /** Request path with query; "" for `tcp`. */
    readonly path: string;
    /** HTTP statuses of a server that serves. */
    readonly healthy: readonly number[];
    /** HTTP statuses of a server that still waits for its first initialisation. */
    readonly uninitialised: readonly number[];
}

interface DefaultSecret {
    readonly path: string;
    /** Literal text that gives it away. */
    readonly text: string;
    readonly what: string;
}

import type { Workload } from "../../catalog/workload";
import { InputError } from "../../catalog/records/input-error";

/** What distinguishes one server of a Raft cluster. */
export interface RaftServer {
    /** Unique in the cluster; a name of letters, digits, dots and hyphens. */
    readonly nodeName: string;
    /** Private name or address by which clients and peers reach this server; stands in its certificate. */
    readonly address: string;
    /** The same of the other servers. */
    readonly peerAddresses: readonly string[];
    readonly seal: Seal;
    /** Address that the API and the cluster port listen on; every address by default, behind the host firewall. */
    readonly listenAddress?: string;
}

/**
 * What unseals the server: a key of AWS KMS through the server's role, or, away from AWS and in tests, a key in a file that only the account can
 * read. A seal in place of key shares; nobody types anything at a start.
 */
export type Seal =
    | {
          readonly kind: "awskms";
          readonly region: string;
          readonly keyId: string;
          readonly endpoint?: string;
      }
    | { readonly kind: "static"; readonly keyName: string; readonly keyFile: string };

/** Files of the server's certificate, below the workload's certificate folder. */
export const certificateFiles = {
    certificate: "server.crt",
    key: "server.key",
    authority: "ca.crt",
} as const;

/**
 * Configuration file of OpenBao or Vault: TLS 1.2 at least (1.3 preferred by both), Raft storage with fixed peers over mutual TLS, an audit
 * device from the first start, no page, no clear-text seal. Throws InputError for a value that would not survive in the file.
 */
export function renderRaftConfiguration(workload: Workload, server: RaftServer): string {
    const problems = problemsOf(server);
    if (problems.length > 0) {
        throw new InputError(problems);
    }
    const folder = (purpose: string): string =>
        workload.directories.find((directory) => directory.purpose === purpose)?.path ?? "";
    const tls = folder("certificates");
    const listen = server.listenAddress ?? "0.0.0.0";
    const port = (name: string): number =>
        workload.ports.find((known) => known.name === name)?.port ?? 0;
    const api = port("api");
    const cluster = port("cluster");
    return [
        "# Made by Keyward; changes are overwritten.",
        `cluster_name = "keyward"`,
        `api_addr = "https://${server.address}:${api}"`,
        `cluster_addr = "https://${server.address}:${cluster}"`,
        "ui = false",
        ...(workload.memoryLock === "disabled" ? ["disable_mlock = true"] : []),
        `log_level = "info"`,
        `log_format = "json"`,
        "raw_storage_endpoint = false",
        "",
        `listener "tcp" {`,
        `  address = "${listen}:${api}"`,
        `  cluster_address = "${listen}:${cluster}"`,
        `  tls_cert_file = "${tls}/${certificateFiles.certificate}"`,
        `  tls_key_file = "${tls}/${certificateFiles.key}"`,
        `  tls_min_version = "tls12"`,
        `  tls_disable_client_certs = true`,
        "}",
        "",
        `storage "raft" {`,
        `  path = "${folder("state")}"`,
        `  node_id = "${server.nodeName}"`,
        ...server.peerAddresses.flatMap((address) => [
            "",
            "  retry_join {",
            `    leader_api_addr = "https://${address}:${api}"`,
            `    leader_ca_cert_file = "${tls}/${certificateFiles.authority}"`,
            `    leader_tls_servername = "${address}"`,
            "  }",
        ]),
        "}",
        "",
        ...sealLines(server.seal),
        ...auditLines(workload),
    ].join("\n");
}

function sealLines(seal: Seal): readonly string[] {
    return seal.kind === "awskms"
        ? [
              `seal "awskms" {`,
              `  region = "${seal.region}"`,
              `  kms_key_id = "${seal.keyId}"`,
              ...(seal.endpoint === undefined ? [] : [`  endpoint = "${seal.endpoint}"`]),
              "}",
          ]
        : [
              `seal "static" {`,
              `  current_key_id = "${seal.keyName}"`,
              `  current_key = "file://${seal.keyFile}"`,
              "}",
          ];
}

/** OpenBao declares audit devices in its file; Vault's are switched on after initialisation, through its API. */
function auditLines(workload: Workload): readonly string[] {
    if (workload.id !== "openbao" || workload.auditLogPath === null) {
        return [];
    }
    return [
        "",
        `audit "file" "keyward" {`,
        `  description = "every request, secrets hashed"`,
        "  options {",
        `    file_path = "${workload.auditLogPath}"`,
        `    mode = "0600"`,
        "  }",
        "}",
    ];
}

function problemsOf(server: RaftServer): readonly string[] {
    const address = /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/;
    const wrong = (what: string, value: string): string =>
        `${what} must be a name or an address without spaces, quotes and ports, got "${value}"`;
    return [
        ...(address.test(server.nodeName) ? [] : [wrong("nodeName", server.nodeName)]),
        ...(address.test(server.address) ? [] : [wrong("address", server.address)]),
        ...server.peerAddresses
            .filter((peer) => !address.test(peer))
            .map((peer) => wrong("peerAddresses", peer)),
        ...(server.peerAddresses.includes(server.address)
            ? [`peerAddresses must not hold the server's own address "${server.address}"`]
            : []),
        ...Object.values(server.seal)
            .filter((value) => /["\\\n]/.test(value))
            .map((value) => `seal must not hold quotes or line ends, got ${JSON.stringify(value)}`),
    ];
}

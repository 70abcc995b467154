import type { Workload } from "../../catalog/workload";
import { renderRaftConfiguration } from "../../host/workloads/raft-configuration";

/** What the configuration of one server is made of. */
export interface ConfigurationFacts {
    /** Name of this server, such as `server-1.vault.internal`. */
    readonly node: string;
    /** Names of all servers of the cluster, this one included. */
    readonly nodes: readonly string[];
    readonly region: string;
    /** Alias or id of the key of AWS KMS that unseals. */
    readonly unsealKey: string;
}

/**
 * Content of the software's main configuration file; undefined for software whose configuration depends on what only its owner knows, such
 * as a database or a hardware security module, and is brought by the image. Peers are named by their private names: joining through the
 * load balancer would send a server to itself.
 */
export function buildConfiguration(
    software: Workload,
    { node, nodes, region, unsealKey }: ConfigurationFacts,
): string | undefined {
    return software.autoUnseal
        ? renderRaftConfiguration(software, {
              nodeName: node,
              address: node,
              peerAddresses: nodes.filter((other) => other !== node),
              seal: { kind: "awskms", region, keyId: unsealKey },
          })
        : undefined;
}

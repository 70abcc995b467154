export { KeyServer } from "./key-server";
export type {
    KeyServerArgs,
    KeyServerBundleArgs,
    KeyServerClientArgs,
    KeyServerLogGroupsArgs,
    KeyServerPlacementArgs,
    PackageMirrorArgs,
} from "./key-server";
export type { HostExemptionArgs, HostExemptionScopeArgs } from "./host-exemption";
export { KeyServerAccount } from "./key-server-account";
export type { KeyServerAccountArgs } from "./key-server-account";
export { KeyServerAuditLog } from "./key-server-audit-log";
export type { AdoptedArchiveArgs, KeyServerAuditLogArgs } from "./key-server-audit-log";
export { KeyServerEncryption } from "./key-server-encryption";
export type { KeyServerEncryptionArgs } from "./key-server-encryption";
export { KeyServerNetwork } from "./key-server-network";
export type {
    AdoptedVpcArgs,
    ExistingEndpointArgs,
    KeyServerNetworkArgs,
} from "./key-server-network";
export { KeyServerPatching } from "./key-server-patching";
export type { KeyServerPatchRingArgs, KeyServerPatchingArgs } from "./key-server-patching";
export { KeyServerCluster } from "./key-server-cluster";
export type {
    AdoptedAuditLogArgs,
    AdoptedKeysArgs,
    AdoptedNetworkArgs,
    KeyServerClusterArgs,
    KeyServerSoftwareArgs,
} from "./key-server-cluster";
export { KeyServerAccess } from "./key-server-access";
export type { KeyServerAccessArgs } from "./key-server-access";
export { KeyServerImage } from "./key-server-image";
export type { KeyServerImageArgs } from "./key-server-image";

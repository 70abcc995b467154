/** Class names of the components that controls may name as what enforces them. */
export const componentNames: readonly string[] = [
    "KeyServer",
    "KeyServerAccess",
    "KeyServerAuditLog",
    "KeyServerCluster",
    "KeyServerEncryption",
    "KeyServerImage",
    "KeyServerNetwork",
    "KeyServerPatching",
];

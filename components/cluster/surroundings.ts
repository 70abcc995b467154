import type * as pulumi from "@pulumi/pulumi";
import { KeyServerAccess } from "../key-server-access";
import { KeyServerAuditLog } from "../key-server-audit-log";
import type {
    AdoptedAuditLogArgs,
    AdoptedKeysArgs,
    AdoptedNetworkArgs,
    KeyServerClusterArgs,
} from "../key-server-cluster";
import { KeyServerEncryption } from "../key-server-encryption";
import { KeyServerNetwork } from "../key-server-network";
import { KeyServerPatching } from "../key-server-patching";

/** What a cluster stands on: made for it, or taken from what exists. */
export interface Surroundings {
    readonly keys: AdoptedKeysArgs;
    readonly auditLog: AdoptedAuditLogArgs;
    readonly network: AdoptedNetworkArgs & {
        readonly clientSecurityGroupIds: readonly pulumi.Output<string>[];
    };
    /** How people get in; absent where the audit log existed already, whose owner decides. */
    readonly access: KeyServerAccess | undefined;
    /** Patch group of the server with that name. */
    patchGroupOf(server: string): pulumi.Input<string>;
    /** How the servers are patched; absent where the patch group existed already. */
    readonly patching: KeyServerPatching | undefined;
}

/** Takes or makes keys, audit log, network and patching, in the order in which they need each other. */
export function createSurroundings(
    name: string,
    args: KeyServerClusterArgs,
    serverNames: readonly string[],
    parent: pulumi.ComponentResource,
): Surroundings {
    const { disposable = false, permissionsBoundaryArn, region, tags } = args;
    const common = { disposable, region, tags };
    const bounded = { ...common, permissionsBoundaryArn };
    const keys =
        args.keys ??
        new KeyServerEncryption(
            name,
            { ...common, administratorArns: args.keyAdministratorArns },
            { parent },
        );
    const { logKeyArn } = keys;
    const auditLog =
        args.auditLog ??
        outputsOf(new KeyServerAuditLog(name, { ...bounded, logKeyArn }, { parent }));
    const access =
        args.auditLog === undefined
            ? new KeyServerAccess(
                  name,
                  {
                      sessionLogGroupArn: auditLog.logGroups.sessionLogGroupArn,
                      sessionKeyArn: keys.logKeyAliasArn ?? logKeyArn,
                      region,
                      tags,
                  },
                  { parent },
              )
            : undefined;
    const network =
        args.network === undefined
            ? new KeyServerNetwork(
                  name,
                  {
                      ...bounded,
                      cidrBlock: args.cidrBlock,
                      availabilityZones: args.availabilityZones,
                      clientNames: args.clientNames,
                      packageMirror: args.packageMirror,
                      certificateAuthorityArn: args.certificateAuthorityArn,
                      logKeyArn,
                  },
                  { parent },
              )
            : { ...args.network, clientSecurityGroupIds: [] };
    return {
        keys,
        auditLog,
        network,
        access,
        ...createPatching(name, args, { keys, auditLog }, serverNames, parent),
    };
}

/** The group that exists, or rings: the first server is the canary that proves what the others get. */
function createPatching(
    name: string,
    args: KeyServerClusterArgs,
    { keys, auditLog }: Pick<Surroundings, "keys" | "auditLog">,
    [canary = "", ...others]: readonly string[],
    parent: pulumi.ComponentResource,
): Pick<Surroundings, "patchGroupOf" | "patching"> {
    const { patchGroup, disposable, permissionsBoundaryArn, region, tags } = args;
    if (patchGroup !== undefined) {
        return { patchGroupOf: () => patchGroup, patching: undefined };
    }
    const patching = new KeyServerPatching(
        name,
        {
            rings:
                others.length === 0
                    ? undefined
                    : [
                          { name: "canary", servers: [canary] },
                          { name: "production", servers: others },
                      ],
            workload: args.workload,
            operatingSystems:
                args.operatingSystem === undefined ? undefined : [args.operatingSystem],
            listKeyArn: keys.secretKeyArn,
            logKeyArn: keys.logKeyArn,
            patchLogGroupArn: auditLog.logGroups.patchLogGroupArn,
            notificationTopicArn: auditLog.alarmTopicArn,
            disposable,
            permissionsBoundaryArn,
            region,
            tags,
        },
        { parent },
    );
    return {
        patching,
        patchGroupOf: (server) =>
            others.length === 0
                ? patching.patchGroup
                : patching.serverPatchGroups.apply((groups) => groups[server] ?? ""),
    };
}

function outputsOf(auditLog: KeyServerAuditLog): AdoptedAuditLogArgs {
    return {
        logGroups: {
            systemLogGroupArn: auditLog.systemLogGroupArn,
            securityLogGroupArn: auditLog.securityLogGroupArn,
            applicationLogGroupArn: auditLog.applicationLogGroupArn,
            sessionLogGroupArn: auditLog.sessionLogGroupArn,
            patchLogGroupArn: auditLog.patchLogGroupArn,
        },
        alarmTopicArn: auditLog.alarmTopicArn,
        archiveBucketArn: auditLog.archiveBucketArn,
        archiveAccountId: auditLog.archiveAccountId,
    };
}

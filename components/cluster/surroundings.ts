import type * as pulumi from "@pulumi/pulumi";
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
    readonly patchGroup: pulumi.Input<string>;
}

/** Takes or makes keys, audit log, network and patching, in the order in which they need each other. */
export function createSurroundings(
    name: string,
    args: KeyServerClusterArgs,
    parent: pulumi.ComponentResource,
): Surroundings {
    const { disposable = false, region, tags } = args;
    const common = { disposable, region, tags };
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
        outputsOf(new KeyServerAuditLog(name, { ...common, logKeyArn }, { parent }));
    const network =
        args.network === undefined
            ? new KeyServerNetwork(
                  name,
                  {
                      ...common,
                      cidrBlock: args.cidrBlock,
                      availabilityZones: args.availabilityZones,
                      clientNames: args.clientNames,
                      logKeyArn,
                  },
                  { parent },
              )
            : { ...args.network, clientSecurityGroupIds: [] };
    const patchGroup =
        args.patchGroup ??
        new KeyServerPatching(
            name,
            {
                operatingSystems:
                    args.operatingSystem === undefined ? undefined : [args.operatingSystem],
                patchLogGroupArn: auditLog.logGroups.patchLogGroupArn,
                region,
                tags,
            },
            { parent },
        ).patchGroup;
    return { keys, auditLog, network, patchGroup };
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
    };
}

import type { KeyServerClusterArgs } from "../key-server-cluster";
import { problemsOfLogGroups } from "../server/validate-surroundings";
import type { Problem } from "../validation/problems";
import { problemsOfFormat } from "../validation/format";

/** Problems of what a cluster takes instead of making it, besides its network: keys, audit log, patch group, zone, administrators. */
export function problemsOfAdoptedParts(args: KeyServerClusterArgs): readonly Problem[] {
    const { auditLog, keys } = args;
    return [
        ...(keys === undefined
            ? []
            : (["volumeKeyArn", "logKeyArn", "secretKeyArn"] as const).flatMap((name) =>
                  problemsOfFormat(`keys.${name}`, keys[name], "keyArn"),
              )),
        ...problemsOfFormat("keys.logKeyAliasArn", keys?.logKeyAliasArn, "keyArn"),
        ...(auditLog === undefined
            ? []
            : [
                  ...problemsOfLogGroups("auditLog.logGroups", auditLog.logGroups),
                  ...problemsOfFormat("auditLog.alarmTopicArn", auditLog.alarmTopicArn, "topicArn"),
                  ...problemsOfFormat(
                      "auditLog.archiveBucketArn",
                      auditLog.archiveBucketArn,
                      "bucketArn",
                  ),
                  ...problemsOfFormat(
                      "auditLog.archiveAccountId",
                      auditLog.archiveAccountId,
                      "accountId",
                  ),
              ]),
        ...problemsOfFormat("patchGroup", args.patchGroup, "patchGroup"),
        ...problemsOfFormat("hostedZoneId", args.hostedZoneId, "hostedZoneId"),
        ...(args.keyAdministratorArns ?? []).flatMap((arn, index) =>
            problemsOfFormat(`keyAdministratorArns[${index}]`, arn, "principalArn"),
        ),
    ];
}

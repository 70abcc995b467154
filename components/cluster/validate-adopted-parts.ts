import { problemsOfPrincipalArn } from "../encryption/validate";
import type { KeyServerClusterArgs } from "../key-server-cluster";
import { problemsOfLogGroups, problemsOfPatchGroup } from "../server/validate-surroundings";
import { problemsOfAccountId } from "../validation/account-id";
import { problemsOfArn } from "../validation/arn";
import { known, type Problem, show } from "../validation/problems";

/** Problems of what a cluster takes instead of making it, besides its network: keys, audit log, patch group, zone, administrators. */
export function problemsOfAdoptedParts(args: KeyServerClusterArgs): readonly Problem[] {
    const { auditLog, keys } = args;
    return [
        ...(keys === undefined
            ? []
            : (["volumeKeyArn", "logKeyArn", "secretKeyArn"] as const).flatMap((name) =>
                  problemsOfArn(`keys.${name}`, known(keys[name]), "kms"),
              )),
        ...problemsOfArn("keys.logKeyAliasArn", known(keys?.logKeyAliasArn), "kms"),
        ...(auditLog === undefined
            ? []
            : [
                  ...problemsOfLogGroups("auditLog.logGroups", auditLog.logGroups),
                  ...problemsOfArn("auditLog.alarmTopicArn", known(auditLog.alarmTopicArn), "sns"),
                  ...problemsOfArn(
                      "auditLog.archiveBucketArn",
                      known(auditLog.archiveBucketArn),
                      "s3",
                  ),
                  ...problemsOfAccountId(
                      "auditLog.archiveAccountId",
                      known(auditLog.archiveAccountId),
                  ),
              ]),
        ...problemsOfPatchGroup(known(args.patchGroup)),
        ...problemsOfZoneId(known(args.hostedZoneId)),
        ...(args.keyAdministratorArns ?? []).flatMap((arn, index) =>
            problemsOfPrincipalArn(`keyAdministratorArns[${index}]`, known(arn)),
        ),
    ];
}

function problemsOfZoneId(id: string | undefined): readonly Problem[] {
    return id === undefined || /^Z[A-Z0-9]{0,31}$/.test(id)
        ? []
        : [
              {
                  propertyPath: "hostedZoneId",
                  reason: `hostedZoneId must be the id of a hosted zone such as "Z0123456789ABCDEFGHIJ", got ${show(id)}`,
              },
          ];
}

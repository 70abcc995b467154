import type { AdoptedArchiveArgs, KeyServerAuditLogArgs } from "../key-server-audit-log";
import { problemsOfChildren, problemsOfFormat } from "../validation/format";
import { problemsOfParameter } from "../validation/numbers";
import type { Problem } from "../validation/problems";
import { problemsOfRetention } from "../validation/retention";

/** Problems of the arguments of a `KeyServerAuditLog`. */
export function validateKeyServerAuditLogArgs(args: KeyServerAuditLogArgs): readonly Problem[] {
    return [
        ...problemsOfChildren(args),
        ...problemsOfFormat("trailLogGroupName", args.trailLogGroupName, "logGroupName"),
        ...problemsOfFormat("logKeyArn", args.logKeyArn, "keyArn"),
        ...problemsOfFormat("permissionsBoundaryArn", args.permissionsBoundaryArn, "iamArn"),
        ...problemsOfRetention("retentionDays", args.retentionDays),
        ...problemsOfParameter(
            "archiveRetentionDays",
            "archiveRetentionDays",
            args.archiveRetentionDays,
        ),
        ...(args.archive === undefined ? [] : problemsOfArchive(args.archive)),
    ];
}

function problemsOfArchive(archive: AdoptedArchiveArgs): readonly Problem[] {
    return [
        ...problemsOfFormat("archive.bucketArn", archive.bucketArn, "bucketArn"),
        ...problemsOfFormat("archive.keyArn", archive.keyArn, "keyArn"),
        ...problemsOfFormat("archive.accountId", archive.accountId, "accountId"),
        ...(archive.objectLocked
            ? []
            : [
                  {
                      propertyPath: "archive.objectLocked",
                      reason: "archive.objectLocked must be true: a bucket without S3 Object Lock in compliance mode is no archive, because its objects can be deleted",
                  },
              ]),
    ];
}

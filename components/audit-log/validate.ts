import type { AdoptedArchiveArgs, KeyServerAuditLogArgs } from "../key-server-audit-log";
import { problemsOfAccountId } from "../validation/account-id";
import { problemsOfArn } from "../validation/arn";
import { problemsOfChildren, problemsOfFormat } from "../validation/format";
import { problemsOfParameter } from "../validation/numbers";
import { known, type Problem } from "../validation/problems";
import { problemsOfRetention } from "../validation/retention";

/** Problems of the arguments of a `KeyServerAuditLog`. */
export function validateKeyServerAuditLogArgs(args: KeyServerAuditLogArgs): readonly Problem[] {
    return [
        ...problemsOfChildren(args),
        ...problemsOfFormat("trailLogGroupName", args.trailLogGroupName, "logGroupName"),
        ...problemsOfArn("logKeyArn", known(args.logKeyArn), "kms"),
        ...problemsOfArn("permissionsBoundaryArn", known(args.permissionsBoundaryArn), "iam"),
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
        ...problemsOfArn("archive.bucketArn", known(archive.bucketArn), "s3"),
        ...problemsOfArn("archive.keyArn", known(archive.keyArn), "kms"),
        ...problemsOfAccountId("archive.accountId", known(archive.accountId)),
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

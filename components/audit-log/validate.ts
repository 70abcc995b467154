import type { AdoptedArchiveArgs, KeyServerAuditLogArgs } from "../key-server-audit-log";
import { problemsOfArn } from "../validation/arn";
import { problemsOfParameter } from "../validation/numbers";
import { known, type Problem, show } from "../validation/problems";
import { problemsOfRetention } from "../validation/retention";

/** Problems of the arguments of a `KeyServerAuditLog`. */
export function validateKeyServerAuditLogArgs(args: KeyServerAuditLogArgs): readonly Problem[] {
    return [
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
    const account = known(archive.accountId);
    return [
        ...problemsOfArn("archive.bucketArn", known(archive.bucketArn), "s3"),
        ...problemsOfArn("archive.keyArn", known(archive.keyArn), "kms"),
        ...(account === undefined || /^\d{12}$/.test(account)
            ? []
            : [
                  {
                      propertyPath: "archive.accountId",
                      reason: `archive.accountId must be an AWS account of twelve digits, got ${show(account)}`,
                  },
              ]),
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

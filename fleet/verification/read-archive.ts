import { HeadObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { attempt } from "../attempt";
import type { Archive, ArchiveReading } from "./reading";

/**
 * Reads the newest object of an archive bucket below a prefix, and its lock. AWS refuses where another account than the named one owns the bucket:
 * a name that somebody else took would otherwise pass for the archive. Never throws: what cannot be read is missing, and `problems` says why.
 */
export async function readArchive(s3: S3Client, archive: Archive): Promise<ArchiveReading> {
    const { account, bucket } = archive;
    const problems: string[] = [];
    const newest = await attempt("s3:ListBucket", () => newestObject(s3, archive), problems);
    if (problems.some((problem) => problem.includes("AccessDenied"))) {
        problems.push(
            `AWS refuses this also where another account than ${account} owns the bucket: its owner is named by --archive-account, or by the cluster's auditLog.archiveAccountId`,
        );
    }
    if (newest === undefined) {
        return { bucket, problems };
    }
    const head = await attempt(
        "s3:GetObject",
        () =>
            s3.send(
                new HeadObjectCommand({
                    Bucket: bucket,
                    Key: newest.key,
                    ExpectedBucketOwner: account,
                }),
            ),
        problems,
    );
    return head === undefined
        ? { bucket, problems }
        : {
              bucket,
              problems,
              newest: {
                  ...newest,
                  lockMode: head.ObjectLockMode ?? "",
                  retainUntil: head.ObjectLockRetainUntilDate?.getTime() ?? NaN,
              },
          };
}

async function newestObject(
    s3: S3Client,
    { account, bucket, prefix }: Archive,
): Promise<{ readonly key: string; readonly at: number } | undefined> {
    let newest: { key: string; at: number } | undefined;
    for await (const page of paginateListObjectsV2(
        { client: s3 },
        { Bucket: bucket, Prefix: prefix, ExpectedBucketOwner: account },
    )) {
        for (const { Key, LastModified } of page.Contents ?? []) {
            const at = LastModified?.getTime() ?? NaN;
            if (Key !== undefined && at > (newest?.at ?? -Infinity)) {
                newest = { key: Key, at };
            }
        }
    }
    return newest;
}

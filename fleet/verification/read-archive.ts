import { HeadObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { attempt } from "../attempt";
import type { ArchiveReading } from "./reading";

/**
 * Reads the newest object of an archive bucket below a prefix, and its lock. Never throws: what cannot be read is missing, and `problems` says
 * why.
 */
export async function readArchive(
    s3: S3Client,
    bucket: string,
    prefix: string,
): Promise<ArchiveReading> {
    const problems: string[] = [];
    const newest = await attempt("s3:ListBucket", () => newestObject(s3, bucket, prefix), problems);
    if (newest === undefined) {
        return { bucket, problems };
    }
    const head = await attempt(
        "s3:GetObject",
        () => s3.send(new HeadObjectCommand({ Bucket: bucket, Key: newest.key })),
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
    bucket: string,
    prefix: string,
): Promise<{ readonly key: string; readonly at: number } | undefined> {
    let newest: { key: string; at: number } | undefined;
    for await (const page of paginateListObjectsV2(
        { client: s3 },
        { Bucket: bucket, Prefix: prefix },
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

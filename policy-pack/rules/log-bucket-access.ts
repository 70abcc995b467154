import { TypeToken } from "../../aws/type-tokens";
import { formatPath, type PropertyPath } from "../graph/peek";
import type { RegisteredResource } from "../graph/resource";
import { judgeBucketEncryption, judgeBucketPolicy } from "../reading/bucket-guards";
import { bucketParts } from "../reading/buckets";
import { keyReads } from "../reading/keys";
import { logBucketReads, logBucketsInScope } from "../reading/log-buckets";
import { failed, passed, undecided } from "../reading/observations";
import { judgePublicAccess, publicAccessSwitches } from "../reading/public-access";
import { readBoolean, readText } from "../reading/values";
import type { Observation, Rule, RuleContext } from "./rule";

/** Buckets that hold logs are closed: to the public, to other owners, to clear text and to services that act for strangers. */
export const logBucketAccess: Rule = {
    name: "log-bucket-access",
    reads: [...logBucketReads, ...keyReads],
    *judge(context) {
        for (const { bucket } of logBucketsInScope(context)) {
            const found = [
                ...judgePublicAccess(context.graph, bucket),
                ...judgeOwnership(context, bucket),
                ...judgeBucketEncryption(context.graph, bucket),
                ...judgeBucketPolicy(context, bucket),
            ];
            yield* found.length > 0 ? found : [passed(bucket)];
        }
    },
    remediate: (resource) =>
        resource.type === TypeToken.BucketPublicAccessBlock
            ? publicAccessSwitches
                  .filter((property) => {
                      const setting = readBoolean(resource.properties, [property]);
                      return (
                          setting.kind === "absent" || (setting.kind === "known" && !setting.value)
                      );
                  })
                  .map((property) => ({ path: [property], value: true }))
            : [],
};

function judgeOwnership(
    { graph }: RuleContext,
    bucket: RegisteredResource,
): readonly Observation[] {
    const path: PropertyPath = ["rule", "objectOwnership"];
    // A bucket without the setting is owned as new buckets of S3 are: by its account alone.
    return bucketParts(graph, bucket, "ownership").flatMap((part) => {
        const ownership = readText(part.properties, path);
        if (ownership.kind === "open") {
            return [undecided(part, path, `${formatPath(path)} ${ownership.why}`)];
        }
        return ownership.kind === "known" && ownership.value !== "BucketOwnerEnforced"
            ? [
                  failed(
                      part,
                      path,
                      `${formatPath(path)} is ${ownership.value}, so access lists of objects count`,
                  ),
              ]
            : [];
    });
}

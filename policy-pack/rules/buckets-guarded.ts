import { bucketTypes } from "../../aws/type-tokens";
import { judgeBucketEncryption, judgeBucketPolicy } from "../reading/bucket-guards";
import { bucketReads } from "../reading/buckets";
import { keyReads } from "../reading/keys";
import { logBucketReads, logBucketsOf } from "../reading/log-buckets";
import { passed } from "../reading/observations";
import type { Rule } from "./rule";

/** Buckets from which key servers take scripts and lists of patches are encrypted and closed like those that hold logs, which `log-bucket-access` judges. */
export const bucketsGuarded: Rule = {
    name: "buckets-guarded",
    reads: [...new Set([...bucketReads, ...logBucketReads, ...keyReads])],
    *judge(context) {
        const { graph, scope } = context;
        const logBuckets = new Set(logBucketsOf(graph).map(({ bucket }) => bucket));
        for (const bucket of graph.ofType(...bucketTypes)) {
            if (scope.keyServers.length > 0 && scope.includes(bucket) && !logBuckets.has(bucket)) {
                const found = [
                    ...judgeBucketEncryption(graph, bucket),
                    ...judgeBucketPolicy(context, bucket),
                ];
                yield* found.length > 0 ? found : [passed(bucket)];
            }
        }
    },
};

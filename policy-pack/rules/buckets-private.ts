import { bucketTypes } from "../../aws/type-tokens";
import { bucketReads } from "../reading/buckets";
import { logBucketReads, logBucketsOf } from "../reading/log-buckets";
import { passed } from "../reading/observations";
import { accountPublicAccessBlock, judgeBlock, judgePublicAccess } from "../reading/public-access";
import type { Rule } from "./rule";

/** No bucket may become public. Those that hold logs are judged by `log-bucket-access`, which demands this and more. */
export const bucketsPrivate: Rule = {
    name: "buckets-private",
    reads: [...bucketReads, ...logBucketReads, accountPublicAccessBlock],
    *judge({ graph, scope }) {
        const logBuckets = new Set(logBucketsOf(graph).map(({ bucket }) => bucket));
        const blocks = graph.ofType(accountPublicAccessBlock);
        const accountIsClosed = blocks.some((block) => judgeBlock(block).length === 0);
        for (const bucket of graph.ofType(...bucketTypes)) {
            if (scope.includes(bucket) && !logBuckets.has(bucket)) {
                const found = accountIsClosed ? [] : judgePublicAccess(graph, bucket);
                yield* found.length > 0 ? found : [passed(bucket)];
            }
        }
    },
};

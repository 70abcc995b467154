import { bucketTypes, TypeToken } from "../../aws/type-tokens";
import type { RegisteredResource } from "../graph/resource";
import { accessLists, judgeAccessList } from "../reading/access-lists";
import { isAttested } from "../reading/attestations";
import { bucketAt, bucketReads } from "../reading/buckets";
import { policyAt } from "../reading/identity-policies";
import { logBucketReads, logBucketsOf } from "../reading/log-buckets";
import { passed, settle, undecided } from "../reading/observations";
import { judgeBlock, judgePublicAccess } from "../reading/public-access";
import { judgePublicStatement } from "../reading/public-policies";
import { isHidden } from "../reading/statements";
import type { Observation, Rule, RuleContext } from "./rule";

/** No bucket may become public. Those that hold logs are judged by `log-bucket-access`, which demands this and more. */
export const bucketsPrivate: Rule = {
    name: "buckets-private",
    reads: [...bucketReads, ...logBucketReads, ...accessLists, TypeToken.AccountPublicAccessBlock],
    *judge(context) {
        const { graph, scope } = context;
        const logBuckets = new Set(logBucketsOf(graph).map(({ bucket }) => bucket));
        const accountIsClosed =
            isAttested(context, "bucket-block") ||
            graph
                .ofType(TypeToken.AccountPublicAccessBlock)
                .some((block) => judgeBlock(block).length === 0);
        for (const bucket of graph.ofType(...bucketTypes)) {
            if (scope.includes(bucket)) {
                const isLogBucket = logBuckets.has(bucket);
                const found = [
                    ...(isLogBucket || accountIsClosed ? [] : judgePublicAccess(graph, bucket)),
                    ...(isLogBucket ? [] : judgePolicy(bucket)),
                    ...judgeAccessList(bucket),
                ];
                yield* found.length > 0 || isLogBucket ? found : [passed(bucket)];
            }
        }
        yield* judgeParts(context, [TypeToken.BucketPublicAccessBlock], (block, buckets) =>
            buckets.length > 0 ? undefined : judgeBlock(block),
        );
        yield* judgeParts(context, [TypeToken.BucketPolicy], (part, buckets) =>
            buckets.some((bucket) => logBuckets.has(bucket)) ? undefined : judgePolicy(part),
        );
        yield* judgeParts(context, accessLists, judgeAccessList);
        for (const block of graph.ofType(TypeToken.AccountPublicAccessBlock)) {
            yield* settle(block, judgeBlock(block));
        }
    },
};

/** Judges settings that are resources of their own, with the buckets of this stack that they belong to. */
function* judgeParts(
    { graph, scope }: RuleContext,
    types: readonly string[],
    judge: (
        part: RegisteredResource,
        buckets: readonly RegisteredResource[],
    ) => readonly Observation[] | undefined,
): Generator<Observation> {
    for (const part of graph.ofType(...types)) {
        const found = scope.includes(part)
            ? judge(part, bucketAt(graph, part, ["bucket"]).buckets)
            : undefined;
        yield* found === undefined ? [] : settle(part, found);
    }
}

function judgePolicy(part: RegisteredResource): readonly Observation[] {
    const policy = policyAt(part, ["policy"]);
    if (policy === undefined) {
        return [];
    }
    if (isHidden(policy.document)) {
        return [undecided(part, ["policy"], "the policy is not known before deployment")];
    }
    return policy.document.statements.flatMap((statement) =>
        judgePublicStatement(policy, statement),
    );
}
